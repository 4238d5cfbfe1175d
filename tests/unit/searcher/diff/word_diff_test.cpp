// SPDX-License-Identifier: GPL-2.0-or-later
#include "common/model/text_span.h"
#include "searcher/diff/word_diff.h"

#include <doctest/doctest.h>

#include <cstddef>
#include <random>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

using namespace smallprint;

namespace {

using Kind = diff::WordChange::Kind;

std::string_view part(std::string_view text, TextSpan span) {
    return text.substr(span.begin, span.end - span.begin);
}

// "We [-do not-]{+may+} sell".
std::string marked(std::string_view before, std::string_view after) {
    std::string out;
    for (const diff::WordChange& change : diff::diff_words(before, after)) {
        const std::string removed(part(before, change.before));
        const std::string added(part(after, change.after));
        out += change.kind == Kind::same      ? removed
               : change.kind == Kind::removed ? "[-" + removed + "-]"
                                              : "{+" + added + "+}";
    }
    return out;
}

// Whatever the texts are: the spans make up both of them, in order.
void check_changes(std::string_view before, std::string_view after) {
    std::string old_text;
    std::string new_text;
    TextSpan old_at;
    TextSpan new_at;
    Kind previous = Kind::added;
    bool first = true;
    for (const diff::WordChange& change : diff::diff_words(before, after)) {
        REQUIRE(change.before.begin == old_at.end);
        REQUIRE(change.after.begin == new_at.end);
        REQUIRE(change.before.end >= change.before.begin);
        REQUIRE(change.after.end >= change.after.begin);
        old_at = change.before;
        new_at = change.after;
        old_text += part(before, change.before);
        new_text += part(after, change.after);
        if (change.kind == Kind::same) {
            REQUIRE(part(before, change.before) == part(after, change.after));
            REQUIRE(change.before.begin < change.before.end);
        } else if (change.kind == Kind::removed) {
            REQUIRE(change.after.begin == change.after.end);
            REQUIRE(change.before.begin < change.before.end);
        } else {
            REQUIRE(change.before.begin == change.before.end);
            REQUIRE(change.after.begin < change.after.end);
        }
        const bool in_order = first || (previous == Kind::same && change.kind != Kind::same) ||
                              (previous != Kind::same && change.kind == Kind::same) ||
                              (previous == Kind::removed && change.kind == Kind::added);
        REQUIRE(in_order);
        previous = change.kind;
        first = false;
    }
    REQUIRE(old_text == before);
    REQUIRE(new_text == after);
}

class RandomText {
public:
    explicit RandomText(unsigned seed) : m_random(seed) {}

    std::size_t below(std::size_t bound) { return m_random() % bound; }

    std::string text(std::size_t most_words) {
        static const std::vector<std::string> words = {
            "we",    "may",   "sell",   "the",      "data", "e-mail",  "user’s",
            "1,000", "Grüße", "a.b",    "条款同意", "(",    "…",       ".",
            ",",     "\xff",  "and/or", "•",        "",     "\xe2\x80"};
        static const std::vector<std::string> blanks = {" ", " ", " ", " ", "", "\n", "  ", "\t"};
        std::string text = blanks[below(blanks.size())];
        for (std::size_t i = below(most_words + 1); i > 0; --i) {
            text += words[below(words.size())] + blanks[below(blanks.size())];
        }
        return text;
    }

    std::string edited(std::string text) {
        for (std::size_t i = below(4); i > 0 && !text.empty(); --i) {
            const std::size_t at = below(text.size());
            text.replace(at, below(12), this->text(3));
        }
        return text;
    }

private:
    std::mt19937 m_random;
};

std::string many_words(std::size_t count, unsigned seed, std::size_t vocabulary) {
    std::mt19937 random(seed);
    std::string text;
    for (std::size_t i = 0; i < count; ++i) {
        text += "w" + std::to_string(random() % vocabulary) + ' ';
    }
    return text;
}

}  // namespace

TEST_CASE("whole words change, with what is removed before what is added") {
    CHECK(marked("We do not sell data.", "We may sell data.") == "We [-do not-]{+may+} sell data.");
    CHECK(marked("Effective May 1, 2014", "Effective May 1, 2018") ==
          "Effective May 1, [-2014-]{+2018+}");
    CHECK(marked("for 12 months", "for 36 months") == "for [-12-]{+36+} months");
    CHECK(marked("same", "same") == "same");
    CHECK(marked("", "").empty());
    CHECK(marked("gone", "") == "[-gone-]");
    CHECK(marked("", "new") == "{+new+}");
}

TEST_CASE("punctuation is told from the word before it, compounds are one word") {
    CHECK(marked("your name, age.", "your name.") == "your name[-, age-].");
    CHECK(marked("your data.", "your data and more.") == "your data{+ and more+}.");
    CHECK(marked("an address or phone", "an address, phone") == "an address[- or-]{+,+} phone");
    CHECK(marked("to opt out now", "to opt-out now") == "to [-opt out-]{+opt-out+} now");
    CHECK(marked("at a.example now", "at b.example now") == "at [-a.example-]{+b.example+} now");
    CHECK(marked("see https://a.example/b?c=d#e.", "see https://a.example/b?c=f#e.") ==
          "see [-https://a.example/b?c=d#e-]{+https://a.example/b?c=f#e+}.");
    CHECK(marked("the user’s data", "the users data") == "the [-user’s-]{+users+} data");
    CHECK(marked("up to 1,000 items", "up to 2,000 items") == "up to [-1,000-]{+2,000+} items");
    CHECK(marked("个人信息", "个人资料") == "个人[-信息-]{+资料+}");
}

TEST_CASE("no lone word is kept between two changes, what says more is") {
    CHECK(marked("share it with the partners we trust", "show her to the people who pay") ==
          "[-share it with the partners we trust-]{+show her to the people who pay+}");
    CHECK(marked("We never sell personal data today", "We often sell personal data now") ==
          "We [-never-]{+often+} sell personal data [-today-]{+now+}");
}

TEST_CASE("a sentence is removed or added as a sentence") {
    CHECK(marked("We log. We read.", "We log. We sell. We read.") ==
          "We log. {+We sell. +}We read.");
    CHECK(marked("We log. We sell. We read.", "We log. We read.") ==
          "We log. [-We sell. -]We read.");
}

TEST_CASE("how much is kept") {
    CHECK(diff::kept_share(diff::diff_words("a b c d", "a b c d")) == doctest::Approx(1));
    CHECK(diff::kept_share(diff::diff_words("one two", "three four")) < 0.2);
    CHECK(diff::kept_share({}) == doctest::Approx(1));
}

TEST_CASE("the spans of any two texts make up both of them") {
    RandomText random(1);
    for (int round = 0; round < 4000; ++round) {
        const std::string before = random.text(12);
        const std::string after = round % 2 == 0 ? random.text(12) : random.edited(before);
        CAPTURE(before);
        CAPTURE(after);
        check_changes(before, after);
    }
}

TEST_CASE("texts of any size are compared to the end") {
    const std::string few = many_words(20'000, 1, 50);
    const std::string other_few = many_words(20'000, 2, 50);
    const std::string many = many_words(20'000, 3, 1'000'000);
    std::string edited = many;
    for (std::size_t at = 1000; at < edited.size(); at += 1500) {
        edited.insert(edited.find(' ', at) + 1, "inserted here ");
    }
    const std::vector<std::pair<std::string, std::string>> pairs = {
        {few, other_few}, {few, many}, {many, edited}, {few, ""}, {many_words(1000, 4, 20), few}};
    for (const auto& [before, after] : pairs) {
        check_changes(before, after);
    }
    CHECK(diff::kept_share(diff::diff_words(many, edited)) > 0.97);
}
