// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/query/question.h"

#include "common/text/tokenizer.h"
#include "searcher/query/ast.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace smallprint::query {
namespace {

// Begin a question whatever follows.
constexpr auto k_question_words = std::to_array<std::string_view>(
    {"did", "does", "how", "what", "when", "where", "which", "who", "whom", "whose", "why"});

// Begin a question where its subject follows; "do not track" and "may contain links" are none.
constexpr auto k_helping_verbs = std::to_array<std::string_view>(
    {"am", "are", "can", "could", "do", "had", "has", "have", "is", "may", "might", "must", "shall",
     "should", "was", "were", "will", "would"});

constexpr auto k_subjects = std::to_array<std::string_view>(
    {"a",      "an",    "any",  "anyone", "he",       "i",       "it",   "my",  "other",
     "others", "our",   "she",  "some",   "somebody", "someone", "that", "the", "their",
     "there",  "these", "they", "this",   "those",    "users",   "we",   "you", "your"});

constexpr auto k_generic_words = std::to_array<std::string_view>(
    {"able",     "allow",    "allowed",   "allows",   "category", "certain",     "companies",
     "company",  "customer", "customers", "data",     "example",  "examples",    "get",
     "give",     "gives",    "happen",    "happens",  "info",     "information", "kind",
     "kinds",    "know",     "let",       "lets",     "make",     "makes",       "mean",
     "means",    "need",     "people",    "possible", "say",      "says",        "service",
     "services", "site",     "sites",     "sort",     "tell",     "thing",       "things",
     "type",     "types",    "user",      "users",    "want",     "way",         "ways",
     "website",  "websites"});

static_assert(std::ranges::is_sorted(k_question_words));
static_assert(std::ranges::is_sorted(k_helping_verbs));
static_assert(std::ranges::is_sorted(k_subjects));
static_assert(std::ranges::is_sorted(k_generic_words));

constexpr auto contains = [](const auto& sorted_words, std::string_view word) {
    return std::ranges::binary_search(sorted_words, word);
};

bool has_question_mark(std::string_view text) {
    for (std::size_t at = text.find('?'); at != std::string_view::npos;
         at = text.find('?', at + 1)) {
        if (at + 1 == text.size() || text[at + 1] == ' ' || text[at + 1] == '?') {
            return true;
        }
    }
    return false;
}

// The words that stand side by side; nothing for a query of anything else, but for fields.
std::string plain_words(const Node& root) {
    std::string words;
    const bool is_list = root.kind == NodeKind::all && root.conjunction == Conjunction::juxtaposed;
    for (const Node& node : is_list ? root.children : std::vector<Node>{root}) {
        if (node.kind == NodeKind::word) {
            words += node.text + " ";
        } else if (node.kind != NodeKind::field) {
            return {};
        }
    }
    return words;
}

}  // namespace

bool is_question(const Query& query) {
    const std::string text = query.root ? plain_words(*query.root) : std::string();
    text::Tokenizer tokenizer;
    const std::vector<text::Token>& words = tokenizer.tokenize(text);
    if (words.size() < 2) {
        return false;
    }
    return has_question_mark(query.text) || contains(k_question_words, words[0].word) ||
           (contains(k_helping_verbs, words[0].word) && contains(k_subjects, words[1].word));
}

bool is_generic_word(std::string_view folded_word) {
    return contains(k_generic_words, folded_word);
}

}  // namespace smallprint::query
