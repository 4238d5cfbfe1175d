// SPDX-License-Identifier: GPL-2.0-or-later
#include "common/text/thesaurus.h"

#include "common/base/error.h"
#include "common/base/hash.h"
#include "common/base/result.h"
#include "common/base/strings.h"
#include "common/text/thesaurus_data.h"

#include <fmt/format.h>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace smallprint::text {
namespace {

constexpr std::string_view k_blanks = " \r";

std::vector<std::string> split_members(std::string_view text) {
    std::vector<std::string> members;
    while (!text.empty()) {
        if (const std::string_view member = trimmed(cut_until(text, '|'), k_blanks);
            !member.empty()) {
            members.emplace_back(member);
        }
    }
    return members;
}

}  // namespace

Result<Thesaurus> Thesaurus::parse(std::string_view text) {
    Thesaurus thesaurus;
    thesaurus.m_digest = hash64(text);
    for (int number = 1; !text.empty(); ++number) {
        std::string_view line = cut_until(text, '\n');
        if (is_blank(line, k_blanks) || line.front() == '#') {
            continue;
        }
        std::string_view rest = cut_until(line, '\t');
        const bool has_reason = !is_blank(line, k_blanks);
        const bool is_related = rest.find('>') != std::string_view::npos;
        const std::string word =
            is_related ? std::string(trimmed(cut_until(rest, '>'), k_blanks)) : "";
        std::vector<std::string> members = split_members(rest);
        if (!has_reason || (is_related ? word.empty() || members.empty() : members.size() < 2)) {
            return fail(ErrorCode::input,
                        fmt::format("thesaurus, line {}: {}", number,
                                    has_reason ? "not a group" : "no reason is given"),
                        "a line is `member | member<TAB>reason`, or `word > member | "
                        "member<TAB>reason`");
        }
        if (is_related) {
            thesaurus.m_related.push_back({word, std::move(members), number});
        } else {
            thesaurus.m_groups.push_back({std::move(members), number});
        }
    }
    return thesaurus;
}

const Thesaurus& Thesaurus::standard() {
    // A test keeps the file free of mistakes.
    static const Thesaurus thesaurus = parse(k_thesaurus_data).value_or(Thesaurus());
    return thesaurus;
}

}  // namespace smallprint::text
