// SPDX-License-Identifier: GPL-2.0-or-later
#include "common/model/wayback_url.h"

#include "common/base/strings.h"
#include "common/model/date.h"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace smallprint {
namespace {

constexpr std::string_view k_marker = "web.archive.org/web/";

int hex_digit(char c) {
    if (is_digit(c)) {
        return c - '0';
    }
    const char lower = static_cast<char>(c | 0x20);
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

std::string percent_decoded(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool escape = text[i] == '%' && i + 2 < text.size() && hex_digit(text[i + 1]) >= 0 &&
                            hex_digit(text[i + 2]) >= 0;
        if (escape) {
            out += static_cast<char>((hex_digit(text[i + 1]) << 4) | hex_digit(text[i + 2]));
            i += 2;
        } else {
            out += text[i];
        }
    }
    return out;
}

bool has_scheme(std::string_view url) {
    return url.starts_with("http://") || url.starts_with("https://");
}

}  // namespace

std::optional<WaybackUrl> parse_wayback_url(std::string_view url) {
    const std::size_t marker = url.find(k_marker);
    if (marker == std::string_view::npos) {
        return std::nullopt;
    }
    url.remove_prefix(marker + k_marker.size());
    const std::size_t digits = std::min(url.find_first_not_of("0123456789"), url.size());
    const auto captured = parse_timestamp(url.substr(0, digits));
    const std::size_t slash = url.find('/', digits);
    if (!captured || slash == std::string_view::npos) {
        return std::nullopt;
    }
    std::string original(url.substr(slash + 1));
    // The corpus escapes the whole address; one that was not escaped must keep its own escapes.
    if (!has_scheme(original)) {
        original = percent_decoded(original);
    }
    return WaybackUrl{*captured, original};
}

std::string wayback_address(CaptureTime captured, std::string_view original_url) {
    return "https://web.archive.org/web/" + format_timestamp(captured) + "id_/" +
           std::string(original_url);
}

std::string host_of(std::string_view url) {
    const std::size_t scheme = url.find("://");
    if (scheme == std::string_view::npos) {
        return {};
    }
    url.remove_prefix(scheme + 3);
    url = url.substr(0, url.find_first_of("/?#"));
    if (const std::size_t at = url.rfind('@'); at != std::string_view::npos) {
        url.remove_prefix(at + 1);
    }
    return lower_ascii(url.substr(0, url.find(':')));
}

}  // namespace smallprint
