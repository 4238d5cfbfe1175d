// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/base/result.h"
#include "common/model/date.h"
#include "searcher/http/target.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace smallprint::http {

// Query parameters as data: what a route takes, checked before its handler sees anything. An empty
// value is no value, for that is what a form sends of a field left alone.

enum class ParameterKind : std::uint8_t { text, number, date, truth, choice, range };

enum class Times : std::uint8_t { once, any };

struct ParameterRow {
    std::string_view name;
    ParameterKind kind = ParameterKind::text;
    std::size_t least = 0;  // of a number
    std::size_t most = 0;   // of a number; bytes of a text, 0 for the usual most
    std::span<const std::string_view> choices = {};
    Times times = Times::once;
    bool required = false;
};

class Parameters {
public:
    // ErrorCode::usage names the parameter that is unknown (and the nearest there is), given twice,
    // or has a value it cannot have.
    static Result<Parameters> read(std::span<const ParameterRow> rows,
                                   const std::vector<NameValue>& given);

    std::string text(std::string_view name) const;  // empty if not given
    std::vector<std::string> texts(std::string_view name) const;
    std::optional<std::size_t> number(std::string_view name) const;
    std::optional<DaySpan> date(std::string_view name) const;
    std::optional<bool> truth(std::string_view name) const;

    // The same for all that ask the same, whatever the order in which it is asked.
    std::string canonical() const;

private:
    std::vector<NameValue> m_given;  // by name
};

}  // namespace smallprint::http
