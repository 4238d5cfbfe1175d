// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/base/hash.h"
#include "searcher/http/response.h"

#include <cstddef>
#include <list>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>

namespace smallprint::http {

using SharedResponse = std::shared_ptr<const Response>;

// Keeps the whole answers of one generation that were asked for last, up to a number of bytes. For
// one thread.
class ResponseCache {
public:
    ResponseCache(std::size_t most_bytes, std::size_t most_bytes_of_one)
        : m_most_bytes(most_bytes), m_most_bytes_of_one(most_bytes_of_one) {}

    // Null if there is none.
    SharedResponse find(std::string_view generation, std::string_view key);

    // Forgets what is of another generation.
    void store(std::string_view generation, std::string key, SharedResponse response);

    std::size_t bytes() const { return m_bytes; }

private:
    struct Entry {
        std::string key;
        SharedResponse response;
        std::size_t bytes = 0;
    };

    using Entries = std::list<Entry>;

    void forget_last();

    std::size_t m_most_bytes;
    std::size_t m_most_bytes_of_one;
    std::size_t m_bytes = 0;
    std::string m_generation;
    Entries m_entries;  // used last stands first
    std::unordered_map<std::string_view, Entries::iterator, TextHash> m_by_key;
};

}  // namespace smallprint::http
