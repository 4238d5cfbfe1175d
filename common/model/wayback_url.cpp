// SPDX-License-Identifier: GPL-2.0-or-later
#include "common/model/wayback_url.h"

#include "common/base/strings.h"
#include "common/model/date.h"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

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

// The page behind the digits of a capture's address. Whole addresses are often escaped, and file
// systems leave one slash of two; an address that was not escaped keeps its own escapes. Empty if
// no scheme shows that it is an address.
std::string original_url(std::string_view text) {
    std::string url(text);
    if (!has_scheme(url)) {
        url = percent_decoded(url);
    }
    for (const std::string_view scheme : {"http:/", "https:/"}) {
        if (url.starts_with(scheme) && !has_scheme(url)) {
            url.insert(scheme.size(), "/");
        }
    }
    return url;
}

// "id_", "if_" and the like, which say how the Wayback Machine shows a capture.
bool is_modifier(std::string_view text) {
    return text.empty() || (text.size() <= 4 && text.ends_with('_') &&
                            std::ranges::all_of(text.substr(0, text.size() - 1), is_lower));
}

// Reads "20140302101530id_/https://a.example/" at the start of a segment of a path.
std::optional<ArchivedPage> parse_segment(std::string_view text) {
    const std::size_t digits = std::min(text.find_first_not_of("0123456789"), text.size());
    const std::size_t slash = text.find('/', digits);
    if (digits < 4 || digits > 14 || slash == std::string_view::npos ||
        !is_modifier(text.substr(digits, slash - digits))) {
        return std::nullopt;
    }
    return ArchivedPage{parse_padded_timestamp(text.substr(0, digits)),
                        original_url(text.substr(slash + 1))};
}

}  // namespace

std::optional<ArchivedPage> parse_archived_page(std::string_view url) {
    if (const std::size_t marker = url.find(k_marker); marker != std::string_view::npos) {
        auto page = parse_segment(url.substr(marker + k_marker.size()));
        if (page) {
            page->in_wayback_machine = true;
        }
        return page;
    }
    if (!has_scheme(url)) {
        return std::nullopt;
    }
    const std::size_t query = std::min(url.find_first_of("?#"), url.size());
    for (std::size_t at = url.find('/', url.find("://") + 3); at < query;
         at = url.find('/', at + 1)) {
        auto page = parse_segment(url.substr(at + 1));
        if (page && has_scheme(page->original_url)) {
            return page;
        }
    }
    return std::nullopt;
}

std::optional<WaybackUrl> parse_wayback_url(std::string_view url) {
    auto page = parse_archived_page(url);
    if (!page || !page->in_wayback_machine || !page->captured) {
        return std::nullopt;
    }
    return WaybackUrl{*page->captured, std::move(page->original_url)};
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
    const std::size_t address_end = url.starts_with('[') ? url.find(']') : std::string_view::npos;
    url = address_end == std::string_view::npos ? url.substr(0, url.find(':'))
                                                : url.substr(0, address_end + 1);
    return lower_ascii(url.substr(0, url.find_last_not_of('.') + 1));
}

bool is_host_name(std::string_view text) {
    const auto is_letter_of_any_script = [](char c) {
        return is_lower(c) || static_cast<unsigned char>(c) >= 0x80;
    };
    const auto is_label_char = [&](char c) {
        return is_letter_of_any_script(c) || is_digit(c) || c == '-' || c == '.';
    };
    const std::size_t dot = text.rfind('.');
    if (dot == std::string_view::npos || dot == 0 || text.size() - dot < 3) {
        return false;
    }
    const std::string_view top = text.substr(dot + 1);
    return std::ranges::all_of(text, is_label_char) &&
           (top.starts_with("xn--") || std::ranges::all_of(top, is_letter_of_any_script)) &&
           text.find("..") == text.npos && text.front() != '.';
}

}  // namespace smallprint
