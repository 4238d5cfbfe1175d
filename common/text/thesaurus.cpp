// SPDX-License-Identifier: GPL-2.0-or-later
#include "common/text/thesaurus.h"

#include "common/base/error.h"
#include "common/base/result.h"
#include "common/text/thesaurus_data.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

namespace smallprint {
namespace {

std::string_view trimmed(std::string_view text) {
    const std::size_t first = text.find_first_not_of(" \r");
    if (first == std::string_view::npos) {
        return {};
    }
    return text.substr(first, text.find_last_not_of(" \r") - first + 1);
}

// Cuts off and returns what stands before the next `mark`, or all.
std::string_view take(std::string_view& text, char mark) {
    const std::size_t end = std::min(text.find(mark), text.size());
    const std::string_view taken = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    return taken;
}

}  // namespace

Result<Thesaurus> Thesaurus::parse(std::string_view text) {
    Thesaurus thesaurus;
    for (int number = 1; !text.empty(); ++number) {
        std::string_view line = take(text, '\n');
        if (trimmed(line).empty() || line.front() == '#') {
            continue;
        }
        std::string_view members = take(line, '\t');
        Group group;
        while (!members.empty()) {
            const std::string_view member = trimmed(take(members, '|'));
            if (!member.empty()) {
                group.emplace_back(member);
            }
        }
        if (group.size() < 2 || trimmed(line).empty()) {
            return fail(ErrorCode::input, fmt::format("thesaurus, line {}: not a group", number),
                        "a line is `member | member<TAB>reason`");
        }
        thesaurus.m_groups.push_back(std::move(group));
    }
    return thesaurus;
}

const Thesaurus& Thesaurus::standard() {
    // A test keeps the file free of mistakes.
    static const Thesaurus thesaurus = parse(k_thesaurus_data).value_or(Thesaurus());
    return thesaurus;
}

}  // namespace smallprint
