// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/json/problem_json.h"

#include "searcher/json/json_line.h"
#include "searcher/json/json_values.h"

#include <boost/json.hpp>

#include <string>

namespace smallprint {

namespace json = boost::json;

std::string problem_json(const ProblemFacts& facts) {
    return json_line(json::object{
        {"type", "about:blank"},
        {"title", facts.title},
        {"status", facts.status},
        {"detail", text_value(facts.message)},
        {"code", facts.code},
        {"hint", text_or_null(facts.hint)},
        {"position", facts.position ? json::value(*facts.position) : json::value(nullptr)},
    });
}

}  // namespace smallprint
