// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/archive/charset_label.h"

#include "common/base/strings.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <string_view>

namespace smallprint::archive {
namespace {

struct Charset {
    std::string_view name;    // ICU's
    std::string_view labels;  // with a blank before and behind each
};

constexpr std::array k_charsets = {
    Charset{"UTF-8", " unicode-1-1-utf-8 unicode11utf8 unicode20utf8 utf-8 utf8 x-unicode20utf8 "},
    Charset{"windows-1252",
            " ansi_x3.4-1968 ascii cp1252 cp819 csisolatin1 ibm819 iso-8859-1 iso-ir-100 iso8859-1 "
            "iso88591 iso_8859-1 iso_8859-1:1987 l1 latin1 us-ascii windows-1252 x-cp1252 "
            "x-user-defined "},
    Charset{"ibm-866", " 866 cp866 csibm866 ibm866 "},
    Charset{"ibm-855", " ibm855 "},
    Charset{"ISO-8859-2",
            " csisolatin2 iso-8859-2 iso-ir-101 iso8859-2 iso88592 iso_8859-2 iso_8859-2:1987 l2 "
            "latin2 "},
    Charset{"ISO-8859-3",
            " csisolatin3 iso-8859-3 iso-ir-109 iso8859-3 iso88593 iso_8859-3 iso_8859-3:1988 l3 "
            "latin3 "},
    Charset{"ISO-8859-4",
            " csisolatin4 iso-8859-4 iso-ir-110 iso8859-4 iso88594 iso_8859-4 iso_8859-4:1988 l4 "
            "latin4 "},
    Charset{"ISO-8859-5",
            " csisolatincyrillic cyrillic iso-8859-5 iso-ir-144 iso8859-5 iso88595 iso_8859-5 "
            "iso_8859-5:1988 "},
    Charset{"ISO-8859-6",
            " arabic asmo-708 csiso88596e csiso88596i csisolatinarabic ecma-114 iso-8859-6 "
            "iso-8859-6-e iso-8859-6-i iso-ir-127 iso8859-6 iso88596 iso_8859-6 iso_8859-6:1987 "},
    Charset{"ISO-8859-7",
            " csisolatingreek ecma-118 elot_928 greek greek8 iso-8859-7 iso-ir-126 iso8859-7 "
            "iso88597 iso_8859-7 iso_8859-7:1987 sun_eu_greek "},
    Charset{"ISO-8859-8",
            " csiso88598e csiso88598i csisolatinhebrew hebrew iso-8859-8 iso-8859-8-e iso-8859-8-i "
            "iso-ir-138 iso8859-8 iso88598 iso_8859-8 iso_8859-8:1988 logical visual "},
    Charset{"ISO-8859-10", " csisolatin6 iso-8859-10 iso-ir-157 iso8859-10 iso885910 l6 latin6 "},
    Charset{"ISO-8859-13", " iso-8859-13 iso8859-13 iso885913 "},
    Charset{"ISO-8859-14", " iso-8859-14 iso8859-14 iso885914 "},
    Charset{"ISO-8859-15", " csisolatin9 iso-8859-15 iso8859-15 iso885915 iso_8859-15 l9 "},
    Charset{"KOI8-R", " cskoi8r koi koi8 koi8-r koi8_r "},
    Charset{"KOI8-U", " koi8-ru koi8-u "},
    Charset{"macintosh", " csmacintosh mac macintosh x-mac-roman "},
    Charset{"x-mac-centraleurroman", " mac-centraleurope "},
    Charset{"x-mac-cyrillic", " mac-cyrillic x-mac-cyrillic x-mac-ukrainian "},
    Charset{"windows-874", " dos-874 iso-8859-11 iso8859-11 iso885911 tis-620 windows-874 "},
    Charset{"windows-1250", " cp1250 windows-1250 x-cp1250 "},
    Charset{"windows-1251", " cp1251 windows-1251 x-cp1251 "},
    Charset{"windows-1253", " cp1253 windows-1253 x-cp1253 "},
    Charset{"windows-1254",
            " cp1254 csisolatin5 iso-8859-9 iso-ir-148 iso8859-9 iso88599 iso_8859-9 "
            "iso_8859-9:1989 l5 latin5 windows-1254 x-cp1254 "},
    Charset{"windows-1255", " cp1255 windows-1255 x-cp1255 "},
    Charset{"windows-1256", " cp1256 windows-1256 x-cp1256 "},
    Charset{"windows-1257", " cp1257 windows-1257 x-cp1257 "},
    Charset{"windows-1258", " cp1258 windows-1258 x-cp1258 "},
    Charset{"gb18030",
            " chinese csgb2312 csiso58gb231280 gb18030 gb2312 gb_2312 gb_2312-80 gbk iso-ir-58 "
            "x-gbk "},
    Charset{"HZ-GB-2312", " hz-gb-2312 "},
    Charset{"Big5-HKSCS", " big5 big5-hkscs cn-big5 csbig5 x-x-big5 "},
    Charset{"EUC-TW", " euc-tw "},
    Charset{"EUC-JP", " cseucpkdfmtjapanese euc-jp x-euc-jp "},
    Charset{"ISO-2022-JP", " csiso2022jp iso-2022-jp "},
    Charset{"windows-31j",
            " csshiftjis ms932 ms_kanji shift-jis shift_jis sjis windows-31j x-sjis "},
    Charset{"windows-949",
            " cseuckr csksc56011987 euc-kr iso-ir-149 korean ks_c_5601 ks_c_5601-1987 "
            "ks_c_5601-1989 ksc5601 ksc_5601 uhc windows-949 "},
    Charset{"ISO-2022-KR", " csiso2022kr iso-2022-kr "},
    Charset{"ISO-2022-CN", " iso-2022-cn iso-2022-cn-ext "},
    Charset{"UTF-16BE", " unicodefffe utf-16be "},
    Charset{"UTF-16LE", " csunicode iso-10646-ucs-2 ucs-2 unicode unicodefeff utf-16 utf-16le "},
};

constexpr std::string_view k_blanks = " \t\n\f\r";

// Finds `lower` in `text` in any case.
std::size_t find_ignoring_case(std::string_view text, std::string_view lower) {
    const auto found = std::ranges::search(text, lower, {}, to_lower);
    return found.empty() ? std::string_view::npos
                         : static_cast<std::size_t>(found.begin() - text.begin());
}

struct Attribute {
    std::string_view name;
    std::string_view value;
};

// A value in quotes, or up to one of `ends`; moves `rest` behind it.
std::string_view read_value(std::string_view& rest, std::string_view ends) {
    const bool quoted = rest.starts_with('"') || rest.starts_with('\'');
    const std::size_t begin = quoted ? 1 : 0;
    const std::size_t end =
        std::min(quoted ? rest.find(rest.front(), 1) : rest.find_first_of(ends), rest.size());
    const std::string_view value = rest.substr(begin, end - begin);
    rest.remove_prefix(std::min(end + begin, rest.size()));
    return value;
}

// The next attribute of a tag, and moves `tag` behind it; a name of "" at the tag's end.
Attribute read_attribute(std::string_view& tag) {
    tag.remove_prefix(std::min(tag.find_first_not_of(" \t\n\f\r/"), tag.size()));
    const std::size_t end = std::min(tag.find_first_of(" \t\n\f\r/>="), tag.size());
    Attribute attribute{tag.substr(0, end), {}};
    tag.remove_prefix(end);
    const std::size_t next = std::min(tag.find_first_not_of(k_blanks), tag.size());
    if (next < tag.size() && tag[next] == '=') {
        tag.remove_prefix(next + 1);
        tag.remove_prefix(std::min(tag.find_first_not_of(k_blanks), tag.size()));
        attribute.value = read_value(tag, " \t\n\f\r>");
        if (attribute.name.empty()) {
            attribute.name = "=";
        }
    }
    return attribute;
}

// "text/html; charset=gbk" -> "gbk"
std::string_view label_in_content(std::string_view content) {
    const std::size_t at = find_ignoring_case(content, "charset");
    if (at == std::string_view::npos) {
        return {};
    }
    std::string_view rest = content.substr(at + 7);
    rest.remove_prefix(std::min(rest.find_first_not_of(k_blanks), rest.size()));
    if (!rest.starts_with('=')) {
        return {};
    }
    rest.remove_prefix(1);
    rest.remove_prefix(std::min(rest.find_first_not_of(k_blanks), rest.size()));
    return read_value(rest, " \t\n\f\r;");
}

// Returns the label that a <meta> tag states; `tag` begins behind its name.
std::string_view label_in_meta(std::string_view tag) {
    std::string_view in_content;
    bool is_content_type = false;
    for (Attribute attribute = read_attribute(tag); !attribute.name.empty();
         attribute = read_attribute(tag)) {
        if (equals_ignoring_case(attribute.name, "charset")) {
            return attribute.value;
        }
        if (equals_ignoring_case(attribute.name, "http-equiv")) {
            is_content_type =
                equals_ignoring_case(trimmed(attribute.value, k_blanks), "content-type");
        } else if (equals_ignoring_case(attribute.name, "content")) {
            in_content = label_in_content(attribute.value);
        }
    }
    return is_content_type ? in_content : std::string_view();
}

std::string_view label_in_xml_declaration(std::string_view opening) {
    if (!opening.starts_with("<?xml")) {
        return {};
    }
    std::string_view declaration = opening.substr(5, opening.find("?>"));
    for (Attribute attribute = read_attribute(declaration); !attribute.name.empty();
         attribute = read_attribute(declaration)) {
        if (attribute.name == "encoding") {
            return attribute.value;
        }
    }
    return {};
}

std::string_view label_as_stated(std::string_view opening) {
    std::size_t at = 0;
    while ((at = opening.find('<', at)) != std::string_view::npos) {
        const std::string_view rest = opening.substr(at);
        if (rest.starts_with("<!--")) {
            at = std::min(opening.find("-->", at + 2), opening.size());
        } else if (rest.size() > 5 && equals_ignoring_case(rest.substr(0, 5), "<meta") &&
                   is_one_of(rest[5], " \t\n\f\r/")) {
            const std::string_view label = label_in_meta(rest.substr(5));
            if (!charset_of_label(label).empty()) {
                return label;
            }
        }
        ++at;
    }
    return label_in_xml_declaration(opening);
}

}  // namespace

std::string_view charset_of_label(std::string_view label) {
    const std::string_view bare = trimmed(label, k_blanks);
    if (bare.empty() || bare.size() > 32 ||
        bare.find_first_of(k_blanks) != std::string_view::npos) {
        return {};
    }
    const std::string wanted = " " + lower_ascii(bare) + " ";
    for (const Charset& charset : k_charsets) {
        if (charset.labels.find(wanted) != std::string_view::npos) {
            return charset.name;
        }
    }
    return {};
}

std::string_view label_in_page(std::string_view opening) {
    const std::string_view label = label_as_stated(opening);
    return charset_of_label(label).starts_with("UTF-16") ? "utf-8" : label;
}

}  // namespace smallprint::archive
