// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/diff/word_diff.h"

#include "common/base/strings.h"
#include "common/model/text_span.h"
#include "common/text/fold.h"
#include "common/text/stemmer.h"
#include "searcher/diff/alignment.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace smallprint::diff {
namespace {

// A word or a character of punctuation, and the blanks behind it.
struct Unit {
    std::uint32_t begin = 0;
    std::uint32_t word_end = 0;
    std::uint32_t end = 0;
    std::uint32_t weight = 0;  // how much it says: punctuation nothing, "the" little
};

constexpr std::uint32_t k_stop_word_weight = 1;
constexpr std::uint32_t k_word_weight = 3;
constexpr std::uint32_t k_heaviest_island = 3 * k_word_weight;

constexpr std::string_view k_blanks = " \n\t\r";

bool is_of_word(text::CharacterKind kind) {
    return kind == text::CharacterKind::letter || kind == text::CharacterKind::digit ||
           kind == text::CharacterKind::mark || kind == text::CharacterKind::ignorable;
}

// True for signs that stand inside of words if letters follow: "third-party", "user’s", "and/or",
// "a.example".
bool joins(std::string_view text, std::size_t begin, std::size_t end) {
    if (end >= text.size()) {
        return false;
    }
    std::size_t next = end;
    const text::CharacterKind follows = text::read_folded(text, next).kind;
    if (follows != text::CharacterKind::letter && follows != text::CharacterKind::digit) {
        return false;
    }
    const char c = text[begin];
    if (c == ',' || c == ':') {
        return begin > 0 && is_digit(text[begin - 1]) && follows == text::CharacterKind::digit;
    }
    std::size_t at = begin;
    return is_one_of(c, "-./@_") ||
           text::read_folded(text, at).kind == text::CharacterKind::apostrophe;
}

// The end of an address whose scheme ends at `end`: without punctuation behind it.
std::size_t end_of_address(std::string_view text, std::size_t end) {
    std::size_t blank = std::min(text.find_first_of(" \n\t\r", end), text.size());
    while (blank > end && is_one_of(text[blank - 1], ".,;:!?)]\"'")) {
        --blank;
    }
    return blank;
}

// The end of the word or other character that begins at `begin`.
std::size_t end_of_word(std::string_view text, std::size_t begin) {
    std::size_t end = begin;
    if (!is_of_word(text::read_folded(text, end).kind)) {
        return end;
    }
    while (end < text.size()) {
        if (text.substr(end).starts_with("://")) {
            return end_of_address(text, end);
        }
        std::size_t next = end;
        const text::CharacterKind kind = text::read_folded(text, next).kind;
        if (!is_of_word(kind) && !joins(text, end, next)) {
            break;
        }
        end = next;
    }
    return end;
}

std::uint32_t weigh(std::string_view word) {
    std::size_t at = 0;
    if (word.empty()) {
        return 0;
    }
    const text::CharacterKind kind = text::read_folded(word, at).kind;
    if (!is_of_word(kind) && kind != text::CharacterKind::alone) {
        return 0;
    }
    return text::is_stop_word(lower_ascii(word)) ? k_stop_word_weight : k_word_weight;
}

// A text as units, and those as numbers: the same number for the same word.
struct Wording {
    std::string_view text;
    std::vector<Unit> units;
    std::vector<std::uint32_t> words;
};

using WordNumbers = std::unordered_map<std::string_view, std::uint32_t>;

Wording split(std::string_view text, WordNumbers& numbers) {
    Wording wording{text, {}, {}};
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t begin = at;
        // Blanks at the very beginning are a unit without a word.
        const std::size_t word_end = is_one_of(text[at], k_blanks) ? at : end_of_word(text, at);
        for (at = word_end; at < text.size() && is_one_of(text[at], k_blanks);) {
            ++at;
        }
        const std::string_view word = text.substr(begin, word_end - begin);
        wording.units.push_back({static_cast<std::uint32_t>(begin),
                                 static_cast<std::uint32_t>(word_end),
                                 static_cast<std::uint32_t>(at), weigh(word)});
        wording.words.push_back(
            numbers.emplace(word, static_cast<std::uint32_t>(numbers.size())).first->second);
    }
    return wording;
}

std::uint32_t weight_between(const Wording& wording, std::size_t begin, std::size_t end) {
    std::uint32_t weight = 0;
    for (std::size_t i = begin; i < end; ++i) {
        weight += wording.units[i].weight;
    }
    return weight;
}

std::uint32_t words_between(const Wording& wording, std::size_t begin, std::size_t end) {
    std::uint32_t words = 0;
    for (std::size_t i = begin; i < end; ++i) {
        words += wording.units[i].weight > 0 ? 1U : 0U;
    }
    return words;
}

std::uint32_t count_words(const Difference& change, const Wording& before, const Wording& after) {
    return std::max(words_between(before, change.before_begin, change.before_end),
                    words_between(after, change.after_begin, change.after_end));
}

// Few words kept between two larger changes only make them hard to read.
std::vector<Difference> without_islands(const std::vector<Difference>& changes,
                                        const Wording& before, const Wording& after) {
    std::vector<Difference> kept;
    for (const Difference& change : changes) {
        kept.push_back(change);
        while (kept.size() > 1) {
            const Difference& right = kept.back();
            Difference& left = kept[kept.size() - 2];
            const std::uint32_t island =
                weight_between(before, left.before_end, right.before_begin);
            const std::uint32_t around =
                std::min(count_words(left, before, after), count_words(right, before, after));
            if (island > std::min(around, k_heaviest_island)) {
                break;
            }
            left.before_end = right.before_end;
            left.after_end = right.after_end;
            kept.pop_back();
        }
    }
    return kept;
}

// How well a change may begin or end behind a unit.
int boundary_after(const Wording& wording, std::size_t units) {
    constexpr int sentence = 3;
    if (units == 0 || units == wording.units.size()) {
        return sentence;
    }
    const Unit& unit = wording.units[units - 1];
    const bool parted = unit.end > unit.word_end;
    const char last = unit.word_end > unit.begin ? wording.text[unit.word_end - 1] : ' ';
    if (last == '.' || last == '!' || last == '?' ||
        (unit.end > 0 && wording.text[unit.end - 1] == '\n')) {
        return parted ? sentence : 1;
    }
    if (last == ';' || last == ':') {
        return 2;
    }
    return last == ',' ? 1 : 0;
}

struct Room {
    std::size_t begin = 0;
    std::size_t end = 0;
};

// By how much a change can be moved, and be as good an explanation: "we [may sell. We] do" is
// "[We may sell.] We do". The value is where its first unit best stands.
std::size_t best_place(const Wording& wording, std::size_t begin, std::size_t end, Room room) {
    const std::size_t size = end - begin;
    std::size_t at = begin;
    while (at > room.begin && wording.words[at - 1] == wording.words[at + size - 1]) {
        --at;
    }
    std::size_t best = at;
    int most = -1;
    for (;; ++at) {
        const int score = boundary_after(wording, at) + boundary_after(wording, at + size);
        if (score >= most) {
            most = score;
            best = at;
        }
        if (at + size >= room.end || wording.words[at] != wording.words[at + size]) {
            return best;
        }
    }
}

// Moves what is only removed or only added to where sentences begin and end.
void slide(std::vector<Difference>& changes, const Wording& before, const Wording& after) {
    for (std::size_t i = 0; i < changes.size(); ++i) {
        Difference& change = changes[i];
        const bool removed = change.after_begin == change.after_end;
        const bool added = change.before_begin == change.before_end;
        const Difference* previous = i > 0 ? &changes[i - 1] : nullptr;
        const Difference* next = i + 1 < changes.size() ? &changes[i + 1] : nullptr;
        std::ptrdiff_t by = 0;
        if (removed) {
            const Room room = {previous != nullptr ? previous->before_end : 0,
                               next != nullptr ? next->before_begin : before.units.size()};
            by = static_cast<std::ptrdiff_t>(
                     best_place(before, change.before_begin, change.before_end, room)) -
                 static_cast<std::ptrdiff_t>(change.before_begin);
        } else if (added) {
            const Room room = {previous != nullptr ? previous->after_end : 0,
                               next != nullptr ? next->after_begin : after.units.size()};
            by = static_cast<std::ptrdiff_t>(
                     best_place(after, change.after_begin, change.after_end, room)) -
                 static_cast<std::ptrdiff_t>(change.after_begin);
        }
        for (std::size_t* end :
             {&change.before_begin, &change.before_end, &change.after_begin, &change.after_end}) {
            *end = static_cast<std::size_t>(static_cast<std::ptrdiff_t>(*end) + by);
        }
    }
}

// Collects spans; what is removed and added between two equal ones becomes one of each.
class Changes {
public:
    Changes(std::string_view before, std::string_view after) : m_before(before), m_after(after) {}

    void differ(std::uint32_t before_size, std::uint32_t after_size) {
        m_removed.end += before_size;
        m_added.end += after_size;
    }

    void equal(std::uint32_t size) {
        flush();
        m_removed.end += size;
        m_added.end += size;
        append_equal(m_removed.end, m_added.end);
    }

    std::vector<WordChange> finish() {
        flush();
        return std::move(m_list);
    }

private:
    // Tells what differs up to here. Blanks that both begin or end with are no change.
    void flush() {
        const std::string_view removed =
            m_before.substr(m_removed.begin, m_removed.end - m_removed.begin);
        const std::string_view added = m_after.substr(m_added.begin, m_added.end - m_added.begin);
        const std::size_t most = std::min(removed.size(), added.size());
        std::uint32_t first = 0;
        while (first < most && is_one_of(removed[first], k_blanks) &&
               removed[first] == added[first]) {
            ++first;
        }
        std::uint32_t last = 0;
        while (first + last < most && is_one_of(removed[removed.size() - last - 1], k_blanks) &&
               removed[removed.size() - last - 1] == added[added.size() - last - 1]) {
            ++last;
        }
        const TextSpan before_end = {m_removed.end - last, m_removed.end};
        const TextSpan after_end = {m_added.end - last, m_added.end};
        append_equal(m_removed.begin + first, m_added.begin + first);
        append_differing(before_end.begin, after_end.begin);
        append_equal(before_end.end, after_end.end);
    }

    // Both take what is there up to these places.
    void append_equal(std::uint32_t before_end, std::uint32_t after_end) {
        if (before_end == m_removed.begin) {
            return;
        }
        if (m_list.empty() || m_list.back().kind != WordChange::Kind::same) {
            m_list.push_back({WordChange::Kind::same,
                              {m_removed.begin, m_removed.begin},
                              {m_added.begin, m_added.begin}});
        }
        m_list.back().before.end = before_end;
        m_list.back().after.end = after_end;
        m_removed.begin = before_end;
        m_added.begin = after_end;
    }

    void append_differing(std::uint32_t before_end, std::uint32_t after_end) {
        if (m_removed.begin < before_end) {
            m_list.push_back({WordChange::Kind::removed,
                              {m_removed.begin, before_end},
                              {m_added.begin, m_added.begin}});
        }
        if (m_added.begin < after_end) {
            m_list.push_back(
                {WordChange::Kind::added, {before_end, before_end}, {m_added.begin, after_end}});
        }
        m_removed.begin = before_end;
        m_added.begin = after_end;
    }

    std::string_view m_before;
    std::string_view m_after;
    std::vector<WordChange> m_list;
    TextSpan m_removed;  // not told yet, as is m_added
    TextSpan m_added;
};

std::uint32_t bytes_between(const Wording& wording, std::size_t begin, std::size_t end) {
    return begin == end ? 0 : wording.units[end - 1].end - wording.units[begin].begin;
}

// Equal words may have other blanks behind them.
void add_equal(const Unit& before, const Unit& after, const Wording& from, const Wording& to,
               Changes& changes) {
    changes.equal(before.word_end - before.begin);
    const std::string_view old_blanks =
        from.text.substr(before.word_end, before.end - before.word_end);
    const std::string_view new_blanks = to.text.substr(after.word_end, after.end - after.word_end);
    if (old_blanks == new_blanks) {
        changes.equal(before.end - before.word_end);
    } else {
        changes.differ(before.end - before.word_end, after.end - after.word_end);
    }
}

}  // namespace

std::vector<WordChange> diff_words(std::string_view before, std::string_view after) {
    WordNumbers numbers;
    const Wording from = split(before, numbers);
    const Wording to = split(after, numbers);
    std::vector<Difference> found =
        without_islands(find_differences(from.words, to.words), from, to);
    slide(found, from, to);
    found.push_back({from.units.size(), from.units.size(), to.units.size(), to.units.size()});
    Changes changes(before, after);
    std::size_t i = 0;
    std::size_t j = 0;
    for (const Difference& change : found) {
        for (; i < change.before_begin; ++i, ++j) {
            add_equal(from.units[i], to.units[j], from, to, changes);
        }
        changes.differ(bytes_between(from, change.before_begin, change.before_end),
                       bytes_between(to, change.after_begin, change.after_end));
        i = change.before_end;
        j = change.after_end;
    }
    return changes.finish();
}

double kept_share(const std::vector<WordChange>& changes) {
    std::size_t same = 0;
    std::size_t removed = 0;
    std::size_t added = 0;
    for (const WordChange& change : changes) {
        const bool is_same = change.kind == WordChange::Kind::same;
        same += is_same ? change.before.end - change.before.begin : 0;
        removed += is_same ? 0 : change.before.end - change.before.begin;
        added += is_same ? 0 : change.after.end - change.after.begin;
    }
    const std::size_t longer = same + std::max(removed, added);
    return longer == 0 ? 1 : static_cast<double>(same) / static_cast<double>(longer);
}

}  // namespace smallprint::diff
