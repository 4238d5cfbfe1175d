// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/archive/charset_label.h"

#include <doctest/doctest.h>

#include <string>

namespace smallprint {

TEST_CASE("labels are read as the Encoding Standard does") {
    CHECK(archive::charset_of_label("utf8") == "UTF-8");
    CHECK(archive::charset_of_label("ISO-8859-1") == "windows-1252");
    CHECK(archive::charset_of_label(" Latin1\n") == "windows-1252");
    CHECK(archive::charset_of_label("us-ascii") == "windows-1252");
    CHECK(archive::charset_of_label("GB2312") == "gb18030");
    CHECK(archive::charset_of_label("gbk") == "gb18030");
    CHECK(archive::charset_of_label("Shift_JIS") == "windows-31j");
    CHECK(archive::charset_of_label("ks_c_5601-1987") == "windows-949");
    CHECK(archive::charset_of_label("big5") == "Big5-HKSCS");
    CHECK(archive::charset_of_label("utf-16") == "UTF-16LE");
    CHECK(archive::charset_of_label("iso-8859-9") == "windows-1254");
}

TEST_CASE("what is no label is no charset, however ICU would read it") {
    for (const char* label : {"", " ", "x", "utf-7", "ibm-37", "utf-8 utf-8", "utf-8,locale=ja",
                              "SCSU", "iso-8859", "-8859-1"}) {
        CAPTURE(label);
        CHECK(archive::charset_of_label(label).empty());
    }
    CHECK(archive::charset_of_label(std::string(1 << 20U, 'a')).empty());
}

TEST_CASE("a page says its charset in a meta tag") {
    CHECK(archive::label_in_page("<html><meta charset=gbk>") == "gbk");
    CHECK(archive::label_in_page("<META lang='x' CharSet = \"big5\" />") == "big5");
    CHECK(archive::label_in_page(
              "<meta http-equiv=Content-Type content='text/html; charset=euc-kr'>") == "euc-kr");
    CHECK(archive::label_in_page(
              "<meta content=\"text/html;CHARSET = koi8-r\" http-equiv=content-type>") == "koi8-r");
    CHECK(archive::label_in_page("<?xml version='1.0' encoding='euc-jp'?><html>") == "euc-jp");
}

TEST_CASE("what only looks like a charset of the page is passed over") {
    CHECK(archive::label_in_page("<!-- <meta charset=gbk> --><meta charset=big5>") == "big5");
    CHECK(archive::label_in_page("<metadata charset=gbk>").empty());
    CHECK(archive::label_in_page("<meta name=description content='charset=gbk'>").empty());
    CHECK(archive::label_in_page("<meta charset=nonsense><meta charset=gbk>") == "gbk");
    CHECK(archive::label_in_page("<p>charset=gbk</p>").empty());
    CHECK(archive::label_in_page("<meta").empty());
    CHECK(archive::label_in_page("<meta charset=\"gbk").size() <= 3);
    CHECK(archive::label_in_page("<!-- <meta charset=gbk>").empty());
    CHECK(archive::label_in_page("<meta = = charset=gbk>") == "gbk");
}

TEST_CASE("a page that says in ASCII that it is UTF-16 is UTF-8") {
    CHECK(archive::label_in_page("<meta charset=utf-16le>") == "utf-8");
}

}  // namespace smallprint
