// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/model/date.h"

#include <optional>
#include <string>
#include <string_view>

namespace smallprint {

// Addresses of captures in the Wayback Machine, in the form
// https://web.archive.org/web/<14 digits>id_/<original URL>. Fewer digits are a year, a month, ...:
// the first moment of it.

struct WaybackUrl {
    CaptureTime captured;
    std::string original_url;  // percent-encoding of the whole (http%3A//) undone
};

std::optional<WaybackUrl> parse_wayback_url(std::string_view url);

// A page as the address of its capture in any web archive says it: the Wayback Machine's, and
// https://archive.example/any/path/<4 to 14 digits>/https://page as archive.today, arquivo.pt and
// others write it.
struct ArchivedPage {
    std::optional<CaptureTime> captured;  // nothing for digits that are no day
    std::string original_url;
    bool in_wayback_machine = false;
};

std::optional<ArchivedPage> parse_archived_page(std::string_view url);

// The address of a capture; `id_` asks for the page as it was archived.
std::string wayback_address(CaptureTime captured, std::string_view original_url);

// The host of an absolute URL, lower case, without port, user and closing dot; empty if there is
// none. An IPv6 address keeps its brackets.
std::string host_of(std::string_view url);

// True of a name that looks like a site's, "abc.example": labels of lower-case letters (of any
// script), digits and hyphens, the last without digits.
bool is_host_name(std::string_view text);

}  // namespace smallprint
