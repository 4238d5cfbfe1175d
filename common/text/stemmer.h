// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <memory>
#include <span>
#include <string_view>

namespace smallprint::text {

// Snowball's English stemmer (https://snowballstem.org) behind a cache. Not for several threads.
class Stemmer {
public:
    Stemmer();
    ~Stemmer();
    Stemmer(const Stemmer&) = delete;
    Stemmer& operator=(const Stemmer&) = delete;
    Stemmer(Stemmer&&) noexcept;
    Stemmer& operator=(Stemmer&&) noexcept;

    // The stem of a folded word; a word with other ASCII characters than letters ("ipv6", "u.s",
    // "a@b.example") is its own stem. The view lives until the Stemmer ends or
    // drop_cache_if_large() is called, independent of `word`.
    std::string_view stem(std::string_view word);

    // Forgets all stems once they are more than about 200 000. The cache is never dropped
    // elsewhere, so callers with an endless stream of words must call this now and then.
    void drop_cache_if_large();

private:
    class Implementation;
    std::unique_ptr<Implementation> m_implementation;
};

// English words that carry no weight in a ranked query ("the", "of", "do", "my"), in folded form.
// Words that turn the meaning ("not", "no", "without") and "us", which may be the country, are
// none.
bool is_stop_word(std::string_view folded_word);

// All of them, sorted.
std::span<const std::string_view> stop_words();

}  // namespace smallprint::text
