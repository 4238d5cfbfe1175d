// SPDX-License-Identifier: GPL-2.0-or-later
#include "common/model/text_span.h"
#include "common/text/analyzer.h"
#include "searcher/match/pattern.h"
#include "searcher/match/prefilter.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <random>
#include <string>
#include <string_view>
#include <vector>

using namespace smallprint;

namespace {

struct Tools {
    text::Tokenizer tokenizer;
    text::Stemmer stemmer;

    match::Pattern pattern(std::string_view text) { return {text, tokenizer, stemmer}; }

    std::vector<std::string> found(std::string_view pattern_text, const std::string& text) {
        const match::Pattern wanted = pattern(pattern_text);
        const match::AnalyzedText analyzed(tokenizer.tokenize(text));
        std::vector<std::string> matches;
        for (const match::Occurrence& found : wanted.find_all(analyzed, stemmer)) {
            const TextSpan& bytes = found.bytes;
            matches.push_back(text.substr(bytes.begin, bytes.end - bytes.begin));
        }
        CHECK(wanted.occurs_in(tokenizer.tokenize(text), stemmer) == !matches.empty());
        if (!matches.empty()) {
            CHECK(match::Prefilter(wanted).may_match(text));
        }
        return matches;
    }
};

using Matches = std::vector<std::string>;

}  // namespace

TEST_CASE("a word finds its forms and nothing else") {
    Tools tools;
    CHECK(tools.found("sell", "We sell; selling is what Sellers sell.") ==
          Matches{"sell", "selling", "sell"});
    CHECK(tools.found("policy", "Policies of a police officer") == Matches{"Policies"});
}

TEST_CASE("a phrase matches across punctuation and line breaks, in order only") {
    Tools tools;
    CHECK(tools.found("third parties", "third-party, third (parties), parties third") ==
          Matches{"third-party", "third (parties"});
    CHECK(tools.found("personal data", "your personal\ndata") == Matches{"personal\ndata"});
    CHECK(tools.found("sell your data", "sell the data").empty());
}

TEST_CASE("stop words count inside phrases") {
    Tools tools;
    CHECK(tools.found("we do not sell", "We do not sell. We may not sell.") ==
          Matches{"We do not sell"});
}

TEST_CASE("hyphened, parted and joined spellings find each other") {
    Tools tools;
    const std::string text = "opt-out, opt out and optout";
    CHECK(tools.found("opt-out", text) == Matches{"opt-out", "opt out", "optout"});
    CHECK(tools.found("opt out", text) == Matches{"opt-out", "opt out"});
    CHECK(tools.found("optout", text) == Matches{"opt-out", "optout"});
    CHECK(tools.found("e-mail address", "an email address or e-mail-address") ==
          Matches{"email address", "e-mail-address"});
}

TEST_CASE("accents and typographic apostrophes do not matter") {
    Tools tools;
    CHECK(tools.found("donnees personnelles", "vos données personnelles") ==
          Matches{"données personnelles"});
    CHECK(tools.found("user's rights", "the user’s rights") == Matches{"user’s rights"});
}

TEST_CASE("whatever stemming does to a word's end, a phrase finds all its forms") {
    const std::vector<std::vector<std::string>> families = {
        {"portability", "portable"},
        {"visibility", "visible", "visibly"},
        {"capabilities", "capability", "capable"},
        {"disability", "disabilities", "disable"},
        {"inability", "unable"},
        {"flexibility", "flexible"},
        {"policy", "policies"},
        {"rating", "rated", "rate", "rates"},
        {"dying", "die", "died", "dies"},
        {"lying", "lie"},
        {"skies", "sky"},
        {"early", "earlier"},
        {"hopping", "hop", "hopped"},
        {"hoping", "hope", "hoped"},
        {"organization", "organizations", "organize", "organizer"},
        {"operational", "operation", "operator", "operate"},
        {"responsiveness", "responsive", "respond"},
        {"accessibility", "accessible", "access"},
        {"sensitivity", "sensitive", "sensitivities"},
        {"personally", "personal", "personalize", "personalization"},
        {"hopefulness", "hopeful", "hopefully"},
        {"consequently", "consequence", "consequential"},
        {"analogy", "analogies", "analogous"},
        {"electricity", "electrical", "electric"},
        {"agreed", "agree", "agreement"},
        {"advertising", "advertisement", "advertise", "advertiser"},
        {"children", "child"},
        {"generically", "generic", "generics"},
        {"succeeding", "succeed", "proceed"},
        {"communication", "communicate", "communism"}};
    Tools tools;
    for (const auto& family : families) {
        for (const std::string& asked : family) {
            for (const std::string& written : family) {
                CAPTURE(asked);
                CAPTURE(written);
                // The same stem is the same word; whether it is must not depend on the prefilter.
                const bool same = std::string(tools.stemmer.stem(asked)) ==
                                  std::string(tools.stemmer.stem(written));
                const std::string text = "the walrus " + written + " applies";
                CHECK(tools.found("walrus " + asked, text).empty() == !same);
                CHECK(tools.found(asked + " applies", text).empty() == !same);
            }
        }
    }
}

TEST_CASE("touching and overlapping highlights are one") {
    CHECK(match::merge_spans({{5, 9}, {0, 3}, {9, 12}, {1, 2}}) ==
          std::vector<TextSpan>{{0, 3}, {5, 12}});
    CHECK(match::merge_spans({}).empty());
}

namespace {

// The slow reference: all ways to read the text and the pattern, word by word.
struct Naive {
    const std::vector<text::Token>& text;
    const std::vector<text::Token>& pattern;
    std::uint32_t pattern_end;
    text::Stemmer& stemmer;

    bool occurs(std::uint32_t text_at, std::uint32_t pattern_at) const {
        if (pattern_at >= pattern_end) {
            return true;
        }
        for (const text::Token& p : pattern) {
            for (const text::Token& t : text) {
                if (p.position == pattern_at && t.position == text_at &&
                    stemmer.stem(p.word) == stemmer.stem(t.word) &&
                    occurs(text_at + t.width, pattern_at + p.width)) {
                    return true;
                }
            }
        }
        return false;
    }
};

std::string random_text(std::mt19937& random, std::size_t words) {
    static const std::vector<std::string> vocabulary = {
        "data",      "sell",    "opt-out", "opt",         "out",     "optout",
        "selling",   "the",     "we",      "e-mail",      "email",   "policies",
        "policy",    "third",   "party",   "third-party", "Données", "dying",
        "die",       "skies",   "sky",     "rating",      "rate",    "early",
        "abilities", "ability", "idly",    "user’s",      "1,000",   "a@b.example"};
    static const std::vector<std::string> gaps = {" ",   " ",  " ",  ", ", "\n",
                                                  " — ", ". ", " (", "/"};
    std::string text;
    for (std::size_t i = 0; i < words; ++i) {
        text += text.empty() ? "" : gaps[random() % gaps.size()];
        text += vocabulary[random() % vocabulary.size()];
    }
    return text;
}

}  // namespace

TEST_CASE("matcher, prefilter and slow reference agree on random texts") {
    Tools tools;
    text::Tokenizer second;
    std::mt19937 random(20240229);  // NOLINT: the same texts every time
    std::size_t matches = 0;
    for (int round = 0; round < 8000; ++round) {
        const std::string text = random_text(random, 1 + random() % 12);
        const std::string wanted = random_text(random, 1 + random() % 3);
        CAPTURE(text);
        CAPTURE(wanted);
        const std::vector<text::Token> text_tokens = tools.tokenizer.tokenize(text);
        const std::vector<text::Token>& pattern_tokens = second.tokenize(wanted);
        std::uint32_t text_end = 0;
        std::uint32_t pattern_end = 0;
        for (const text::Token& token : text_tokens) {
            text_end = std::max(text_end, token.position + token.width);
        }
        for (const text::Token& token : pattern_tokens) {
            pattern_end = std::max(pattern_end, token.position + token.width);
        }
        const Naive naive{text_tokens, pattern_tokens, pattern_end, tools.stemmer};
        bool expected = false;
        for (std::uint32_t at = 0; at < text_end; ++at) {
            expected = expected || naive.occurs(at, 0);
        }
        matches += expected ? 1 : 0;
        CHECK(tools.found(wanted, text).empty() == !expected);
    }
    CHECK(matches > 500);  // else the texts say nothing
}
