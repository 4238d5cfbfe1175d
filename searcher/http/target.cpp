// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/http/target.h"

#include "common/base/error.h"
#include "common/base/result.h"
#include "common/base/strings.h"
#include "common/text/utf8.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace smallprint::http {
namespace {

enum class Plus : std::uint8_t { is_itself, is_blank };

std::optional<unsigned> hex_value(char c) {
    if (is_digit(c)) {
        return static_cast<unsigned>(c - '0');
    }
    const char lower = to_lower(c);
    if (lower >= 'a' && lower <= 'f') {
        return static_cast<unsigned>(lower - 'a') + 10U;
    }
    return std::nullopt;
}

bool is_control(char c) {
    const auto byte = static_cast<unsigned char>(c);
    return (byte < 0x20 && c != '\t' && c != '\n' && c != '\r') || byte == 0x7F;
}

Failure ill_formed(const std::string& why) {
    return fail(ErrorCode::usage, "the address of the request " + why);
}

Result<std::string> decoded(std::string_view text, Plus plus) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '+' && plus == Plus::is_blank) {
            out += ' ';
        } else if (text[i] != '%') {
            out += text[i];
        } else {
            const auto high = i + 2 < text.size() ? hex_value(text[i + 1]) : std::nullopt;
            const auto low = high ? hex_value(text[i + 2]) : std::nullopt;
            if (!low) {
                return ill_formed("has a '%' that no two hexadecimal digits follow");
            }
            out += static_cast<char>(*high * 16U + *low);
            i += 2;
        }
    }
    if (std::ranges::any_of(out, is_control)) {
        return ill_formed("has a control character");
    }
    if (!text::is_valid_utf8(out)) {
        return ill_formed("is not UTF-8");
    }
    return out;
}

Result<void> add_segments(std::string_view path, Target& target) {
    path.remove_prefix(1);
    while (!path.empty()) {
        const std::size_t end = std::min(path.find('/'), path.size());
        TRY_ASSIGN(std::string segment, decoded(path.substr(0, end), Plus::is_itself));
        target.segments.push_back(std::move(segment));
        // A slash at the end is an empty segment: another address.
        if (end + 1 == path.size()) {
            target.segments.emplace_back();
        }
        path.remove_prefix(std::min(end + 1, path.size()));
    }
    return {};
}

Result<void> add_query(std::string_view query, Target& target) {
    while (!query.empty()) {
        const std::string_view pair = cut_until(query, '&');
        if (pair.empty()) {
            continue;
        }
        const std::size_t equals = std::min(pair.find('='), pair.size());
        TRY_ASSIGN(std::string name, decoded(pair.substr(0, equals), Plus::is_blank));
        TRY_ASSIGN(std::string value,
                   decoded(pair.substr(std::min(equals + 1, pair.size())), Plus::is_blank));
        target.query.push_back({std::move(name), std::move(value)});
    }
    return {};
}

}  // namespace

Result<Target> parse_target(std::string_view text) {
    if (!text.starts_with('/')) {
        return ill_formed("is not a path");
    }
    const auto is_graphic = [](char c) { return c > ' ' && c < '\x7F'; };
    if (!std::ranges::all_of(text, is_graphic)) {
        return ill_formed("has characters that have to be encoded");
    }
    text = text.substr(0, text.find('#'));
    const std::size_t mark = std::min(text.find('?'), text.size());
    Target target;
    TRY(add_segments(text.substr(0, mark), target));
    TRY(add_query(text.substr(std::min(mark + 1, text.size())), target));
    return target;
}

std::string percent_encoded(std::string_view text) {
    std::string out;
    for (const char c : text) {
        const bool unreserved = is_lower(c) || is_upper(c) || is_digit(c) || c == '-' || c == '.' ||
                                c == '_' || c == '~';
        out +=
            unreserved ? std::string(1, c) : fmt::format("%{:02X}", static_cast<unsigned char>(c));
    }
    return out;
}

}  // namespace smallprint::http
