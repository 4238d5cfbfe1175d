// SPDX-License-Identifier: GPL-2.0-or-later
#include "common/model/date.h"
#include "searcher/html/page_template.h"
#include "searcher/html/search.h"
#include "searcher/html/search_state.h"
#include "searcher/html/site.h"
#include "searcher/told/language_name.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace smallprint {
namespace {

std::string year_text(std::optional<Day> day) {
    return day ? format_day(*day).substr(0, 4) : std::string();
}

// What is chosen is among them, whatever the archive has.
View choices_view(std::vector<std::string> values, const std::vector<std::string>& chosen,
                  std::string (*label_of)(std::string_view)) {
    const std::string first = chosen.empty() ? "" : chosen.front();
    if (!first.empty() && std::ranges::find(values, first) == values.end()) {
        values.push_back(first);
    }
    View list = list_view();
    for (const std::string& value : values) {
        View item;
        item["value"] = text_view(value);
        item["label"] = text_view(label_of(value));
        item["chosen"] = value == first;
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

// What has no field of its own in the form, and goes with it unseen.
View more_view(const SearchState& state) {
    View list = list_view();
    const auto add = [&](std::string_view name, const std::vector<std::string>& values,
                         std::size_t from) {
        for (std::size_t i = from; i < values.size(); ++i) {
            View item;
            item["name"] = text_view(name);
            item["value"] = text_view(values[i]);
            list.push_back(item);
        }
    };
    add("vendor", state.vendors, 1);
    add("type", state.types, 1);
    add("host", state.hosts, 0);
    add("lang", state.languages, 1);
    for (const auto& [name, value] : {std::pair("sort", state.sort),
                                      std::pair("plain", std::string(state.plain ? "true" : ""))}) {
        if (!value.empty()) {
            add(name, {value}, 0);
        }
    }
    return list;
}

std::size_t filters_in(const SearchState& state) {
    const std::array texts = {&state.heading, &state.from, &state.to, &state.as_of, &state.changed};
    return state.vendors.size() + state.types.size() + state.hosts.size() + state.languages.size() +
           static_cast<std::size_t>(std::ranges::count_if(
               texts, [](const std::string* text) { return !text->empty(); }));
}

// A chip leads to the search without its filter.
class Chips {
public:
    explicit Chips(const SearchState& state) : m_state(state), m_list(list_view()) {}

    void add_text(std::string_view name, std::string SearchState::* member) {
        if (!(m_state.*member).empty()) {
            SearchState without = m_state;
            (without.*member).clear();
            add(std::string(name) + " " + m_state.*member, without);
        }
    }

    void add_list(std::string_view name, std::vector<std::string> SearchState::* member) {
        for (const std::string& value : m_state.*member) {
            SearchState without = m_state;
            std::erase(without.*member, value);
            add(std::string(name) + value, without);
        }
    }

    void add_truth(std::string_view name, bool SearchState::* member) {
        if (m_state.*member) {
            SearchState without = m_state;
            without.*member = false;
            add(std::string(name), without);
        }
    }

    View finish() {
        if (m_list.is_empty_list()) {
            return {false};
        }
        View view;
        view["chip"] = std::move(m_list);
        return view;
    }

private:
    void add(const std::string& label, SearchState without) {
        without.page = 1;
        View item;
        item["label"] = text_view(label);
        item["url"] = text_view(search_url(without));
        m_list.push_back(item);
    }

    const SearchState& m_state;
    View m_list;
};

}  // namespace

void add_chips(View& view, const SearchState& state) {
    Chips chips(state);
    chips.add_list("", &SearchState::vendors);
    chips.add_list("", &SearchState::types);
    chips.add_list("host ", &SearchState::hosts);
    chips.add_list("language ", &SearchState::languages);
    chips.add_text("under headings with", &SearchState::heading);
    chips.add_text("from", &SearchState::from);
    chips.add_text("to", &SearchState::to);
    chips.add_text("as of", &SearchState::as_of);
    chips.add_text("", &SearchState::changed);
    chips.add_text("results of a vendor at most:", &SearchState::per_vendor);
    chips.add_truth("plain words, no signs", &SearchState::plain);
    view["chips"] = chips.finish();
}

void add_filters(View& view, const SearchState& state, const ArchiveFacts& archive) {
    view["filter_count"] =
        state.is_filtered() ? text_view(std::to_string(filters_in(state))) : View(false);
    view["vendor"] = text_view(state.vendors.empty() ? "" : state.vendors.front());
    view["more"] = more_view(state);
    view["vendor_names"] = names_view(archive.vendor_names);
    view["type_choice"] = archive.types.size() > 1 || !state.types.empty();
    view["types"] = choices_view(archive.types, state.types, as_it_is);
    view["language_choice"] = archive.languages.size() > 1 || !state.languages.empty();
    view["languages"] = choices_view(archive.languages, state.languages, language_name);
    view["heading"] = text_view(state.heading);
    view["as_of"] = text_view(state.as_of);
    view["from"] = text_view(state.from);
    view["to"] = text_view(state.to);
    view["first_year"] = text_view(year_text(archive.first));
    view["last_year"] = text_view(year_text(archive.last));
    view["is_added"] = state.changed == "added";
    view["is_removed"] = state.changed == "removed";
    view["amounts"] = choices_view({"1", "2", "3", "5"}, {state.per_vendor}, as_it_is);
    view["all_copies"] = state.all_copies;
    view["no_synonyms"] = state.no_synonyms;
}

}  // namespace smallprint
