// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace smallprint {

// An error as HTTP tells it (RFC 9457): schemas/problem.v1.schema.json.
struct ProblemFacts {
    int status = 0;
    std::string_view title;  // the words that go with the status
    std::string_view code;
    std::string_view message;
    std::string_view hint;  // empty if there is none
    std::optional<std::size_t> position;
};

std::string problem_json(const ProblemFacts& facts);

}  // namespace smallprint
