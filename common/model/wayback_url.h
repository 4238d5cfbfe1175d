// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/model/date.h"

#include <optional>
#include <string>
#include <string_view>

namespace smallprint {

// Addresses of captures in the Wayback Machine, in the form
// https://web.archive.org/web/<14 digits>id_/<original URL>.

struct WaybackUrl {
    CaptureTime captured;
    std::string original_url;  // percent-encoding of the whole (http%3A//) undone
};

std::optional<WaybackUrl> parse_wayback_url(std::string_view url);

// The address of a capture; `id_` asks for the page as it was archived.
std::string wayback_address(CaptureTime captured, std::string_view original_url);

// The host of an absolute URL, lower case, without port and user; empty if there is none.
std::string host_of(std::string_view url);

}  // namespace smallprint
