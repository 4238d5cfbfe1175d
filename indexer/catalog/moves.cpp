// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/catalog/moves.h"

#include "common/base/hash.h"
#include "common/base/result.h"
#include "common/model/date.h"
#include "common/text/analyzer.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <numeric>
#include <set>
#include <string>
#include <tuple>
#include <vector>

namespace smallprint::catalog {
namespace {

// Pages that live side by side may be captured by one crawl one after the other. None takes longer
// to come round to all pages of a site.
constexpr std::chrono::days k_longest_crawl{14};

// What 7 of 10 stretches of words have in common is a wording of the same policy; policies of two
// products or countries of one vendor usually have less.
constexpr double k_least_resemblance = 0.7;

// Pages that ended before another began and are compared with it, the newest first.
constexpr std::size_t k_most_compared = 4;
constexpr std::size_t k_most_looked_at = 64;

constexpr std::size_t k_words_in_stretch = 4;
constexpr std::size_t k_most_stretches = 1024;  // enough for an error of 2 or 3 in 100

class Chainer {
public:
    Chainer(const std::vector<PageSpan>& pages, const PageResemblance& resemblance)
        : m_pages(pages), m_resemblance(resemblance), m_successor(pages.size(), pages.size()) {}

    Result<std::vector<std::vector<std::size_t>>> chain() {
        std::vector<std::size_t> by_start(m_pages.size());
        std::iota(by_start.begin(), by_start.end(), std::size_t{0});
        std::ranges::sort(by_start, {}, [&](std::size_t page) {
            return std::tie(m_pages[page].first, m_pages[page].key);
        });
        std::vector<std::size_t> heads;
        for (const std::size_t page : by_start) {
            TRY_ASSIGN(const std::size_t before, find_predecessor(page));
            if (before == m_pages.size()) {
                heads.push_back(page);
            } else {
                m_successor[before] = page;
                m_open.erase({m_pages[before].last, m_pages[before].key, before});
            }
            m_open.insert({m_pages[page].last, m_pages[page].key, page});
        }
        return follow(heads);
    }

private:
    bool may_succeed(const PageSpan& before, const PageSpan& after) const {
        return after.first - before.first >= k_longest_crawl &&
               after.last - before.last >= k_longest_crawl;
    }

    // The number of the page that moved to this one; the number of pages if there is none.
    Result<std::size_t> find_predecessor(std::size_t page) {
        std::size_t best = m_pages.size();
        double most = 0;
        std::size_t compared = 0;
        std::size_t looked_at = 0;
        auto at = m_open.lower_bound({m_pages[page].first, std::string(), 0});
        while (at != m_open.begin() && compared < k_most_compared &&
               looked_at++ < k_most_looked_at) {
            const std::size_t before = std::get<2>(*--at);
            if (may_succeed(m_pages[before], m_pages[page])) {
                ++compared;
                TRY_ASSIGN(const double share, m_resemblance(before, page));
                best = share >= k_least_resemblance && share > most ? before : best;
                most = std::max(most, share);
            }
        }
        return best;
    }

    std::vector<std::vector<std::size_t>> follow(const std::vector<std::size_t>& heads) const {
        std::vector<std::vector<std::size_t>> chains;
        for (const std::size_t head : heads) {
            std::vector<std::size_t>& chain = chains.emplace_back();
            for (std::size_t page = head; page != m_pages.size(); page = m_successor[page]) {
                chain.push_back(page);
            }
        }
        return chains;
    }

    const std::vector<PageSpan>& m_pages;
    const PageResemblance& m_resemblance;
    std::vector<std::size_t> m_successor;  // by page; the number of pages for none
    // Pages without a successor, by their end.
    std::set<std::tuple<CaptureTime, std::string, std::size_t>> m_open;
};

std::uint64_t mix(std::uint64_t hash, std::uint64_t word) {
    constexpr std::uint64_t odd = 0x9e3779b97f4a7c15U;
    hash = (hash ^ word) * odd;
    return hash ^ (hash >> 32U);
}

}  // namespace

Result<std::vector<std::vector<std::size_t>>> chain_pages(const std::vector<PageSpan>& pages,
                                                          const PageResemblance& resemblance) {
    return Chainer(pages, resemblance).chain();
}

TextSketch sketch_text(const std::vector<std::string>& clauses) {
    text::Tokenizer tokenizer;
    std::vector<std::uint64_t> words;
    for (const std::string& clause : clauses) {
        for (const text::Token& token : tokenizer.tokenize(clause)) {
            words.push_back(hash64(token.word));
        }
    }
    TextSketch sketch;
    const std::size_t width = std::min(k_words_in_stretch, words.size());
    for (std::size_t begin = 0; width > 0 && begin + width <= words.size(); ++begin) {
        std::uint64_t hash = 0;
        for (std::size_t i = begin; i < begin + width; ++i) {
            hash = mix(hash, words[i]);
        }
        sketch.push_back(hash);
    }
    std::ranges::sort(sketch);
    sketch.erase(std::ranges::unique(sketch).begin(), sketch.end());
    sketch.resize(std::min(sketch.size(), k_most_stretches));
    sketch.shrink_to_fit();
    return sketch;
}

// The smallest hashes of both are a fair sample of all, and which of them both have is known.
double measure_resemblance(const TextSketch& a, const TextSketch& b) {
    std::size_t seen = 0;
    std::size_t common = 0;
    std::size_t i = 0;
    std::size_t j = 0;
    while ((i < a.size() || j < b.size()) && seen < k_most_stretches) {
        const bool from_a = j == b.size() || (i < a.size() && a[i] <= b[j]);
        const bool from_b = i == a.size() || (j < b.size() && b[j] <= a[i]);
        common += from_a && from_b ? 1U : 0U;
        i += from_a ? 1U : 0U;
        j += from_b ? 1U : 0U;
        ++seen;
    }
    return seen == 0 ? 0 : static_cast<double>(common) / static_cast<double>(seen);
}

}  // namespace smallprint::catalog
