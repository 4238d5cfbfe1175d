// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace smallprint::catalog {

// The Public Suffix List (https://publicsuffix.org) says below which names sites can be registered.
// It stands in the program, data/public_suffix_list.dat, since vendors and the ids of their
// policies follow from it and may not depend on the machine.

// The version that the list states of itself, "2026-10-22_08-36-41_UTC".
std::string_view public_suffix_version();

// The site that a host (in the form of the DNS, no IP address) belongs to, "shop.abc.co.uk" ->
// "abc.co.uk"; empty if the host is not below a public suffix.
std::string find_site(const std::string& host);

struct EmbeddedFile {
    std::string_view name;
    std::string_view bytes;
};

// Made by embed.cmake: the list alone.
std::span<const EmbeddedFile> embedded_suffix_lists();

}  // namespace smallprint::catalog
