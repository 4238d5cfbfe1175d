// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/split/mending.h"

#include <doctest/doctest.h>

#include <cstddef>
#include <string>

namespace smallprint {
namespace {

template <typename Mend> std::string mended(std::string block, Mend mend) {
    const std::size_t size = block.size();
    mend(block);
    CHECK(block.size() == size);  // offsets stay true
    return block;
}

}  // namespace

TEST_CASE("lines become one but for hard breaks, and lose the markers of a quote") {
    CHECK(mended("one\ntwo", split::join_lines) == "one two");
    CHECK(mended("one\r\ntwo", split::join_lines) == "one  two");
    CHECK(mended("one  \ntwo", split::join_lines) == "one  \ntwo");
    CHECK(mended("one\\\ntwo", split::join_lines) == "one\\\ntwo");
    CHECK(mended("one\\\\\ntwo", split::join_lines) == "one\\\\ two");
    CHECK(mended("one\n> > two\n>three", split::join_lines) == "one     two  three");
}

TEST_CASE("blanks in the target of a link get a stand-in that is undone later") {
    const auto target = [](const std::string& block) {
        const std::string filled = mended(block, split::fill_targets);
        CHECK(filled.find(' ') == std::string::npos);
        return split::restored_target(filled);
    };
    CHECK(target("[x](tel:+34 911)") == "[x](tel:+34%20911)");
    CHECK(target("[x](/a b_(c d).html)y") == "[x](/a%20b_(c%20d).html)y");
    CHECK(target("[x](https://a.example/p)") == "[x](https://a.example/p)");
}

TEST_CASE("prose in parentheses and titles of links are no targets with blanks") {
    for (const std::string block :
         {"see [the note](as of May)", "[x](/p \"a title\")", "[x](/never closed", "(a b)"}) {
        CHECK(mended(block, split::fill_targets) == block);
    }
}

TEST_CASE("bold that CommonMark would not see is tightened") {
    CHECK(mended("**Bold **text", split::tighten_bold) == "**Bold** text");
    CHECK(mended("a** bold** b", split::tighten_bold) == "a **bold** b");
    CHECK(mended("**Bold:**Text", split::tighten_bold) == "**Bold**:Text");
    CHECK(mended("**Bold\xC2\xA0**text", split::tighten_bold) == "**Bold**\xC2\xA0text");
    CHECK(mended("**one** and **two **.", split::tighten_bold) == "**one** and **two** .");
}

TEST_CASE("bold that CommonMark sees stays as it is") {
    for (const std::string block : {"**Bold** text", "**Bold:** Text", "a **b** c ** d ** e", "***",
                                    "\\*\\*not bold \\*\\*x", "", "**"}) {
        CHECK(mended(block, split::tighten_bold) == block);
    }
}

TEST_CASE("brackets that nothing closes become blanks, and a link's end is noticed") {
    std::string opened = "a [b [c](d)";
    CHECK_FALSE(split::blank_open_brackets(opened));
    CHECK(opened == "a  b [c](d)");
    std::string ended = "1.09%](https://a.example)[Other";
    CHECK(split::blank_open_brackets(ended));
    CHECK(ended == "1.09%](https://a.example) Other");
    std::string plain = "a] \\[b";
    CHECK_FALSE(split::blank_open_brackets(plain));
    CHECK(plain == "a] \\[b");
}

}  // namespace smallprint
