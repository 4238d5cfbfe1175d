// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/request/filters.h"

#include "common/base/enum_names.h"
#include "common/model/date.h"
#include "searcher/html/page_template.h"
#include "searcher/html/search.h"
#include "searcher/html/search_state.h"
#include "searcher/html/site.h"
#include "searcher/query/ast.h"
#include "searcher/told/facts.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace smallprint::html {
namespace {

std::string year_text(std::optional<Day> day) {
    return day ? format_day(*day).substr(0, 4) : std::string();
}

// What is chosen is among them, whatever the archive has.
View choices_view(std::vector<std::string> values, const std::string& chosen,
                  std::string (*label_of)(std::string_view)) {
    if (!chosen.empty() && std::ranges::find(values, chosen) == values.end()) {
        values.push_back(chosen);
    }
    View list = list_view();
    for (const std::string& value : values) {
        View item;
        item["value"] = text_view(value);
        item["label"] = text_view(label_of(value));
        item["chosen"] = value == chosen;
        list.push_back(item);
    }
    return list;
}

std::string as_it_is(std::string_view value) {
    return std::string(value);
}

View names_view(const std::vector<std::string>& names) {
    View list = list_view();
    for (const std::string& name : names) {
        list.push_back(text_view(name));
    }
    return list;
}

// Filters with a field in the form of the search page.
constexpr std::array k_form_fields = {
    request::Filter::vendor,  request::Filter::type,    request::Filter::language,
    request::Filter::heading, request::Filter::from,    request::Filter::to,
    request::Filter::as_of,   request::Filter::changed, request::Filter::words};

View unseen_view(std::string_view name, std::string_view value) {
    View item;
    item["name"] = text_view(name);
    item["value"] = text_view(value);
    return item;
}

// Leads to the search without a filter.
View chip_view(const std::string& label, SearchState without) {
    without.page = 1;
    View item;
    item["label"] = text_view(label);
    item["url"] = text_view(search_url(without));
    return item;
}

}  // namespace

View unseen_filters(const FilterTexts& filters, std::span<const request::Filter> in_form) {
    View list = list_view();
    for (const request::FilterRow& row : request::k_filters) {
        const bool has_field = std::ranges::find(in_form, row.filter) != in_form.end();
        const std::vector<std::string>& texts = filters[row.filter];
        for (std::size_t i = has_field ? 1 : 0; i < texts.size(); ++i) {
            View item = unseen_view(row.parameter, texts[i]);
            item["label"] = text_view(request::with_value(row.chip, texts[i]));
            list.push_back(item);
        }
    }
    return list;
}

void add_chips(View& view, const SearchState& state) {
    View list = list_view();
    for (const request::FilterRow& row : request::k_filters) {
        for (const std::string& text : state.filters[row.filter]) {
            SearchState without = state;
            std::erase(without.filters[row.filter], text);
            list.push_back(chip_view(request::with_value(row.chip, text), without));
        }
    }
    if (!state.per_vendor.empty()) {
        SearchState without = state;
        without.per_vendor.clear();
        list.push_back(chip_view("results of a vendor at most: " + state.per_vendor, without));
    }
    if (state.plain) {
        SearchState without = state;
        without.plain = false;
        list.push_back(chip_view("plain words, no signs", without));
    }
    view["chips"] = View(false);
    if (!list.is_empty_list()) {
        View chips;
        chips["chip"] = std::move(list);
        view["chips"] = std::move(chips);
    }
}

void add_filters(View& view, const SearchState& state, const ArchiveFacts& archive) {
    const FilterTexts& filters = state.filters;
    const auto choices = [&](request::Filter filter, const std::vector<std::string>& values,
                             auto label_of) {
        return choices_view(values, filters.first(filter), label_of);
    };
    view["filter_count"] =
        filters.is_empty() ? View(false) : text_view(std::to_string(filters.count()));
    for (const request::Filter filter : k_form_fields) {
        view[std::string(request::row_of(filter).parameter)] = text_view(filters.first(filter));
    }
    View more = unseen_filters(filters, k_form_fields);
    if (!state.sort.empty()) {
        more.push_back(unseen_view("sort", state.sort));
    }
    if (state.plain) {
        more.push_back(unseen_view("plain", "true"));
    }
    view["more"] = std::move(more);
    view["vendor_names"] = names_view(archive.vendor_names);
    view["type_choice"] = archive.types.size() > 1 || !filters[request::Filter::type].empty();
    view["types"] = choices(request::Filter::type, archive.types, as_it_is);
    view["language_choice"] =
        archive.languages.size() > 1 || !filters[request::Filter::language].empty();
    view["languages"] = choices(request::Filter::language, archive.languages, told::language_name);
    view["first_year"] = text_view(year_text(archive.first));
    view["last_year"] = text_view(year_text(archive.last));
    view["changes"] =
        choices(request::Filter::changed,
                {k_names_of<query::Change>.begin(), k_names_of<query::Change>.end()}, as_it_is);
    view["amounts"] = choices_view({"1", "2", "3", "5"}, state.per_vendor, as_it_is);
    view["all_copies"] = state.all_copies;
    view["no_synonyms"] = state.no_synonyms;
}

}  // namespace smallprint::html
