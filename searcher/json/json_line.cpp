// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/json/json_line.h"

#include <boost/json.hpp>
#include <fmt/format.h>

#include <iterator>
#include <string>
#include <string_view>

namespace smallprint {
namespace {

namespace json = boost::json;

void write_string(std::string& out, std::string_view text) {
    out += '"';
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\') {
            out += '\\';
            out += c;
        } else if (c == '\n') {
            out += "\\n";
        } else if (c == '\t') {
            out += "\\t";
        } else if (byte < 0x20 || byte == 0x7F) {
            fmt::format_to(std::back_inserter(out), "\\u{:04x}", unsigned{byte});
        } else {
            out += c;
        }
    }
    out += '"';
}

// As deep as our own objects are, which is a handful of levels.
void write(std::string& out, const json::value& value) {  // NOLINT(misc-no-recursion)
    auto separate = [&out, first = true]() mutable {
        out += first ? "" : ",";
        first = false;
    };
    if (const json::object* object = value.if_object()) {
        out += '{';
        for (const json::key_value_pair& member : *object) {
            separate();
            write_string(out, member.key());
            out += ':';
            write(out, member.value());
        }
        out += '}';
    } else if (const json::array* array = value.if_array()) {
        out += '[';
        for (const json::value& element : *array) {
            separate();
            write(out, element);
        }
        out += ']';
    } else if (const json::string* text = value.if_string()) {
        write_string(out, *text);
    } else if (const double* number = value.if_double()) {
        fmt::format_to(std::back_inserter(out), "{}", *number);
    } else {
        out += json::serialize(value);
    }
}

}  // namespace

std::string json_line(const json::value& value) {
    std::string line;
    write(line, value);
    line += '\n';
    return line;
}

}  // namespace smallprint
