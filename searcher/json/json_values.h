// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/model/date.h"
#include "common/text/utf8.h"
#include "searcher/index/clause_view.h"
#include "searcher/query/ast.h"
#include "searcher/request/requests.h"

#include <boost/json.hpp>

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace smallprint::json {

// A value on one line, ended by a newline. Numbers are written as people do: 12.3, where
// Boost.JSON's own serializer says 1.23E1. Strings must be valid UTF-8.
std::string json_line(const boost::json::value& value);

// Values that the answers have in common, for the files that write them. An unknown one is null,
// ill-formed text is repaired.

boost::json::value text_value(std::string_view text);
boost::json::value text_or_null(std::string_view text);  // null if empty
boost::json::value day_value(std::optional<Day> day);
boost::json::value time_value(std::optional<CaptureTime> time);
boost::json::array text_array(std::span<const std::string> texts);
boost::json::array runs_value(std::span<const index::RunDates> runs);
boost::json::object policy_value(const index::PolicyFacts& policy);
boost::json::object filters_value(const request::Filters& filters);

double hundredths(double number);  // rounded to them; 0 for what is not finite

// An offset into a text as that into its repaired form; the same where the text is sound.
class TextOffsets {
public:
    explicit TextOffsets(std::string_view text)
        : m_text(text), m_sound(text::is_valid_utf8(text)) {}

    std::size_t operator()(std::size_t offset) const {
        return m_sound ? offset : text::repaired_utf8(m_text.substr(0, offset)).size();
    }

private:
    std::string_view m_text;
    bool m_sound;
};

// A query's tree as schemas/search-response.v1.schema.json says.
boost::json::object node_value(const query::Node& node);

}  // namespace smallprint::json
