// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/told/facts.h"

#include "common/base/enum_names.h"
#include "common/model/date.h"
#include "common/model/skip_reasons.h"
#include "searcher/index/clause_view.h"
#include "searcher/over_time/coverage.h"
#include "searcher/told/styled_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace smallprint::told {
namespace {

struct LanguageRow {
    std::string_view code;  // ISO 639-1
    std::string_view name;
};

constexpr std::array k_languages = {
    LanguageRow{"ar", "Arabic"},     LanguageRow{"cs", "Czech"},
    LanguageRow{"da", "Danish"},     LanguageRow{"de", "German"},
    LanguageRow{"el", "Greek"},      LanguageRow{"en", "English"},
    LanguageRow{"es", "Spanish"},    LanguageRow{"fi", "Finnish"},
    LanguageRow{"fr", "French"},     LanguageRow{"he", "Hebrew"},
    LanguageRow{"hi", "Hindi"},      LanguageRow{"hu", "Hungarian"},
    LanguageRow{"id", "Indonesian"}, LanguageRow{"it", "Italian"},
    LanguageRow{"ja", "Japanese"},   LanguageRow{"ko", "Korean"},
    LanguageRow{"nl", "Dutch"},      LanguageRow{"no", "Norwegian"},
    LanguageRow{"pl", "Polish"},     LanguageRow{"pt", "Portuguese"},
    LanguageRow{"ro", "Romanian"},   LanguageRow{"ru", "Russian"},
    LanguageRow{"sv", "Swedish"},    LanguageRow{"th", "Thai"},
    LanguageRow{"tr", "Turkish"},    LanguageRow{"uk", "Ukrainian"},
    LanguageRow{"vi", "Vietnamese"}, LanguageRow{"zh", "Chinese"},
};

// "2026-11-22T20:54:31Z" without the signs that are for programs.
std::string readable_time(std::string time) {
    constexpr std::size_t at_t = 10;
    constexpr std::size_t size = 20;
    if (time.size() != size || time[at_t] != 'T' || time.back() != 'Z') {
        return time;
    }
    time[at_t] = ' ';
    time.replace(size - 1, 1, " UTC");
    return time;
}

}  // namespace

std::string thousands(std::uint64_t number) {
    std::string digits = std::to_string(number);
    for (std::size_t at = digits.size(); at > 3; at -= 3) {
        digits.insert(at - 3, ",");
    }
    return digits;
}

std::string counted(std::uint64_t number, std::string_view one) {
    if (number == 1) {
        return fmt::format("1 {}", one);
    }
    const bool ends_in_y = one.ends_with('y');
    return fmt::format("{} {}{}", thousands(number),
                       ends_in_y ? one.substr(0, one.size() - 1) : one, ends_in_y ? "ies" : "s");
}

std::string megabytes(std::uint64_t bytes) {
    constexpr double megabyte = 1e6;
    const double size = static_cast<double>(bytes) / megabyte;
    return size < 0.1 ? fmt::format("{:.3f} MB", size) : fmt::format("{:.1f} MB", size);
}

std::string name_vendor(std::string_view vendor) {
    return std::string(vendor.empty() ? "vendor unknown" : vendor);
}

std::string vendor_name(const index::PolicyFacts& policy) {
    return name_vendor(policy.vendor);
}

StyledText policy_name(const index::PolicyFacts& policy) {
    StyledText name = {{Style::strong, vendor_name(policy)}};
    append(name, Style::plain, policy.type.empty() ? "" : " · " + policy.type);
    return name;
}

std::string document_name(const index::PolicyFacts& policy) {
    return policy.type.empty() ? "Policy" : policy.type;
}

std::string language_name(std::string_view code) {
    const auto* const row = std::ranges::find(k_languages, code, &LanguageRow::code);
    return std::string(row == k_languages.end() ? code : row->name);
}

std::string day_or_unknown(std::optional<Day> day) {
    return day ? format_day(*day) : "unknown";
}

std::string date_span(std::optional<Day> first, std::optional<Day> last) {
    if (!first || !last) {
        return "date unknown";
    }
    return *first == *last ? format_day(*first)
                           : fmt::format("{} – {}", format_day(*first), format_day(*last));
}

std::vector<std::string> run_list(const std::vector<index::RunDates>& runs, std::size_t most) {
    const std::size_t shown = std::min(most, runs.size());
    std::vector<std::string> list;
    if (shown < runs.size()) {
        list.push_back(fmt::format("… {} earlier", thousands(runs.size() - shown)));
    }
    for (std::size_t i = runs.size() - shown; i < runs.size(); ++i) {
        list.push_back(fmt::format("{} ({})", date_span(runs[i].first, runs[i].last),
                                   thousands(runs[i].snapshots)));
    }
    for (std::size_t i = 0; i + 1 < list.size(); ++i) {
        list[i] += ',';
    }
    return list;
}

std::string capture_text(CaptureTime time) {
    const Day day = day_of(time);
    const std::chrono::hh_mm_ss clock{time - day};
    if (time == day) {
        return format_day(day);
    }
    return fmt::format("{} {:02}:{:02} UTC", format_day(day), clock.hours().count(),
                       clock.minutes().count());
}

std::string snapshot_text(std::optional<CaptureTime> captured, std::size_t number,
                          std::size_t snapshots) {
    return fmt::format("{} · snapshot {} of {}",
                       captured ? capture_text(*captured) : "date unknown", thousands(number),
                       thousands(snapshots));
}

std::string standing_text(const index::ClauseView& clause, std::size_t policy_snapshots) {
    return fmt::format("{} · {}{}{}", date_span(clause.first_seen, clause.last_seen),
                       policy_snapshots == 0 ? counted(clause.snapshots, "snapshot")
                                             : fmt::format("{} of {}", thousands(clause.snapshots),
                                                           counted(policy_snapshots, "snapshot")),
                       clause.still_present ? " · " : "", clause.still_present ? k_in_newest : "");
}

std::string holdings_text(std::uint64_t vendors, const over_time::Holdings& held) {
    return fmt::format("{}, {}, {}, {}", counted(vendors, "vendor"),
                       counted(held.policies, "policy"), counted(held.snapshots, "snapshot"),
                       counted(held.clauses, "clause"));
}

namespace {

std::string suffixes_text(const index::IndexOverview& overview) {
    const std::string version =
        overview.public_suffixes.empty() ? "the machine's" : overview.public_suffixes;
    return overview.has_other_public_suffixes
               ? version + ", not that of this smallprint; to add, index all with --rebuild"
               : version;
}

}  // namespace

std::vector<IndexFact> index_facts(const index::IndexOverview& overview) {
    constexpr std::size_t k_shown = 12;
    std::vector<IndexFact> facts = {
        {"Written", fmt::format("{} by smallprint {}, format {}", readable_time(overview.created),
                                overview.written_by, overview.format_version)},
        {"Size", fmt::format("{} on disk, of {} of text", megabytes(overview.index_bytes),
                             megabytes(overview.source_bytes))},
        {"Holds", fmt::format("{}, {}, {}", counted(overview.vendors, "vendor"),
                              counted(overview.policies, "policy"),
                              counted(overview.snapshots, "snapshot"))},
        {"Clauses",
         fmt::format("{}, standing {} times in the snapshots", thousands(overview.clauses),
                     thousands(overview.clause_occurrences))},
        {"Boilerplate", counted(overview.boilerplate, "block") + ", found with in:boilerplate"},
        {"Suffix list", suffixes_text(overview)},
        {"Skipped", counted(overview.skipped, "item")}};
    const std::vector<SkipReason>& reasons = overview.skipped_by_reason;
    for (std::size_t i = 0; i < std::min(reasons.size(), k_shown); ++i) {
        facts.push_back({"", fmt::format("{} {}: {}", thousands(reasons[i].count),
                                         name_of(reasons[i].kind), reasons[i].reason)});
    }
    if (reasons.size() > k_shown) {
        facts.push_back(
            {"", fmt::format("... and for {}", counted(reasons.size() - k_shown, "more reason"))});
    }
    return facts;
}

}  // namespace smallprint::told
