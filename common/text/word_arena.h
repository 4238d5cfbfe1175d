// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <algorithm>
#include <cstddef>
#include <memory>
#include <string_view>
#include <vector>

namespace smallprint::text {

// Words are cut at a character to at most this many bytes, so that every term fits the index.
inline constexpr std::size_t k_longest_word = 64;

// Memory for many short words that stays where it is: no word moves until clear().
class WordArena {
public:
    // At least `bytes` bytes to write a word into; what is not kept is handed out again.
    char* room(std::size_t bytes) {
        if (static_cast<std::size_t>(m_end - m_next) < bytes) {
            use_next_block(bytes);
        }
        return m_next;
    }

    // Keeps the first `size` bytes of the last room().
    std::string_view keep(std::size_t size) {
        const std::string_view word(m_next, size);
        m_next += size;
        return word;
    }

    // Ends all words; their memory is used again.
    void clear() {
        m_used_blocks = 0;
        m_next = nullptr;
        m_end = nullptr;
    }

private:
    struct Block {
        std::unique_ptr<char[]> bytes;
        std::size_t size;
    };

    void use_next_block(std::size_t bytes) {
        constexpr std::size_t usual_size = 32768;
        if (m_used_blocks < m_blocks.size() && m_blocks[m_used_blocks].size < bytes) {
            m_blocks.resize(m_used_blocks);
        }
        if (m_used_blocks == m_blocks.size()) {
            const std::size_t size = std::max(usual_size, bytes);
            m_blocks.push_back({std::unique_ptr<char[]>(new char[size]), size});
        }
        const Block& block = m_blocks[m_used_blocks++];
        m_next = block.bytes.get();
        m_end = m_next + block.size;
    }

    std::vector<Block> m_blocks;
    std::size_t m_used_blocks = 0;
    char* m_next = nullptr;
    char* m_end = nullptr;
};

// Writes one word into an arena and stops, at a character, where the word gets too long.
class WordWriter {
public:
    explicit WordWriter(WordArena& arena) : m_arena(arena), m_bytes(arena.room(k_longest_word)) {}

    void append(std::string_view character) {
        m_full = m_full || m_size + character.size() > k_longest_word;
        if (!m_full) {
            std::copy(character.begin(), character.end(), m_bytes + m_size);
            m_size += character.size();
        }
    }

    void cut(std::size_t size) { m_size = size; }

    // Writes another word instead.
    void replace(std::string_view word) {
        m_size = 0;
        m_full = false;
        append(word);
    }

    std::size_t size() const { return m_size; }

    bool is_full() const { return m_full; }

    std::string_view view() const { return {m_bytes, m_size}; }

    std::string_view keep() { return m_arena.keep(m_size); }

private:
    WordArena& m_arena;
    char* m_bytes;
    std::size_t m_size = 0;
    bool m_full = false;
};

}  // namespace smallprint::text
