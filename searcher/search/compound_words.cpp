// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/search/compound_words.h"

#include "common/text/stemmer.h"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

namespace smallprint {
namespace {

struct Compound {
    std::string_view first;
    std::string_view second;
};

// Those that policies write in all three ways. Words that mean something else when parted ("not
// able", "may be", "any one") are none.
constexpr auto k_compounds = std::to_array<Compound>({
    {"add", "on"},       {"auto", "fill"},     {"back", "up"},      {"check", "box"},
    {"click", "stream"}, {"cross", "border"},  {"cross", "device"}, {"cross", "site"},
    {"data", "set"},     {"de", "identified"}, {"de", "identify"},  {"e", "commerce"},
    {"e", "mail"},       {"e", "privacy"},     {"follow", "up"},    {"geo", "location"},
    {"home", "page"},    {"log", "file"},      {"log", "in"},       {"log", "out"},
    {"multi", "factor"}, {"news", "letter"},   {"non", "personal"}, {"non", "profit"},
    {"off", "line"},     {"on", "line"},       {"on", "site"},      {"opt", "in"},
    {"opt", "out"},      {"pass", "code"},     {"plug", "in"},      {"pop", "up"},
    {"post", "code"},    {"pre", "approved"},  {"pre", "fill"},     {"re", "identify"},
    {"re", "marketing"}, {"re", "targeting"},  {"set", "up"},       {"sign", "in"},
    {"sign", "on"},      {"sign", "up"},       {"smart", "phone"},  {"sub", "contractor"},
    {"sub", "domain"},   {"sub", "processor"}, {"third", "party"},  {"user", "id"},
    {"user", "name"},    {"web", "beacon"},    {"web", "log"},      {"web", "master"},
    {"web", "page"},     {"web", "site"},      {"wi", "fi"},        {"zip", "code"},
});

bool is(std::string_view word, std::string_view wanted, Stemmer& stemmer) {
    return !word.empty() && word.front() == wanted.front() &&
           stemmer.stem(word) == stemmer.stem(wanted);
}

}  // namespace

std::string parted_compound(std::string_view word, Stemmer& stemmer) {
    const auto found = std::ranges::find_if(k_compounds, [&](const Compound& compound) {
        return word.starts_with(compound.first) &&
               is(word.substr(compound.first.size()), compound.second, stemmer);
    });
    if (found == k_compounds.end()) {
        return {};
    }
    std::string parted(found->first);
    return parted.append("-").append(word.substr(found->first.size()));
}

bool makes_compound(std::string_view first, std::string_view second, Stemmer& stemmer) {
    return std::ranges::any_of(k_compounds, [&](const Compound& compound) {
        return first == compound.first && is(second, compound.second, stemmer);
    });
}

}  // namespace smallprint
