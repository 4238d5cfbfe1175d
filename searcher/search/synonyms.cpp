// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/search/synonyms.h"

#include "common/base/error.h"
#include "common/base/result.h"
#include "common/text/analyzer.h"
#include "common/text/stemmer.h"
#include "common/text/thesaurus.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace smallprint::search {
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

bool is(std::string_view word, std::string_view wanted, text::Stemmer& stemmer) {
    return !word.empty() && word.front() == wanted.front() &&
           stemmer.stem(word) == stemmer.stem(wanted);
}

}  // namespace

// Takes the lines of a thesaurus one by one.
class SynonymIndex::Builder {
public:
    Builder(text::Tokenizer& tokenizer, text::Stemmer& stemmer)
        : m_tokenizer(tokenizer), m_stemmer(stemmer) {}

    Result<void> add(const text::Thesaurus::Group& group) {
        std::vector<std::string> keys;
        for (const std::string& member : group.members) {
            TRY_ASSIGN(std::string key, stem_key(member, group.line));
            // Forms of one word that stem alike are no mistake within a line.
            if (std::ranges::find(keys, key) == keys.end()) {
                Entry& entry = m_index.m_entries[key];
                if (entry.group_line != 0) {
                    return twice(member, group.line, entry.group_line);
                }
                entry.group_line = group.line;
                keys.push_back(std::move(key));
                m_members.push_back(member);
            }
        }
        for (std::size_t i = 0; i < keys.size(); ++i) {
            Entry& entry = m_index.m_entries[keys[i]];
            entry.synonyms = m_members;
            entry.synonyms.erase(entry.synonyms.begin() + static_cast<std::ptrdiff_t>(i));
        }
        m_groups.push_back(std::move(keys));
        m_members.clear();
        return {};
    }

    // After all groups.
    Result<void> add(const text::Thesaurus::Related& related) {
        TRY_ASSIGN(const std::string word, stem_key(related.word, related.line));
        const int before = m_index.m_entries[word].related_line;
        if (before != 0) {
            return twice(related.word, related.line, before);
        }
        m_index.m_entries[word].related_line = related.line;
        std::vector<std::string> keys = {word};
        const auto group = std::ranges::find_if(m_groups, [&](const auto& members) {
            return std::ranges::find(members, word) != members.end();
        });
        keys = group == m_groups.end() ? keys : *group;
        for (const std::string& member : related.members) {
            TRY_ASSIGN(const std::string key, stem_key(member, related.line));
            const bool means_the_same = std::ranges::find(keys, key) != keys.end();
            for (const std::string& asked : keys) {
                add_related(m_index.m_entries[asked], member, means_the_same);
            }
        }
        return {};
    }

    SynonymIndex index() && { return std::move(m_index); }

private:
    static void add_related(Entry& entry, const std::string& member, bool means_the_same) {
        if (!means_the_same && std::ranges::find(entry.related, member) == entry.related.end()) {
            entry.related.push_back(member);
        }
    }

    Result<std::string> stem_key(std::string_view words, int line) {
        std::string key;
        std::size_t count = 0;
        bool has_weight = false;
        for (const text::Token& token : m_tokenizer.tokenize(words)) {
            if (token.width == 1) {
                has_weight = has_weight || !text::is_stop_word(token.word);
                key += (key.empty() ? "" : " ") + std::string(m_stemmer.stem(token.word));
                ++count;
            }
        }
        if (!has_weight) {
            return fail(
                ErrorCode::input,
                fmt::format("thesaurus, line {}: '{}' has no word to look for", line, words),
                "words such as 'the' stand in nearly every clause");
        }
        m_index.m_longest = std::max(m_index.m_longest, count);
        return key;
    }

    static Failure twice(std::string_view word, int line, int before) {
        return fail(
            ErrorCode::input,
            fmt::format("thesaurus, line {}: '{}' is in line {} already", line, word, before),
            "forms of a word count as the same; put all that belongs to it on one line");
    }

    text::Tokenizer& m_tokenizer;
    text::Stemmer& m_stemmer;
    SynonymIndex m_index;
    std::vector<std::string> m_members;              // members of the group at hand
    std::vector<std::vector<std::string>> m_groups;  // keys
};

Result<SynonymIndex> SynonymIndex::build(const text::Thesaurus& thesaurus,
                                         text::Tokenizer& tokenizer, text::Stemmer& stemmer) {
    Builder builder(tokenizer, stemmer);
    for (const text::Thesaurus::Group& group : thesaurus.groups()) {
        TRY(builder.add(group));
    }
    for (const text::Thesaurus::Related& related : thesaurus.related()) {
        TRY(builder.add(related));
    }
    SynonymIndex index = std::move(builder).index();
    index.m_digest = thesaurus.digest();
    return index;
}

SynonymIndex::Match SynonymIndex::match(std::span<const std::string> stems) const {
    Match found;
    std::string key;
    for (std::size_t words = 1; words <= std::min(m_longest, stems.size()); ++words) {
        key += (words == 1 ? "" : " ") + stems[words - 1];
        if (const auto entry = m_entries.find(key); entry != m_entries.end()) {
            found = {words, entry->second.synonyms, entry->second.related};
        }
    }
    return found;
}

std::string parted_compound(std::string_view word, text::Stemmer& stemmer) {
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

bool makes_compound(std::string_view first, std::string_view second, text::Stemmer& stemmer) {
    return std::ranges::any_of(k_compounds, [&](const Compound& compound) {
        return first == compound.first && is(second, compound.second, stemmer);
    });
}

}  // namespace smallprint::search
