// SPDX-License-Identifier: GPL-2.0-or-later
#include "common/text/compounds.h"

#include "common/base/strings.h"
#include "common/text/tokenizer.h"
#include "common/text/utf8.h"
#include "common/text/word_arena.h"
#include "common/text/word_parts.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace smallprint::text {
namespace {

// A host without scheme and "www." must end in, sorted. Words that often start a sentence ("it",
// "in", "is", "to", "so", "no", "at", "be", "my") are left out: blanks go missing after full stops.
constexpr auto k_common_top_level_domains = std::to_array<std::string_view>(
    {"ai",  "app", "ar",  "asia", "au",  "biz", "blog", "br",   "ca",   "ch", "cl",   "cloud",
     "cn",  "co",  "com", "coop", "cz",  "de",  "dev",  "dk",   "edu",  "es", "eu",   "example",
     "fi",  "fm",  "fr",  "gg",   "gov", "gr",  "hk",   "hu",   "ie",   "il", "info", "int",
     "io",  "jp",  "kr",  "lu",   "me",  "mil", "mobi", "mx",   "net",  "nl", "nz",   "online",
     "org", "pl",  "pt",  "ro",   "ru",  "se",  "sg",   "shop", "site", "sk", "tech", "tr",
     "tv",  "tw",  "ua",  "uk",   "us",  "vn",  "xyz",  "za"});
static_assert(std::ranges::is_sorted(k_common_top_level_domains));

constexpr std::size_t k_most_hyphenated_parts = 4;
constexpr std::size_t k_longest_top_level_domain = 24;

// True if the commas of a number separate thousands: "1,000.50", not "1,5" or "0,125".
bool has_grouped_thousands(std::span<const WordPart> number) {
    if (number[0].word.size() > 3 || number[0].word.starts_with('0')) {
        return false;
    }
    bool after_point = false;
    for (std::size_t i = 1; i < number.size(); ++i) {
        const bool after_comma = number[i - 1].joint == ',';
        if (after_comma && (after_point || number[i].word.size() != 3)) {
            return false;
        }
        after_point = !after_comma;
    }
    return true;
}

}  // namespace

CompoundWriter::CompoundWriter(std::string_view text, std::span<const WordPart> parts,
                               WordArena& arena, std::vector<Token>& tokens)
    : m_text(text), m_parts(parts), m_arena(arena), m_tokens(tokens) {}

// A mail address or host is looked for only where one may start: not again at each of its parts,
// which would take quadratic time.
void CompoundWriter::write(std::uint32_t& position) {
    m_position = position;
    for (std::size_t part = 0; part < m_parts.size();) {
        const char joint = part == 0 ? '\0' : m_parts[part - 1].joint;
        const std::size_t first = part;
        if (joint == 0 || is_one_of(joint, ",@")) {
            part = write_mail_address(first);
        }
        if (part == first && !is_one_of(joint, ".-")) {
            part = write_host(first);
        }
        if (part == first) {
            part = write_hyphenated(first);
        }
    }
    position = m_position;
}

std::size_t CompoundWriter::write_mail_address(std::size_t first) {
    std::size_t local_end = first;
    while (is_one_of(m_parts[local_end].joint, ".-_+")) {
        ++local_end;
    }
    if (m_parts[local_end].joint != '@') {
        return first;
    }
    const std::size_t host = local_end + 1;
    const std::size_t end = end_of_host(host, HostEvidence::present);
    if (end == host) {
        return first;
    }
    const std::uint32_t position = m_position;
    add_parts(first, end);
    add_joined(first, end, Joints::keep, position);
    add_joined(host, end, Joints::keep, position + static_cast<std::uint32_t>(host - first));
    return end;
}

std::size_t CompoundWriter::write_host(std::size_t first) {
    if (m_parts[first].joint == 0) {
        return first;
    }
    const bool has_www = m_parts[first].word == "www" && m_parts[first].joint == '.';
    const bool evident = has_www || follows_scheme(first);
    const std::size_t end =
        end_of_host(first, evident ? HostEvidence::present : HostEvidence::none);
    if (end == first) {
        return first;
    }
    const std::size_t named = has_www ? first + 1 : first;
    const std::uint32_t position = m_position + static_cast<std::uint32_t>(named - first);
    add_parts(first, end);
    if (end - named > 1) {
        add_joined(named, end, Joints::keep, position);
    }
    return end;
}

// The end of the longest host that starts at `first`; `first` if there is none. A blank missing
// after it does not matter: of "example.com.We" it is "example.com".
std::size_t CompoundWriter::end_of_host(std::size_t first, HostEvidence evidence) const {
    std::size_t end = first;
    for (std::size_t last = first; is_one_of(m_parts[last].joint, ".-"); ++last) {
        if (m_parts[last].joint == '.' && is_top_level(m_parts[last + 1], evidence)) {
            end = last + 2;
        }
    }
    return end;
}

bool CompoundWriter::is_top_level(const WordPart& part, HostEvidence evidence) const {
    const std::string_view shown = m_text.substr(part.begin, part.end - part.begin);
    if (shown.size() < 2 || shown.size() > k_longest_top_level_domain) {
        return false;
    }
    if (evidence == HostEvidence::none) {
        return std::ranges::binary_search(k_common_top_level_domains, shown);
    }
    return std::ranges::all_of(shown, is_lower) || std::ranges::all_of(shown, is_upper);
}

bool CompoundWriter::follows_scheme(std::size_t part) const {
    return m_text.substr(0, m_parts[part].begin).ends_with("://");
}

std::size_t CompoundWriter::write_hyphenated(std::size_t first) {
    const std::uint32_t position = m_position;
    std::size_t end = first;
    bool all_letters = true;
    do {
        const std::size_t unit = end;
        end = write_unit(unit);
        all_letters = all_letters && end == unit + 1 &&
                      m_parts[unit].characters == WordPart::Characters::letters;
    } while (is_one_of(m_parts[end - 1].joint, "-_"));
    const std::size_t count = end - first;
    if (all_letters && count > 1 && count <= k_most_hyphenated_parts) {
        add_joined(first, end, Joints::drop, position);
    }
    return end;
}

std::size_t CompoundWriter::write_unit(std::size_t first) {
    if (const std::size_t end = write_number(first); end != first) {
        return end;
    }
    if (const std::size_t end = write_acronym(first); end != first) {
        return end;
    }
    add_word(first, first + 1, m_parts[first].word);
    return first + 1;
}

std::size_t CompoundWriter::write_number(std::size_t first) {
    const auto is_number = [this](std::size_t part) {
        return m_parts[part].characters == WordPart::Characters::digits;
    };
    std::size_t end = first;
    if (is_number(first)) {
        for (++end; is_one_of(m_parts[end - 1].joint, ".,") && is_number(end); ++end) {
        }
    }
    if (end - first < 2) {
        return first;
    }
    const std::span<const WordPart> number = m_parts.subspan(first, end - first);
    const bool drop_commas = has_grouped_thousands(number);
    WordWriter word(m_arena);
    for (std::size_t i = 0; i < number.size() && !word.is_full(); ++i) {
        const std::size_t left = k_longest_word - word.size();
        word.append(utf8_prefix(number[i].word, left));
        const char joint = number[i].joint;
        if (i + 1 < number.size() && !(drop_commas && joint == ',')) {
            word.append({&joint, 1});
        }
    }
    add_word(first, end, word.keep());
    return end;
}

std::size_t CompoundWriter::write_acronym(std::size_t first) {
    const auto is_initial = [this](std::size_t part) {
        return m_parts[part].is_single && m_parts[part].characters == WordPart::Characters::letters;
    };
    std::size_t end = first;
    if (is_initial(first)) {
        for (++end; m_parts[end - 1].joint == '.' && is_initial(end); ++end) {
        }
    }
    if (end - first < 2) {
        return first;
    }
    WordWriter word(m_arena);
    word.append(m_parts[first].word);
    for (std::size_t i = first + 1; i < end && !word.is_full(); ++i) {
        word.append(".");
        word.append(m_parts[i].word);
    }
    add_word(first, end, word.keep());
    return end;
}

void CompoundWriter::add_parts(std::size_t first, std::size_t end) {
    for (std::size_t part = first; part < end; ++part) {
        add_word(part, part + 1, m_parts[part].word);
    }
}

void CompoundWriter::add_word(std::size_t first, std::size_t end, std::string_view word) {
    m_tokens.push_back({m_parts[first].begin, m_parts[end - 1].end, m_position, 1, word});
    ++m_position;
}

// A joined form that gets too long is left out: cut, it would be the form of other compounds too.
void CompoundWriter::add_joined(std::size_t first, std::size_t end, Joints joints,
                                std::uint32_t position) {
    WordWriter word(m_arena);
    for (std::size_t i = first; i < end && !word.is_full(); ++i) {
        word.append(m_parts[i].word);
        if (joints == Joints::keep && i + 1 < end) {
            word.append({&m_parts[i].joint, 1});
        }
    }
    if (!word.is_full()) {
        m_tokens.push_back({m_parts[first].begin, m_parts[end - 1].end, position,
                            static_cast<std::uint32_t>(end - first), word.keep()});
    }
}

}  // namespace smallprint::text
