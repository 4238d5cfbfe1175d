// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/text/tokenizer.h"
#include "common/text/word_arena.h"
#include "common/text/word_parts.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace smallprint::text {

// Turns parts tied to one another into tokens: recognizes mail addresses, hosts, numbers,
// acronyms and hyphenated words. Linear in the number of parts.
class CompoundWriter {
public:
    CompoundWriter(std::string_view text, std::span<const WordPart> parts, WordArena& arena,
                   std::vector<Token>& tokens);

    // Appends the tokens; `position` is that of the first and becomes that of the next word.
    void write(std::uint32_t& position);

private:
    enum class HostEvidence { none, present };  // a scheme, "www." or "@" shows that it is a host

    enum class Joints { keep, drop };

    // Ranges of parts are [first, end). Each write_ function writes what starts at `first` and
    // returns its end, which is `first` if nothing of the kind starts there.
    std::size_t write_mail_address(std::size_t first);
    std::size_t write_host(std::size_t first);
    std::size_t write_hyphenated(std::size_t first);  // at least one unit
    std::size_t write_unit(std::size_t first);        // always one token
    std::size_t write_number(std::size_t first);
    std::size_t write_acronym(std::size_t first);

    std::size_t end_of_host(std::size_t first, HostEvidence evidence) const;
    bool is_top_level(const WordPart& part, HostEvidence evidence) const;
    bool follows_scheme(std::size_t part) const;

    void add_parts(std::size_t first, std::size_t end);
    void add_word(std::size_t first, std::size_t end, std::string_view word);
    void add_joined(std::size_t first, std::size_t end, Joints joints, std::uint32_t position);

    std::string_view m_text;
    std::span<const WordPart> m_parts;
    WordArena& m_arena;
    std::vector<Token>& m_tokens;
    std::uint32_t m_position = 0;
};

}  // namespace smallprint::text
