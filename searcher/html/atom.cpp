// SPDX-License-Identifier: GPL-2.0-or-later
#include "common/model/date.h"
#include "searcher/html/markup.h"
#include "searcher/html/page_url.h"
#include "searcher/html/search.h"
#include "searcher/html/search_state.h"
#include "searcher/index/clause_view.h"
#include "searcher/search/results.h"
#include "searcher/told/facts.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace smallprint::html {
namespace {

constexpr std::size_t k_title_bytes = 100;

std::string time_of(std::optional<Day> day, std::string_view otherwise) {
    return day ? format_day(*day) + "T00:00:00Z" : std::string(otherwise);
}

// XML 1.0 has no place for a few characters that HTML has; escaped() leaves none of them.
std::string entry(const search::Hit& hit, const FeedPage& page) {
    const index::ClauseView& clause = hit.clause;
    const std::string document = clause.policy.type.empty() ? "Policy" : clause.policy.type;
    std::string content;
    for (const std::string& heading : clause.heading_path) {
        content += content.empty() ? "<p><i>" : " › ";
        content += escaped(heading);
    }
    content += content.empty() ? "" : "</i></p>";
    content += fmt::format("<blockquote>{}</blockquote><p>{}, {}</p>", escaped(clause.text),
                           told::date_span(clause.first_seen, clause.last_seen),
                           told::counted(clause.snapshots, "snapshot"));
    return fmt::format("<entry>\n<id>urn:smallprint:{0}</id>\n<title>{1}: {2}</title>\n"
                       "<author><name>{1}</name></author>\n<link href=\"{3}{4}\"/>\n"
                       "<updated>{5}</updated>\n<category term=\"{6}\"/>\n"
                       "<content type=\"html\">{7}</content>\n</entry>\n",
                       escaped(clause.id), escaped(told::vendor_name(clause.policy)),
                       escaped(beginning(clause.text, k_title_bytes)), escaped(page.base),
                       escaped(clause_url(clause.id)), time_of(clause.first_seen, page.updated),
                       escaped(document), escaped(content));
}

std::string updated_of(const FeedPage& page) {
    std::optional<Day> newest;
    for (const search::Hit& hit : page.results.hits) {
        if (hit.clause.first_seen) {
            newest = std::max(newest.value_or(*hit.clause.first_seen), *hit.clause.first_seen);
        }
    }
    return time_of(newest, page.updated);
}

}  // namespace

std::string atom_feed(const FeedPage& page) {
    const std::string self = escaped(std::string(page.base) + feed_url(page.state));
    const std::string search = escaped(std::string(page.base) + search_url(page.state));
    std::string feed = fmt::format("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                                   "<feed xmlns=\"http://www.w3.org/2005/Atom\">\n"
                                   "<id>{0}</id>\n<title>Clauses for {1}</title>\n"
                                   "<link rel=\"self\" href=\"{0}\"/>\n<link href=\"{2}\"/>\n"
                                   "<updated>{3}</updated>\n",
                                   self, escaped(page.state.q), search, updated_of(page));
    for (const search::Hit& hit : page.results.hits) {
        feed += entry(hit, page);
    }
    return feed + "</feed>\n";
}

}  // namespace smallprint::html
