// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/query/foreign_fields.h"

#include "common/base/result.h"
#include "common/base/strings.h"
#include "common/fields/field_table.h"
#include "common/model/date.h"
#include "common/text/nearest.h"
#include "searcher/query/fields.h"
#include "searcher/query/source.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace smallprint::query {
namespace {

// The date without the days that have to go, as exact as it is written: "2014" for the day before
// 2015.
std::string cut_like(Day day, std::string_view written) {
    return format_day(day).substr(0, written.size());
}

// "..2014" for what was before 2015; nothing for what is no date.
std::optional<std::string> until_before(std::string_view text) {
    const auto date = rewrite_date(text);
    const auto span = date ? parse_date(*date) : std::nullopt;
    return span ? std::optional(".." + cut_like(span->first - std::chrono::days(1), *date))
                : std::nullopt;
}

// "2015.." for what was after 2014.
std::optional<std::string> from_behind(std::string_view text) {
    const auto date = rewrite_date(text);
    const auto span = date ? parse_date(*date) : std::nullopt;
    return span ? std::optional(cut_like(span->last + std::chrono::days(1), *date) + "..")
                : std::nullopt;
}

// "2014.." and "..2014".
std::optional<std::string> from_date(std::string_view text) {
    const auto date = rewrite_date(text);
    return date ? std::optional(*date + "..") : std::nullopt;
}

std::optional<std::string> until_date(std::string_view text) {
    const auto date = rewrite_date(text);
    return date ? std::optional(".." + *date) : std::nullopt;
}

// Names of these fields in other search engines.
constexpr std::array k_other_names = {
    std::pair<std::string_view, std::string_view>{"company", "vendor"},
    std::pair<std::string_view, std::string_view>{"service", "vendor"},
    std::pair<std::string_view, std::string_view>{"site", "vendor"},
    std::pair<std::string_view, std::string_view>{"source", "vendor"},
    std::pair<std::string_view, std::string_view>{"domain", "host"},
    std::pair<std::string_view, std::string_view>{"url", "host"},
    std::pair<std::string_view, std::string_view>{"title", "heading"},
    std::pair<std::string_view, std::string_view>{"section", "heading"},
    std::pair<std::string_view, std::string_view>{"ti", "heading"},
    std::pair<std::string_view, std::string_view>{"hd", "heading"},
    std::pair<std::string_view, std::string_view>{"intitle", "heading"},
    std::pair<std::string_view, std::string_view>{"allintitle", "heading"},
    std::pair<std::string_view, std::string_view>{"la", "lang"},
    std::pair<std::string_view, std::string_view>{"language", "lang"},
    std::pair<std::string_view, std::string_view>{"daterange", "date"},
    std::pair<std::string_view, std::string_view>{"year", "date"},
    std::pair<std::string_view, std::string_view>{"wc", "words"},
    std::pair<std::string_view, std::string_view>{"changed", "change"},
};

std::optional<std::string_view> find_other_name(std::string_view name) {
    const auto* const row =
        std::ranges::find(k_other_names, name, [](const auto& pair) { return pair.first; });
    return row == k_other_names.end() ? std::nullopt : std::optional(row->second);
}

// Fields of other search engines whose value is written in another way here.
enum class Replacement : std::uint8_t { before, after, until, address, words, none, unknown };

constexpr std::array k_replaced_fields = {
    std::pair<std::string_view, Replacement>{"before", Replacement::before},
    std::pair<std::string_view, Replacement>{"bef", Replacement::before},
    std::pair<std::string_view, Replacement>{"after", Replacement::after},
    std::pair<std::string_view, Replacement>{"aft", Replacement::after},
    std::pair<std::string_view, Replacement>{"since", Replacement::after},
    std::pair<std::string_view, Replacement>{"until", Replacement::until},
    std::pair<std::string_view, Replacement>{"inurl", Replacement::address},
    std::pair<std::string_view, Replacement>{"allinurl", Replacement::address},
    std::pair<std::string_view, Replacement>{"text", Replacement::words},
    std::pair<std::string_view, Replacement>{"intext", Replacement::words},
    std::pair<std::string_view, Replacement>{"allintext", Replacement::words},
    std::pair<std::string_view, Replacement>{"inbody", Replacement::words},
    std::pair<std::string_view, Replacement>{"body", Replacement::words},
    std::pair<std::string_view, Replacement>{"content", Replacement::words},
    std::pair<std::string_view, Replacement>{"ab", Replacement::words},
    std::pair<std::string_view, Replacement>{"all", Replacement::words},
    std::pair<std::string_view, Replacement>{"define", Replacement::words},
    std::pair<std::string_view, Replacement>{"ft", Replacement::words},
    std::pair<std::string_view, Replacement>{"hlp", Replacement::words},
    std::pair<std::string_view, Replacement>{"inanchor", Replacement::words},
    std::pair<std::string_view, Replacement>{"kw", Replacement::words},
    std::pair<std::string_view, Replacement>{"su", Replacement::words},
    std::pair<std::string_view, Replacement>{"ts", Replacement::words},
    std::pair<std::string_view, Replacement>{"tx", Replacement::words},
    std::pair<std::string_view, Replacement>{"au", Replacement::unknown},
    std::pair<std::string_view, Replacement>{"cache", Replacement::unknown},
    std::pair<std::string_view, Replacement>{"fds", Replacement::unknown},
    std::pair<std::string_view, Replacement>{"link", Replacement::unknown},
    std::pair<std::string_view, Replacement>{"loc", Replacement::unknown},
    std::pair<std::string_view, Replacement>{"re", Replacement::unknown},
    std::pair<std::string_view, Replacement>{"related", Replacement::unknown},
    std::pair<std::string_view, Replacement>{"rst", Replacement::unknown},
    std::pair<std::string_view, Replacement>{"sn", Replacement::unknown},
    std::pair<std::string_view, Replacement>{"filetype", Replacement::none},
    std::pair<std::string_view, Replacement>{"ext", Replacement::none},
};

auto find_replaced(std::string_view name) {
    return std::ranges::find(k_replaced_fields, lower_ascii(name),
                             [](const auto& pair) { return pair.first; });
}

// The host of an address, or the vendor that it is of, without the sign for all hosts of a site,
// "*.a.example".
std::string_view cut_host(std::string_view address, Field field) {
    if (const std::size_t scheme = address.find("://"); scheme != std::string_view::npos) {
        address.remove_prefix(scheme + 3);
    }
    address = address.substr(0, address.find_first_of("/:"));
    address = trimmed(address, "*.");
    address.remove_prefix(field == Field::vendor && address.starts_with("www.") ? 4U : 0U);
    return address;
}

// "aft 2016", "geq 2016", "> 2016" as a span.
std::optional<std::string> compare(std::string_view written, std::string_view date) {
    const std::string word = lower_ascii(written);
    const auto is = [&](auto... wanted) { return ((word == wanted) || ...); };
    return is("aft", "after", "since", "geq", "ge", ">=") ? from_date(date)
           : is("gt", ">")                                ? from_behind(date)
           : is("bef", "before", "lt", "<")               ? until_before(date)
           : is("leq", "le", "until", "<=")               ? until_date(date)
                                                          : std::nullopt;
}

Advice replace_dates(std::optional<std::string> span) {
    return {"the time is asked for by date:..2014, date:2016.. or date:2014..2018",
            span ? std::optional("date:" + *span) : std::nullopt};
}

}  // namespace

std::optional<std::string> rewrite_date(std::string_view text) {
    if (text.size() > 10 && text[10] == 'T' && parse_day(text.substr(0, 10))) {
        return std::string(text.substr(0, 10));
    }
    std::array<std::string, 3> parts;
    std::size_t count = 0;
    for (const char c : text) {
        if (is_digit(c)) {
            parts.at(count) += c;
        } else if ((c == '-' || c == '/' || c == '.') && ++count < parts.size()) {
            continue;
        } else {
            return std::nullopt;
        }
    }
    if (count == 0 && parts[0].size() == 8) {
        parts = {parts[0].substr(0, 4), parts[0].substr(4, 2), parts[0].substr(6, 2)};
        count = 2;
    }
    std::string date = parts[0];
    for (std::size_t i = 1; i <= count; ++i) {
        date += fmt::format("-{:0>2}", parts.at(i));
    }
    return parse_date(date) ? std::optional(date) : std::nullopt;
}

std::optional<std::string> rewrite_comparison(std::string_view value) {
    const std::string_view bound =
        value.substr(std::min(value.find_first_not_of("<>="), value.size()));
    const std::string_view sign = value.substr(0, value.size() - bound.size());
    return sign == ">"    ? from_behind(bound)
           : sign == "<"  ? until_before(bound)
           : sign == ">=" ? from_date(bound)
           : sign == "<=" ? until_date(bound)
                          : std::nullopt;
}

std::string nearest_field(std::string_view name) {
    const std::string folded = lower_ascii(name);
    if (const auto other = find_other_name(folded)) {
        return std::string(*other);
    }
    std::vector<std::string> names;
    for (const FieldRow& row : k_fields) {
        if (row.field != Field::text) {
            names.emplace_back(row.name);
        }
    }
    return text::nearest(folded, names);
}

std::optional<Advice> replace_field(std::string_view name, std::string_view value) {
    const auto* const row = find_replaced(name);
    if (row == k_replaced_fields.end()) {
        return std::nullopt;
    }
    switch (row->second) {
    case Replacement::before:
        return replace_dates(until_before(value));
    case Replacement::after:
        return replace_dates(from_date(value));
    case Replacement::until:
        return replace_dates(until_date(value));
    case Replacement::address:
        return Advice{"host: takes a whole host; other words of an address are not searched",
                      value.find('.') == std::string_view::npos || value.find('/') != value.npos
                          ? std::nullopt
                          : std::optional(fmt::format("host:{}", value))};
    case Replacement::words:
        return Advice{"words of the text are asked for without a name", std::string(value)};
    case Replacement::unknown:
        return Advice{"there is nothing like it here; the fields are " + list_of_fields(),
                      value.empty() ? std::nullopt : std::optional<std::string>("")};
    case Replacement::none:
        break;
    }
    return Advice{"clauses are found whatever file they were read from: leave it out",
                  value.empty() ? std::nullopt : std::optional<std::string>("")};
}

bool is_other_name(std::string_view name) {
    const auto* const row = find_replaced(name);
    return find_other_name(lower_ascii(name)) ||
           (row != k_replaced_fields.end() && row->second != Replacement::unknown &&
            name.size() > 2);
}

Result<void> refuse_comparison(QuerySource& source, SourceSpan run) {
    const std::string_view text = source.text(run);
    const std::size_t sign = text.find_first_of("=<>");
    if (sign == std::string_view::npos || (text[sign] != '=' && sign + 1 == text.size())) {
        return {};
    }
    const std::string name = lower_ascii(text.substr(0, sign));
    const auto other = find_other_name(name);
    if (!other && !field_named(name)) {
        auto advice = text[sign] == '=' ? replace_field(name, text.substr(sign + 1)) : std::nullopt;
        return advice ? source.mistake(run, fmt::format("there is no field {}", name),
                                       std::move(*advice))
                      : Result<void>();
    }
    const std::size_t value = text[sign] == '=' ? sign + 1 : sign;
    return source.mistake(
        run, fmt::format("a field has a colon behind its name, and {} has none", name),
        {fmt::format("the fields are {}", list_of_fields()),
         fmt::format("{}:{}", other ? *other : std::string_view(name), text.substr(value))});
}

Result<void> refuse_date_words(QuerySource& source, SourceSpan word, bool is_named) {
    const std::string_view text = source.text();
    std::array<SourceSpan, 5> words = {};
    std::size_t at = is_named ? word.end : word.begin;
    const bool is_bracketed = text.substr(at).starts_with('(');
    for (SourceSpan& next : words) {
        while (at < text.size() && (unseen_at(text, at) > 0 || text[at] == '(')) {
            ++at;
        }
        next = at < text.size() ? run_at(text, at) : SourceSpan{text.size(), text.size()};
        at = next.end;
    }
    const auto is_word = [&](std::size_t i, auto... wanted) {
        const std::string lower = lower_ascii(source.text(words.at(i)));
        return ((lower == wanted) || ...);
    };
    std::optional<std::string> span = compare(source.text(words[0]), source.text(words[1]));
    const bool goes_on = is_word(2, "and", "&", "to");
    std::size_t last = 1;
    const bool is_between = is_word(0, "bet", "between", "from");
    const auto from = from_date(source.text(words[1]));
    const auto until = until_date(source.text(words[3]));
    if (is_between && goes_on && from && until) {
        last = 3;
        span = *from + until->substr(2);
    } else if (const auto other = compare(source.text(words[3]), source.text(words[4]));
               span && goes_on && other && span->ends_with("..") && other->starts_with("..")) {
        last = 4;
        *span += other->substr(2);
    }
    if (!span || (!is_named && !is_word(0, "aft", "bef"))) {
        return {};
    }
    const std::size_t end = words.at(last).end;
    const std::size_t close = is_bracketed && text.substr(end).starts_with(')') ? 1 : 0;
    return source.mistake({word.begin, end + close},
                          fmt::format("`{}` is no operator here", source.text(words[0])),
                          replace_dates(span));
}

Result<void> refuse_lone_range(QuerySource& source, SourceSpan run) {
    const std::string_view text = source.text(run);
    const std::size_t dots = text.find("..");
    if (dots == 0 || dots == std::string_view::npos || text.size() < dots + 3 ||
        !is_digit(text[dots - 1]) || !is_digit(text.back()) ||
        text.find_first_not_of("0123456789.,-$") != std::string_view::npos) {
        return {};
    }
    const bool are_dates =
        dots >= 4 && parse_date(text.substr(0, dots)) && parse_date(text.substr(dots + 2));
    return source.mistake(run, "a range needs the field that it is of",
                          {"for example date:2014..2018 or words:20..60",
                           are_dates ? std::optional(fmt::format("date:{}", text)) : std::nullopt});
}

Result<void> refuse_address(QuerySource& source, SourceSpan value, Field field) {
    const std::string_view address = source.text(value);
    const std::string_view host = cut_host(address, field);
    if ((field != Field::host && field != Field::vendor) || host.size() == address.size() ||
        host.find('.') == std::string_view::npos) {
        return {};
    }
    return source.mistake(value, "a whole address is no value here",
                          {"write the host alone", std::string(host)});
}

std::optional<Failure> refuse_rest(QuerySource& source, SourceSpan run, std::string_view name) {
    const std::string folded = lower_ascii(name);
    if (folded != "allintitle" && folded != "allintext") {
        return std::nullopt;
    }
    const SourceSpan rest =
        seen_part(source.text(), {run.begin + name.size() + 1, source.text().size()});
    const std::string_view words = source.text(rest);
    if (words.empty() || words.find_first_of("():\"") != std::string_view::npos) {
        return std::nullopt;
    }
    const bool is_one = words.find(' ') == std::string_view::npos;
    return source.mistake({run.begin, source.text().size()},
                          fmt::format("there is no field {}:", name),
                          {"for several words of headings write heading:(sharing data)",
                           folded == "allintext" ? std::string(words)
                           : is_one              ? fmt::format("heading:{}", words)
                                                 : fmt::format("heading:({})", words)});
}

Result<void> refuse_range(QuerySource& source, SourceSpan value, Field field) {
    const FieldType type = row_of(field).type;
    const std::string_view text = source.text().substr(value.begin);
    const std::size_t end = text.find_first_of("]}");
    if ((type != FieldType::days && type != FieldType::day && type != FieldType::numbers) ||
        !(text.starts_with('[') || text.starts_with('{')) || end == std::string_view::npos) {
        return {};
    }
    const std::string_view inside = text.substr(1, end - 1);
    const std::size_t to = lower_ascii(inside).find(" to ");
    if (to == std::string_view::npos) {
        return {};
    }
    const auto bound = [](std::string_view written) {
        const std::string_view shown = trimmed(written);
        return shown == "*" ? std::string_view() : shown;
    };
    return source.mistake(
        {value.begin, value.begin + end + 1}, "a range has two dots here",
        {"for example 2014..2018, 2014.. or ..2018",
         fmt::format("{}..{}", bound(inside.substr(0, to)), bound(inside.substr(to + 4)))});
}

}  // namespace smallprint::query
