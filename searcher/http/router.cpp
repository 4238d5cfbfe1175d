// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/http/router.h"

#include <algorithm>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace smallprint::http {
namespace {

bool is_part(std::string_view segment) {
    return segment.starts_with('{') && segment.ends_with('}');
}

// Takes the first segment off a pattern that begins with '/'.
std::string_view take_segment(std::string_view& pattern) {
    const std::size_t end = std::min(pattern.find('/', 1), pattern.size());
    const std::string_view segment = pattern.substr(1, end - 1);
    pattern.remove_prefix(end);
    return segment;
}

bool matches(std::string_view pattern, const std::vector<std::string>& segments,
             std::vector<std::string>& path) {
    path.clear();
    if (pattern == "/") {
        return segments.empty();
    }
    for (const std::string& segment : segments) {
        if (pattern.empty()) {
            return false;
        }
        const std::string_view wanted = take_segment(pattern);
        if (is_part(wanted) && !segment.empty()) {
            path.push_back(segment);
        } else if (wanted != segment) {
            return false;
        }
    }
    return pattern.empty();
}

}  // namespace

Match match_route(std::span<const Route> routes, const std::vector<std::string>& segments) {
    std::vector<std::string> path;
    for (const Route& route : routes) {
        if (matches(route.pattern, segments, path)) {
            return {&route, std::move(path)};
        }
    }
    return {};
}

std::vector<std::string_view> parts_of(std::string_view pattern) {
    std::vector<std::string_view> parts;
    while (pattern.size() > 1) {
        const std::string_view segment = take_segment(pattern);
        if (is_part(segment)) {
            parts.push_back(segment.substr(1, segment.size() - 2));
        }
    }
    return parts;
}

}  // namespace smallprint::http
