// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/http/response_cache.h"

#include "searcher/http/request.h"
#include "searcher/http/response.h"

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

namespace smallprint::http {
namespace {

std::size_t size_of(const std::string& key, const Response& response) {
    constexpr std::size_t overhead = 512;  // of lists, tables and strings
    std::size_t size = overhead + key.size() * 2 + response.body.size();
    for (const HeaderField& field : response.fields) {
        size += field.name.size() + field.value.size();
    }
    return size;
}

}  // namespace

SharedResponse ResponseCache::find(std::string_view generation, std::string_view key) {
    if (generation != m_generation) {
        return nullptr;
    }
    const auto found = m_by_key.find(key);
    if (found == m_by_key.end()) {
        return nullptr;
    }
    m_entries.splice(m_entries.begin(), m_entries, found->second);
    return found->second->response;
}

void ResponseCache::store(std::string_view generation, std::string key, SharedResponse response) {
    const std::size_t size = size_of(key, *response);
    if (size > m_most_bytes_of_one) {
        return;
    }
    if (generation != m_generation) {
        m_by_key.clear();
        m_entries.clear();
        m_bytes = 0;
        m_generation = generation;
    }
    if (m_by_key.contains(key)) {
        return;
    }
    m_entries.push_front({std::move(key), std::move(response), size});
    m_by_key.emplace(m_entries.front().key, m_entries.begin());
    m_bytes += size;
    while (m_bytes > m_most_bytes) {
        forget_last();
    }
}

void ResponseCache::forget_last() {
    m_bytes -= m_entries.back().bytes;
    m_by_key.erase(m_entries.back().key);
    m_entries.pop_back();
}

}  // namespace smallprint::http
