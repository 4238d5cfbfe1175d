// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/http/memento.h"

#include "searcher/http/http_date.h"
#include "searcher/http/request.h"
#include "searcher/http/target.h"
#include "searcher/index/clause_view.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

namespace smallprint::http {
namespace {

// Addresses come from archives: only what can stand between < and > of a field is let into one.
bool is_safe_address(std::string_view address) {
    const auto is_safe = [](char c) {
        return c > ' ' && c < '\x7F' && c != '<' && c != '>' && c != '"';
    };
    return (address.starts_with("http://") || address.starts_with("https://")) &&
           std::ranges::all_of(address, is_safe);
}

}  // namespace

std::vector<HeaderField> memento_fields(const index::PolicyView& view, std::string_view base_url) {
    std::vector<HeaderField> fields;
    if (view.captured) {
        fields.push_back({"Memento-Datetime", http_date(*view.captured)});
    }
    std::string links;
    if (is_safe_address(view.source_url)) {
        links = fmt::format("<{}>; rel=\"original\", ", view.source_url);
    }
    if (is_safe_address(view.archive_url)) {
        links += fmt::format("<{}>; rel=\"memento\", ", view.archive_url);
    }
    links += fmt::format("<{}/api/v1/policies/{}>; rel=\"timemap\"; type=\"application/json\"",
                         base_url, percent_encoded(view.policy.id));
    fields.push_back({"Link", links});
    return fields;
}

}  // namespace smallprint::http
