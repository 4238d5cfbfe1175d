// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/archive/charset.h"

#include "common/base/owned.h"
#include "common/base/result.h"
#include "common/base/strings.h"
#include "common/io/file.h"
#include "common/io/scratch.h"
#include "common/text/utf8.h"
#include "indexer/archive/charset_label.h"

#include <unicode/ucnv.h>
#include <unicode/ucnv_cb.h>
#include <unicode/ucnv_err.h>
#include <unicode/utypes.h>

#include <uchardet/uchardet.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace smallprint::archive {
namespace {

using namespace std::string_view_literals;

constexpr std::size_t k_opening_of_page = 1024;                // where <meta> may say the charset
constexpr std::size_t k_guessed_from = std::size_t{1} << 20U;  // bytes that uchardet looks at
constexpr std::string_view k_fallback = "windows-1252";

// A text in one charset, and how much of it means something there.
struct Attempt {
    std::string text;
    std::size_t replaced = 0;
    std::size_t controls = 0;      // C1, which no author writes: bytes that the charset leaves open
    std::size_t beyond_ascii = 0;  // characters, the two above among them
    std::size_t sense_per_nonsense = 10;  // how many to one make it believable

    bool makes_sense() const { return (replaced + controls) * sense_per_nonsense <= beyond_ascii; }
};

// NOLINTNEXTLINE(readability-function-size): so many parameters are ICU's wish
extern "C" void replace_and_count(const void* count, UConverterToUnicodeArgs* to, const char*,
                                  int32_t, UConverterCallbackReason reason, UErrorCode* error) {
    if (reason > UCNV_IRREGULAR) {
        return;  // the converter was reset or closed
    }
    *error = U_ZERO_ERROR;
    const UChar replacement = 0xFFFD;
    ucnv_cbToUWriteUChars(to, &replacement, 1, 0, error);
    ++*static_cast<std::size_t*>(const_cast<void*>(count));  // NOLINT: ICU's signature
}

void count_character(char32_t character, Attempt& attempt) {
    attempt.beyond_ascii += character >= 0x80 ? 1U : 0U;
    attempt.controls += character >= 0x80 && character < 0xA0 ? 1U : 0U;
}

// `half` is the first half of a pair that the stretch before ended with, or 0.
void append_utf16(std::u16string_view units, char16_t& half, Attempt& attempt) {
    for (const char16_t unit : units) {
        char32_t character = unit;
        if (unit >= 0xDC00 && unit <= 0xDFFF && half != 0) {
            character = 0x10000 + ((char32_t{half} - 0xD800) << 10U) + (unit - 0xDC00U);
        } else if (unit >= 0xD800 && unit <= 0xDBFF) {
            half = unit;
            continue;
        }
        half = 0;
        text::append_utf8(attempt.text, character);
        count_character(character, attempt);
    }
}

// Nothing if ICU has no such charset.
std::optional<Attempt> convert(std::string_view bytes, std::string_view charset) {
    UErrorCode error = U_ZERO_ERROR;
    const Owned<UConverter, ucnv_close> converter(ucnv_open(std::string(charset).c_str(), &error));
    Attempt attempt;
    ucnv_setToUCallBack(converter.get(), replace_and_count, &attempt.replaced, nullptr, nullptr,
                        &error);
    if (error > U_ZERO_ERROR) {
        return std::nullopt;
    }
    attempt.text.reserve(bytes.size() + bytes.size() / 2);
    std::array<char16_t, 4096> units{};
    char16_t half = 0;
    const char* from = bytes.data();
    const char* const end = bytes.data() + bytes.size();
    do {
        error = U_ZERO_ERROR;
        char16_t* to = units.data();
        ucnv_toUnicode(converter.get(), &to, units.data() + units.size(), &from, end, nullptr, 1,
                       &error);
        append_utf16({units.data(), static_cast<std::size_t>(to - units.data())}, half, attempt);
    } while (error == U_BUFFER_OVERFLOW_ERROR);
    return error > U_ZERO_ERROR ? std::nullopt : std::optional(std::move(attempt));
}

// UTF-8 that is not all valid. Nothing else has valid sequences by accident, so that a majority of
// them is enough: a page put together of parts, or cut off within a character.
Attempt repair(std::string_view bytes) {
    Attempt attempt;
    attempt.sense_per_nonsense = 3;
    attempt.text.reserve(bytes.size());
    for (std::size_t offset = 0; offset < bytes.size();) {
        const std::size_t begin = offset;
        const char32_t character = text::next_character(bytes, offset);
        text::append_utf8(attempt.text, character);
        count_character(character, attempt);
        if (character == text::k_replacement_character &&
            bytes.substr(begin, offset - begin) != "\xEF\xBF\xBD") {
            ++attempt.replaced;
        }
    }
    return attempt;
}

std::optional<Attempt> attempt_in(std::string_view bytes, std::string_view charset) {
    if (charset.empty()) {
        return std::nullopt;
    }
    return charset == "UTF-8" ? std::optional(repair(bytes)) : convert(bytes, charset);
}

DecodedText decoded(Attempt attempt, std::string_view charset) {
    DecodedText decoded;
    decoded.text = std::move(attempt.text);
    decoded.charset = charset == "UTF-8" ? "" : charset;
    decoded.replaced = attempt.replaced;
    decoded.mojibake = is_mojibake(decoded.text);
    return decoded;
}

struct Mark {
    std::string_view bytes;
    std::string_view charset;
};

// UTF-32 first: the mark of its little end begins with that of UTF-16.
constexpr std::array k_marks = {
    Mark{"\xFF\xFE\0\0"sv, "UTF-32LE"}, Mark{"\0\0\xFE\xFF"sv, "UTF-32BE"},
    Mark{"\xEF\xBB\xBF"sv, "UTF-8"},    Mark{"\xFF\xFE"sv, "UTF-16LE"},
    Mark{"\xFE\xFF"sv, "UTF-16BE"},
};

// Tells which UTF-16 this is, told by the zeros of its ASCII: every page has blanks and tags. Empty
// if it is none. Where nobody says that it is, half of all bytes should be zeros, and a quarter
// will do.
std::string_view utf16_by_zeros(std::string_view bytes, std::string_view declared) {
    const std::string_view opening = bytes.substr(0, k_opening_of_page);
    std::array<std::size_t, 2> zeros{};
    for (std::size_t i = 0; i < opening.size(); ++i) {
        zeros[i % 2] += opening[i] == '\0' ? 1U : 0U;
    }
    const std::size_t most = std::max(zeros[0], zeros[1]);
    const std::size_t least = std::min(zeros[0], zeros[1]);
    const bool enough = charset_of_label(declared).starts_with("UTF-16")
                            ? most > 0
                            : most >= 8 && most * 4 >= opening.size();
    if (!enough || least * 10 > most) {
        return {};
    }
    return zeros[1] > zeros[0] ? "UTF-16LE" : "UTF-16BE";
}

// True if the letters that Latin charsets disagree on are so many that a language needs them. In
// English text with a few names and signs, uchardet's choice between these charsets is no more than
// chance.
bool has_letters_beyond_ascii(std::string_view text) {
    std::size_t ascii = 0;
    std::size_t beyond = 0;
    bool in_tag = false;
    for (const char c : text) {
        in_tag = c == '<' || (in_tag && c != '>');
        ascii += !in_tag && (is_lower(c) || is_upper(c)) ? 1U : 0U;
        beyond += static_cast<std::uint8_t>(c) >= 0x80 ? 1U : 0U;
    }
    return beyond >= 8 && beyond * 50 >= ascii;
}

bool is_latin_of_one_byte(std::string_view charset) {
    constexpr std::array latin = {"ISO-8859-2"sv,   "ISO-8859-3"sv,   "ISO-8859-4"sv,
                                  "ISO-8859-10"sv,  "ISO-8859-13"sv,  "ISO-8859-14"sv,
                                  "ISO-8859-15"sv,  "macintosh"sv,    "x-mac-centraleurroman"sv,
                                  "windows-1250"sv, "windows-1254"sv, "windows-1257"sv,
                                  "windows-1258"sv};
    return std::ranges::find(latin, charset) != latin.end();
}

// Returns the charset that uchardet takes the text for, from where it stops being ASCII.
std::string_view guessed_charset(std::string_view bytes) {
    const auto* first = std::ranges::find_if(
        bytes, [](char c) { return static_cast<std::uint8_t>(c) >= 0x80 || c == '\x1B'; });
    const auto at = static_cast<std::size_t>(first - bytes.begin());
    const std::string_view sample =
        bytes.substr(at - std::min<std::size_t>(at, 256), k_guessed_from);
    const Owned<uchardet, uchardet_delete> detector(uchardet_new());
    if (uchardet_handle_data(detector.get(), sample.data(), sample.size()) != 0) {
        return {};
    }
    uchardet_data_end(detector.get());
    const std::string_view guess = charset_of_label(uchardet_get_charset(detector.get()));
    return is_latin_of_one_byte(guess) && !has_letters_beyond_ascii(sample) ? k_fallback : guess;
}

// Neither zeros, as UTF-16 has them, nor escapes, as ISO-2022 has them.
bool is_plain_ascii(std::string_view bytes) {
    return std::ranges::all_of(bytes, [](char c) {
        return static_cast<std::uint8_t>(c) < 0x80 && c != '\0' && c != '\x1B';
    });
}

// In these two bytes of a character are often a valid sequence of UTF-8.
bool is_like_utf8(std::string_view charset) {
    return charset == "gb18030" || charset == "windows-949" || charset == "Big5-HKSCS" ||
           charset == "EUC-TW" || charset == "EUC-JP";
}

// True if valid UTF-8 is UTF-8 although the page says that it is in `charset`.
bool is_utf8_after_all(std::string_view bytes, std::string_view charset) {
    constexpr std::size_t accidents = 8;  // sequences beyond which there is no chance
    if (bytes.find('\x1B') != std::string_view::npos && charset.starts_with("ISO-2022")) {
        return false;
    }
    if (!is_like_utf8(charset)) {
        return true;
    }
    const auto leads =
        std::ranges::count_if(bytes, [](char c) { return static_cast<std::uint8_t>(c) >= 0xC0; });
    return static_cast<std::size_t>(leads) > accidents;
}

DecodedText valid_utf8(std::string_view bytes) {
    DecodedText decoded;
    decoded.text = bytes;
    decoded.mojibake = is_mojibake(bytes);
    return decoded;
}

// Behind the byte order mark. `charsets` in the order of trust, the empty ones unknown.
DecodedText decode_unmarked(std::string_view bytes,
                            const std::array<std::string_view, 2>& charsets) {
    const bool valid = text::is_valid_utf8(bytes);
    const std::string_view stated = charsets[0].empty() ? charsets[1] : charsets[0];
    if (valid && is_utf8_after_all(bytes, stated)) {
        return valid_utf8(bytes);
    }
    for (const std::string_view charset : charsets) {
        const bool wide = charset.starts_with("UTF-16");
        if (auto attempt = wide ? std::nullopt : attempt_in(bytes, charset);
            attempt && attempt->makes_sense()) {
            return decoded(std::move(*attempt), charset);
        }
    }
    if (valid) {
        return valid_utf8(bytes);
    }
    if (Attempt attempt = repair(bytes); attempt.makes_sense()) {
        return decoded(std::move(attempt), "UTF-8");
    }
    const std::string_view guess = guessed_charset(bytes);
    if (auto attempt = attempt_in(bytes, guess); attempt && attempt->makes_sense()) {
        return decoded(std::move(*attempt), guess);
    }
    auto attempt = convert(bytes, k_fallback);
    return attempt ? decoded(std::move(*attempt), k_fallback) : decoded(repair(bytes), "UTF-8");
}

// The byte that reads as this character in windows-1252 or ISO-8859-1; 0 if there is none, or if it
// is ASCII.
std::uint8_t byte_of(char32_t character) {
    if (character >= 0x80 && character <= 0xFF) {
        return static_cast<std::uint8_t>(character);
    }
    for (char32_t byte = 0x80; byte < 0xA0; ++byte) {
        if (text::meant_by_control(byte) == character) {
            return static_cast<std::uint8_t>(byte);
        }
    }
    return 0;
}

// Behind the characters from `begin` on that are one character encoded twice; `begin` if they are
// not. Leads of scripts that no policy is written in would take "É »", as French has it, for one.
std::size_t behind_twice_encoded(std::string_view text, std::size_t begin) {
    std::size_t offset = begin;
    const std::uint8_t lead = byte_of(text::next_character(text, offset));
    const bool two = lead == 0xC2 || lead == 0xC3 || lead == 0xD0 || lead == 0xD1;
    if (!two && (lead < 0xE0 || lead > 0xEF)) {
        return begin;
    }
    std::string bytes(1, static_cast<char>(lead));
    while (bytes.size() < (two ? 2U : 3U)) {
        if (offset == text.size()) {
            return begin;
        }
        bytes += static_cast<char>(byte_of(text::next_character(text, offset)));
    }
    return text::is_valid_utf8(bytes) ? offset : begin;
}

}  // namespace

DecodedText decode_text(std::string_view bytes, std::string_view declared) {
    if (is_plain_ascii(bytes)) {
        return {std::string(bytes), {}, 0, false};
    }
    for (const Mark& mark : k_marks) {
        if (bytes.starts_with(mark.bytes)) {
            const std::string_view text = bytes.substr(mark.bytes.size());
            auto attempt = attempt_in(text, mark.charset);
            if (attempt && (attempt->makes_sense() || mark.charset != "UTF-8")) {
                return decoded(std::move(*attempt), mark.charset);
            }
            bytes = text;
            break;
        }
    }
    if (const std::string_view wide = utf16_by_zeros(bytes, declared); !wide.empty()) {
        if (auto attempt = convert(bytes, wide)) {
            return decoded(std::move(*attempt), wide);
        }
    }
    return decode_unmarked(bytes,
                           {charset_of_label(declared),
                            charset_of_label(label_in_page(bytes.substr(0, k_opening_of_page)))});
}

Result<io::FileBytes> as_utf8(const io::FileBytes& bytes) {
    constexpr std::size_t k_stretch = std::size_t{256} << 10U;  // bytes, an even number
    TRY_ASSIGN(const std::string mark, bytes.read(0, 2));
    const bool is_little = mark == "\xFF\xFE";
    if (!is_little && mark != "\xFE\xFF") {
        return bytes;
    }
    TRY_ASSIGN(io::ScratchFile scratch, io::ScratchFile::create());
    char16_t half = 0;
    for (std::uint64_t at = mark.size();;) {
        TRY_ASSIGN(const std::string stretch, bytes.read(at, k_stretch));
        if (stretch.empty()) {
            return std::move(scratch).finish();
        }
        at += stretch.size();
        std::u16string units;
        for (std::size_t i = 0; i + 1 < stretch.size(); i += 2) {
            const auto low = static_cast<std::uint8_t>(stretch[is_little ? i : i + 1]);
            const auto high = static_cast<std::uint8_t>(stretch[is_little ? i + 1 : i]);
            units += static_cast<char16_t>(high * 256U + low);
        }
        Attempt attempt;
        append_utf16(units, half, attempt);
        TRY(scratch.append(attempt.text));
    }
}

bool is_mojibake(std::string_view text) {
    std::size_t twice = 0;
    std::size_t once = 0;
    for (std::size_t offset = 0; offset < text.size();) {
        const auto byte = static_cast<std::uint8_t>(text[offset]);
        if (byte < 0x80) {
            ++offset;
            continue;
        }
        // Each lead in question is a letter between À and ÿ, whose own first byte is 0xC3.
        const std::size_t end =
            byte == 0xC3 || byte == 0xC2 ? behind_twice_encoded(text, offset) : offset;
        if (end != offset) {
            ++twice;
            offset = end;
        } else {
            text::next_character(text, offset);
            ++once;
        }
    }
    return twice >= 3 && twice * 4 >= once;
}

}  // namespace smallprint::archive
