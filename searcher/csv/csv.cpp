// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/csv/csv.h"

#include "common/text/utf8.h"

#include <string>
#include <string_view>
#include <vector>

namespace smallprint {
namespace {

std::string csv_field(std::string_view text) {
    std::string safe = terminal_safe(text);
    if (safe.find_first_of(",\"\n") == std::string::npos) {
        return safe;
    }
    std::string quoted = "\"";
    for (const char c : safe) {
        quoted += c == '"' ? "\"\"" : std::string(1, c);
    }
    return quoted + '"';
}

}  // namespace

std::string csv_line(const std::vector<std::string>& fields) {
    std::string line;
    for (const std::string& field : fields) {
        line += (&field == &fields.front() ? "" : ",") + csv_field(field);
    }
    return line + "\r\n";
}

}  // namespace smallprint
