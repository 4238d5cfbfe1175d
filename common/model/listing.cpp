// SPDX-License-Identifier: GPL-2.0-or-later
#include "common/model/listing.h"

#include "common/base/hash.h"
#include "common/base/strings.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace smallprint {
namespace {

// Items with such a reason that are kept: faults say the same again and again; of what is rightly
// set aside, each can be of interest.
constexpr std::size_t k_most_faults = 1000;
constexpr std::size_t k_most_aside = 100'000;

constexpr std::string_view k_anything = "...";

std::size_t most_alike(SkipKind kind) {
    return kind == SkipKind::aside || kind == SkipKind::duplicate ? k_most_aside : k_most_faults;
}

// Behind the quote that closes what begins with one; the size of a word otherwise.
std::size_t word_size(std::string_view text) {
    const std::size_t close = text.starts_with('\'') ? text.find('\'', 1) : text.npos;
    return close == text.npos ? std::min(text.find_first_of(" ,;:()"), text.size()) : close + 1;
}

}  // namespace

SkipCounts count_by_kind(std::span<const Skipped> items) {
    SkipCounts counts = {};
    for (const Skipped& item : items) {
        counts.at(static_cast<std::size_t>(item.kind)) += item.count;
    }
    return counts;
}

std::uint64_t count_items(std::span<const Skipped> items) {
    std::uint64_t count = 0;
    for (const Skipped& item : items) {
        count += item.count;
    }
    return count;
}

std::string generalize_reason(std::string_view reason) {
    std::string general;
    while (!reason.empty()) {
        const std::size_t size = std::max<std::size_t>(word_size(reason), 1);
        const std::string_view word = reason.substr(0, size);
        const bool is_quoted = size > 1 && word.front() == '\'';
        general += is_quoted || std::ranges::any_of(word, is_digit) ? k_anything : word;
        reason.remove_prefix(size);
    }
    return general;
}

SkippedItems::SkippedItems(std::vector<Skipped> items) {
    for (Skipped& item : items) {
        push_back(std::move(item));
    }
}

void SkippedItems::push_back(Skipped item) {
    const std::uint64_t name =
        hash64(generalize_reason(item.reason), static_cast<std::uint64_t>(item.kind));
    Alike& alike = m_alike[name];
    if (alike.kept == most_alike(item.kind)) {
        m_items[alike.last].count += item.count;
        return;
    }
    ++alike.kept;
    alike.last = m_items.size();
    m_items.push_back(std::move(item));
}

}  // namespace smallprint
