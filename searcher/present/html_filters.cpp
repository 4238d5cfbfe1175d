// SPDX-License-Identifier: GPL-2.0-or-later
#include "common/model/date.h"
#include "searcher/present/html_search.h"
#include "searcher/present/html_site.h"
#include "searcher/present/html_state.h"
#include "searcher/present/html_template.h"

#include <algorithm>
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

View choices_view(const std::vector<std::string>& values, const std::vector<std::string>& chosen) {
    View list = list_view();
    for (const std::string& value : values) {
        View item;
        item["value"] = text_view(value);
        item["label"] = text_view(value);
        item["chosen"] = std::ranges::find(chosen, value) != chosen.end();
        list.push_back(item);
    }
    return list;
}

View names_view(const std::vector<std::string>& names, std::size_t from) {
    View list = list_view();
    for (std::size_t i = from; i < names.size(); ++i) {
        list.push_back(text_view(names[i]));
    }
    return list;
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
    chips.add_list("language ", &SearchState::languages);
    chips.add_text("under headings with", &SearchState::heading);
    chips.add_text("from", &SearchState::from);
    chips.add_text("to", &SearchState::to);
    chips.add_text("as of", &SearchState::as_of);
    chips.add_text("", &SearchState::changed);
    view["chips"] = chips.finish();
}

void add_filters(View& view, const SearchState& state, const ArchiveFacts& archive) {
    const std::size_t count = state.vendors.size() + state.types.size() + state.languages.size() +
                              (state.heading.empty() ? 0 : 1) + (state.from.empty() ? 0 : 1) +
                              (state.to.empty() ? 0 : 1) + (state.as_of.empty() ? 0 : 1) +
                              (state.changed.empty() ? 0 : 1);
    view["filter_count"] = count > 0 ? text_view(std::to_string(count)) : View(false);
    view["vendor"] = text_view(state.vendors.empty() ? "" : state.vendors.front());
    view["more_vendors"] = names_view(state.vendors, 1);
    view["vendor_names"] = names_view(archive.vendor_names, 0);
    view["type_choice"] = archive.types.size() > 1 || !state.types.empty();
    view["types"] = choices_view(archive.types, state.types);
    view["language_choice"] = archive.languages.size() > 1 || !state.languages.empty();
    view["languages"] = choices_view(archive.languages, state.languages);
    view["heading"] = text_view(state.heading);
    view["as_of"] = text_view(state.as_of);
    view["from"] = text_view(state.from);
    view["to"] = text_view(state.to);
    view["first_year"] = text_view(year_text(archive.first));
    view["last_year"] = text_view(year_text(archive.last));
    view["change_choice"] = true;
    view["is_added"] = state.changed == "added";
    view["is_removed"] = state.changed == "removed";
    view["sort_choice"] = true;
    view["by_newest"] = state.sort == "newest";
    view["by_oldest"] = state.sort == "oldest";
    view["all_copies"] = state.all_copies;
    view["no_synonyms"] = state.no_synonyms;
}

}  // namespace smallprint
