// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/html/page_url.h"

#include "common/base/strings.h"
#include "common/model/date.h"
#include "common/model/wayback_url.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace smallprint::html {
namespace {

bool is_plain(char c) {
    return is_lower(c) || is_upper(c) || is_digit(c) || c == '-' || c == '.' || c == '_' ||
           c == '~';
}

std::string percent_encoded(std::string_view text, std::string_view also_plain) {
    std::string out;
    for (const char c : text) {
        if (is_plain(c) || is_one_of(c, also_plain)) {
            out += c;
        } else {
            out += fmt::format("%{:02X}", static_cast<unsigned char>(c));
        }
    }
    return out;
}

}  // namespace

PageUrl& PageUrl::add(std::string_view name, std::string_view value) {
    if (!value.empty()) {
        m_url += m_has_query ? '&' : '?';
        m_has_query = true;
        std::string encoded = percent_encoded(value, " :/,*()");
        std::ranges::replace(encoded, ' ', '+');
        m_url.append(name).append("=").append(encoded);
    }
    return *this;
}

PageUrl& PageUrl::add_all(std::string_view name, const std::vector<std::string>& values) {
    for (const std::string& value : values) {
        add(name, value);
    }
    return *this;
}

std::string path_segment(std::string_view text) {
    return percent_encoded(text, ":,@");
}

std::string clause_url(std::string_view id) {
    return "/clause/" + path_segment(id);
}

std::string policy_url(std::string_view vendor_or_id, std::optional<Day> at) {
    return PageUrl("/policy/" + path_segment(vendor_or_id))
        .add("at", at ? format_day(*at) : "")
        .text();
}

std::string vendor_url(std::string_view vendor) {
    return "/vendor/" + path_segment(vendor);
}

std::string diff_url(std::string_view policy_id, Day from, Day to) {
    return PageUrl("/diff/" + path_segment(policy_id))
        .add("from", format_day(from))
        .add("to", format_day(to))
        .text();
}

std::optional<std::string> web_link(std::string_view url) {
    constexpr std::string_view scheme = "https://";
    const std::string start = lower_ascii(url.substr(0, scheme.size()));
    const bool is_web =
        url.size() > scheme.size() && (start == scheme || start.starts_with("http://"));
    const bool has_harm = std::ranges::any_of(url, [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return byte <= 0x20 || byte == 0x7F || c == '"' || c == '<' || c == '>' || c == '\\';
    });
    return is_web && !has_harm ? std::optional(std::string(url)) : std::nullopt;
}

std::optional<ArchiveLink> archive_link(std::string_view archive_url) {
    auto link = web_link(archive_url);
    if (!link) {
        return std::nullopt;
    }
    const auto capture = parse_wayback_url(*link);
    if (!capture) {
        return ArchiveLink{*link, "Archived copy"};
    }
    auto original = web_link(capture->original_url);
    if (!original) {
        return ArchiveLink{*link, "Wayback Machine"};
    }
    return ArchiveLink{fmt::format("https://web.archive.org/web/{}/{}",
                                   format_timestamp(capture->captured), *original),
                       "Wayback Machine"};
}

}  // namespace smallprint::html
