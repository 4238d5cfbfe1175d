// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/base/result.h"
#include "common/fields/field_table.h"
#include "searcher/query/source.h"

#include <optional>
#include <string>
#include <string_view>

namespace smallprint::query {

// Fields of other search engines, their dates and ranges, as they are written here.

// A date in digits with other signs, or with a digit left out, in our form: "2014/5/3", "20140503",
// "2014-05-03T12:30:00Z".
std::optional<std::string> rewrite_date(std::string_view text);

// ">2014" as "2015..", "<=2014-05" as "..2014-05".
std::optional<std::string> rewrite_comparison(std::string_view value);

// The field that was probably meant by a name that is none; empty if nothing is near.
std::string nearest_field(std::string_view name);

// What to write for a field of another search engine, name and value together, where another name
// for it is not enough: "before:2015" is `date:..2014`.
std::optional<Advice> replace_field(std::string_view name, std::string_view value);

// True for a name that nearest_field() or replace_field() knows from another search engine.
bool is_other_name(std::string_view name);

// Refuses a field without a colon: "date>2015", "vendor=a.example".
Result<void> refuse_comparison(QuerySource& source, SourceSpan run);

// Refuses a date behind words for a comparison, "aft 2016" at `word` or, where `is_named`, behind
// it: "date geq 2016", "date bet 2014 and 2018", "da(aft 2014 & bef 2018)".
Result<void> refuse_date_words(QuerySource& source, SourceSpan word, bool is_named);

// Refuses a range without a field, "2014..2018" or "$50..$100", as Google has them.
Result<void> refuse_lone_range(QuerySource& source, SourceSpan run);

// Refuses an address as the value of vendor: or host:, "host:https://a.example/privacy".
Result<void> refuse_address(QuerySource& source, SourceSpan value, Field field);

// What is looked for where all words to the end of the query belong to a field:
// "allintitle: personal data" at `run`. Nothing for other names.
std::optional<Failure> refuse_rest(QuerySource& source, SourceSpan run, std::string_view name);

// Refuses a range as Lucene has it, "[2014 TO 2018]", as the value of a field that has ranges.
// `value` is the run of its beginning.
Result<void> refuse_range(QuerySource& source, SourceSpan value, Field field);

}  // namespace smallprint::query
