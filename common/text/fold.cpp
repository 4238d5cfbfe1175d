// SPDX-License-Identifier: GPL-2.0-or-later
#include "common/text/fold.h"

#include "common/text/utf8.h"

#include <unicode/normalizer2.h>
#include <unicode/stringpiece.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/uscript.h>
#include <unicode/utypes.h>

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>

namespace smallprint::text {
namespace {

// Folds are looked up in pages of 256 characters, each made when first asked for and then kept for
// the life of the program.
constexpr std::size_t k_page_size = 256;
constexpr std::size_t k_page_count = 0x110000 / k_page_size;
constexpr std::size_t k_longest_fold = 48;  // bytes; U+FDFA, the longest known, takes 30

struct Entry {
    std::uint16_t begin = 0;  // into Page::bytes
    std::uint8_t size = 0;
    CharacterKind kind = CharacterKind::separator;
    bool composes = false;
};

struct Page {
    std::array<Entry, k_page_size> entries;
    std::string bytes;
};

bool has_unspaced_script(UChar32 c) {
    for (const UScriptCode script : {USCRIPT_HAN, USCRIPT_HIRAGANA, USCRIPT_KATAKANA, USCRIPT_THAI,
                                     USCRIPT_LAO, USCRIPT_KHMER, USCRIPT_MYANMAR}) {
        if (uscript_hasScript(c, script) != 0) {
            return true;
        }
    }
    return false;
}

CharacterKind classify(UChar32 c) {
    if (c == '\'' || c == 0x2019 || c == 0x02BC) {
        return CharacterKind::apostrophe;
    }
    if (c == 0x00AD || (c >= 0x200B && c <= 0x200D) || c == 0x2060 || c == 0xFEFF) {
        return CharacterKind::ignorable;
    }
    const auto category = U_GET_GC_MASK(c);
    const bool half_width_voicing = c == 0xFF9E || c == 0xFF9F;
    if ((category & U_GC_M_MASK) != 0 || half_width_voicing) {
        return CharacterKind::mark;
    }
    if ((category & (U_GC_L_MASK | U_GC_NL_MASK)) != 0) {
        return has_unspaced_script(c) ? CharacterKind::alone : CharacterKind::letter;
    }
    return (category & U_GC_ND_MASK) != 0 ? CharacterKind::digit : CharacterKind::separator;
}

// The combining class of a mark shows if it spells combining class: 0, 84 to 132 vowel signs and
// tones of Asian scripts, 7 nuktas, 8 voicing marks of Kana, 9 viramas. 10 to 36 are the points of
// Hebrew and Arabic, 200 and more the accents.
bool is_spelling_mark(UChar32 c) {
    const int combining_class = u_getCombiningClass(c);
    const bool spells = combining_class == 0 || (combining_class >= 7 && combining_class <= 9) ||
                        (combining_class >= 84 && combining_class <= 132);
    return spells && (U_GET_GC_MASK(c) & U_GC_ME_MASK) == 0 &&
           u_hasBinaryProperty(c, UCHAR_DEFAULT_IGNORABLE_CODE_POINT) == 0;
}

bool belongs_to_words(UChar32 c) {
    switch (classify(c)) {
    case CharacterKind::letter:
    case CharacterKind::digit:
    case CharacterKind::alone:
        return true;
    case CharacterKind::mark:
        return is_spelling_mark(c);
    case CharacterKind::separator:
    case CharacterKind::ignorable:
    case CharacterKind::apostrophe:
        return false;
    }
    return false;
}

// Ligatures and the i without a dot, which Unicode counts as letters and does not take apart.
// Turkish writes I for it in capitals, so that ı, i, I and İ have to be one.
icu::UnicodeString taken_apart(UChar32 c) {
    switch (c) {
    case 0x00C6:
    case 0x00E6:
        return u"ae";
    case 0x0152:
    case 0x0153:
        return u"oe";
    case 0x0131:
        return u"i";
    default:
        return {c};
    }
}

icu::UnicodeString fold(UChar32 c) {
    UErrorCode status = U_ZERO_ERROR;
    const icu::Normalizer2* nfkc_casefold = icu::Normalizer2::getNFKCCasefoldInstance(status);
    const icu::Normalizer2* nfkd = icu::Normalizer2::getNFKDInstance(status);
    const icu::Normalizer2* nfc = icu::Normalizer2::getNFCInstance(status);
    icu::UnicodeString folded = taken_apart(c);
    if (U_FAILURE(status) != 0) {
        return folded;
    }
    const icu::UnicodeString decomposed =
        nfkd->normalize(nfkc_casefold->normalize(folded, status), status);
    folded.remove();
    for (int i = 0; i < decomposed.length(); i = decomposed.moveIndex32(i, 1)) {
        if (const UChar32 part = decomposed.char32At(i); belongs_to_words(part)) {
            folded.append(part);
        }
    }
    return nfc->normalize(folded, status);
}

bool may_compose(const icu::UnicodeString& folded) {
    UErrorCode status = U_ZERO_ERROR;
    const icu::Normalizer2* nfc = icu::Normalizer2::getNFCInstance(status);
    if (U_FAILURE(status) != 0 || folded.isEmpty() != 0) {
        return false;
    }
    return nfc->hasBoundaryBefore(folded.char32At(0)) == 0;
}

std::unique_ptr<Page> make_page(std::size_t number) {
    auto page = std::make_unique<Page>();
    for (std::size_t i = 0; i < k_page_size; ++i) {
        const auto c = static_cast<UChar32>(number * k_page_size + i);
        Entry& entry = page->entries[i];
        entry.kind = classify(c);
        if (entry.kind == CharacterKind::separator || entry.kind == CharacterKind::ignorable ||
            entry.kind == CharacterKind::apostrophe) {
            continue;
        }
        const icu::UnicodeString folded = fold(c);
        std::string utf8;
        folded.toUTF8String(utf8);
        utf8.resize(utf8_prefix(utf8, k_longest_fold).size());
        if (utf8.empty() && entry.kind != CharacterKind::mark) {
            entry.kind = CharacterKind::ignorable;
        }
        entry.composes = may_compose(folded);
        entry.begin = static_cast<std::uint16_t>(page->bytes.size());
        entry.size = static_cast<std::uint8_t>(utf8.size());
        page->bytes += utf8;
    }
    return page;
}

const Page& page_of(char32_t character) {
    static std::array<std::atomic<const Page*>, k_page_count> pages{};
    const std::size_t number = character / k_page_size;
    std::atomic<const Page*>& slot = pages[number];
    if (const Page* page = slot.load(std::memory_order_acquire); page != nullptr) {
        return *page;
    }
    std::unique_ptr<Page> made = make_page(number);
    const Page* first = nullptr;
    if (slot.compare_exchange_strong(first, made.get(), std::memory_order_acq_rel)) {
        return *made.release();
    }
    return *first;  // another thread was faster
}

}  // namespace

FoldedCharacter fold_character(char32_t character) {
    const Page& page = page_of(character <= 0x10FFFF ? character : k_replacement_character);
    const Entry& entry = page.entries[character % k_page_size];
    return {entry.kind, entry.composes,
            std::string_view(page.bytes).substr(entry.begin, entry.size)};
}

FoldedCharacter read_folded(std::string_view text, std::size_t& offset) {
    return fold_character(next_character(text, offset));
}

std::string composed(std::string_view word) {
    UErrorCode status = U_ZERO_ERROR;
    const icu::Normalizer2* nfc = icu::Normalizer2::getNFCInstance(status);
    if (U_FAILURE(status) != 0) {
        return std::string(word);
    }
    const icu::StringPiece piece(word.data(), static_cast<std::int32_t>(word.size()));
    std::string result;
    nfc->normalize(icu::UnicodeString::fromUTF8(piece), status).toUTF8String(result);
    return U_SUCCESS(status) != 0 ? result : std::string(word);
}

}  // namespace smallprint::text
