// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/http/host_check.h"

#include "common/base/strings.h"
#include "searcher/http/problem.h"
#include "searcher/http/request.h"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace smallprint::http {
namespace {

constexpr std::string_view k_scheme = "http://";

bool is_host_character(char c) {
    return is_lower(c) || is_digit(c) || c == '.' || c == '-' || c == '_' || c == ':' || c == '[' ||
           c == ']';
}

}  // namespace

std::string host_name(std::string_view host) {
    std::string name = lower_ascii(host);
    if (!std::ranges::all_of(name, is_host_character)) {
        return "";
    }
    const std::size_t bracket = name.rfind(']');
    const std::size_t colon = name.rfind(':');
    if (colon != std::string::npos && (bracket == std::string::npos || colon > bracket)) {
        if (!std::all_of(name.begin() + static_cast<std::ptrdiff_t>(colon) + 1, name.end(),
                         is_digit)) {
            return "";
        }
        name.erase(colon);
    }
    if (name.ends_with('.')) {
        name.pop_back();
    }
    return name;
}

HostCheck::HostCheck(const std::vector<std::string>& names)
    : m_names({"localhost", "127.0.0.1", "[::1]"}) {
    for (const std::string& name : names) {
        const std::string host = host_name(name);
        if (!host.empty()) {
            m_names.insert(host);
        }
    }
}

std::optional<Problem> HostCheck::check(RawRequest& request) const {
    constexpr int bad_request = 400;
    if (request.count("host") != 1) {
        Problem problem = problem_of(Refusal::host, "a request has to name exactly one Host",
                                     "send one field `Host: name`");
        problem.status = bad_request;
        return problem;
    }
    request.authority = lower_ascii(request.field("host").value_or(""));
    if (lower_ascii(request.target).starts_with(k_scheme)) {
        const std::string_view rest = std::string_view(request.target).substr(k_scheme.size());
        const std::size_t end = std::min(rest.find_first_of("/?#"), rest.size());
        request.authority = lower_ascii(rest.substr(0, end));
        std::string path(rest.substr(end));
        request.target = path.starts_with('/') ? path : "/" + path;
    }
    return m_names.contains(host_name(request.authority))
               ? std::nullopt
               : std::optional(problem_of(Refusal::host));
}

}  // namespace smallprint::http
