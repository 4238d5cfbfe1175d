// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "searcher/query/ast.h"

#include <string_view>

namespace smallprint::query {

// True for questions: "do they sell my data?", "how long is it kept"; not for "do not track".
bool is_question(const Query& query);

// Words that stand in questions about policies of any matter, and in clauses of any matter: "data",
// "company", "allow". They weigh little, and a clause need not have those of a question. In folded
// form.
bool is_generic_word(std::string_view folded_word);

}  // namespace smallprint::query
