// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/json/suggest_json.h"

#include "common/fields/field_table.h"
#include "searcher/json/json_line.h"
#include "searcher/json/json_values.h"
#include "searcher/request/requests.h"
#include "searcher/search/suggest.h"

#include <boost/json.hpp>

#include <string>
#include <utility>
#include <vector>

namespace smallprint {

namespace json = boost::json;

std::string suggestions_json(const std::vector<Suggestion>& suggestions,
                             const SuggestRequest& request) {
    json::array listed;
    for (const Suggestion& each : suggestions) {
        listed.push_back({{"value", text_value(each.value)}, {"policies", each.policies}});
    }
    return json_line(json::object{
        {"schema", "smallprint.suggestions.v1"},
        {"field", row_of(request.field).name},
        {"text", text_or_null(request.text)},
        {"suggestions", std::move(listed)},
    });
}

}  // namespace smallprint
