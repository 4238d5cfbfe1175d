// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <array>
#include <string_view>

namespace smallprint::query {

// Lists the forms of a query, besides the fields of common/fields/field_table.h, for help and
// documentation.
struct SyntaxRow {
    std::string_view written;
    std::string_view help;  // completes "finds clauses"
    std::string_view example;
};

inline constexpr std::array k_syntax = {
    SyntaxRow{"A B", "with both, each in the text or in a heading above it; words in any form",
              "sell personal data"},
    SyntaxRow{"\"A B\"",
              "with these words one after the other, in the text or in one heading above it",
              "\"safe harbor\" certified"},
    SyntaxRow{"A AND B", "with both; as `A B`, but nothing is left out when little is found",
              "location AND advertising"},
    SyntaxRow{"A OR B", "with one of them or both", "sell OR rent OR trade"},
    SyntaxRow{"NOT A", "that lack it", "cookies NOT \"third party\""},
    SyntaxRow{"( )", "as the brackets group it", "(sell OR rent) data"},
    SyntaxRow{"A w/N B", "with both at most N words apart (1 to 100; neighbours are 1 apart)",
              "sell w/5 (\"personal data\" OR information)"},
    SyntaxRow{"A pre/N B", "with both at most N words apart, A first", "delete pre/10 account"},
    SyntaxRow{"A /s B", "with both in one sentence", "retain /s days"},
    SyntaxRow{"A*", "with a word that begins so (3 characters or more)", "advertis* partners"},
    SyntaxRow{"=A", "with the word in exactly this form", "=selling data"},
};

}  // namespace smallprint::query
