// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "searcher/http/problem.h"
#include "searcher/http/request.h"

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace smallprint::http {

// Names under which a server may be asked. A page of another site that makes its own name point
// here (DNS rebinding) is turned away by them. Ports do not matter: they may be forwarded.
class HostCheck {
public:
    // This machine's own names are always among them.
    explicit HostCheck(const std::vector<std::string>& names);

    // Returns the reason for turning a request away, if there is one. Rewrites an absolute target
    // (RFC 9112, 3.2.2) to its path.
    std::optional<Problem> check(RawRequest& request) const;

private:
    std::set<std::string, std::less<>> m_names;
};

// "Example.ORG.:8080" -> "example.org"; empty if the text is no host.
std::string host_name(std::string_view host);

}  // namespace smallprint::http
