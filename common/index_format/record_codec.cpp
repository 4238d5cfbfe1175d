// SPDX-License-Identifier: GPL-2.0-or-later
#include "common/index_format/record_codec.h"

#include "common/base/result.h"
#include "common/index_format/bytes.h"
#include "common/model/date.h"
#include "common/model/policy.h"
#include "common/model/section.h"
#include "common/model/snapshot.h"
#include "common/model/wayback_url.h"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace smallprint::index_format {
namespace {

Failure damaged(std::string_view what) {
    return damaged_index("a " + std::string(what) + " record is damaged");
}

// --- snapshots ---

constexpr std::uint64_t k_reextracted = 1;
constexpr std::uint64_t k_moved = 2;
constexpr std::uint64_t k_has_payload = 4;

void put_captured(ByteWriter& out, const std::optional<CaptureTime>& captured) {
    if (!captured) {
        out.varint(0);
        return;
    }
    const std::int64_t seconds = captured->time_since_epoch().count();
    out.varint(1 + ((static_cast<std::uint64_t>(seconds) << 1U) ^
                    static_cast<std::uint64_t>(seconds >> 63)));
}

std::optional<CaptureTime> get_captured(ByteReader& in) {
    const std::uint64_t code = in.varint();
    if (code == 0) {
        return std::nullopt;
    }
    const std::uint64_t zigzag = code - 1;
    const CaptureTime captured(std::chrono::seconds(static_cast<std::int64_t>(zigzag >> 1U) ^
                                                    -static_cast<std::int64_t>(zigzag & 1U)));
    // Farther times than 14 digits can write are damage, and would overflow as a day.
    if (captured < CaptureTime(Day(std::chrono::year(1) / 1 / 1)) ||
        captured >= CaptureTime(Day(std::chrono::year(10000) / 1 / 1))) {
        in.spoil();
        return std::nullopt;
    }
    return captured;
}

bool archive_url_follows(const Snapshot& snapshot) {
    return snapshot.captured && !snapshot.source_url.empty() &&
           snapshot.archive_url == wayback_address(*snapshot.captured, snapshot.source_url);
}

// Strings that many snapshots of a policy share, numbered in order of first appearance.
class StringNumbers {
public:
    std::size_t number(const std::string& string) {
        const auto found = std::ranges::find(m_strings, string);
        const auto number = static_cast<std::size_t>(found - m_strings.begin());
        if (found == m_strings.end()) {
            m_strings.push_back(string);
        }
        return number;
    }

    const std::vector<std::string>& strings() const { return m_strings; }

private:
    std::vector<std::string> m_strings;
};

struct SharedStrings {
    StringNumbers urls;
    StringNumbers languages;
};

void put_snapshot(ByteWriter& out, const Snapshot& snapshot, SharedStrings& shared) {
    put_captured(out, snapshot.captured);
    out.varint((snapshot.reextracted ? k_reextracted : 0) | (snapshot.moved ? k_moved : 0) |
               (snapshot.payload != 0 ? k_has_payload : 0));
    out.varint(shared.languages.number(snapshot.language));
    out.varint(shared.urls.number(snapshot.source_url));
    // A lone "-" says that there is no archive address, since the empty string means the usual one.
    const bool none = snapshot.archive_url.empty();
    out.string(archive_url_follows(snapshot) ? "" : none ? "-" : snapshot.archive_url);
    out.string(snapshot.place);
    out.fixed64(snapshot.text_hash);
    out.varint(snapshot.text_bytes);
    if (snapshot.payload != 0) {
        out.fixed64(snapshot.payload);
    }
    out.varint(snapshot.order.size());
    std::int64_t previous = 0;
    for (const Step& step : snapshot.order) {
        const std::int64_t code = (std::int64_t{step.number} << 1U) | (step.is_heading ? 1 : 0);
        out.signed_varint(code - previous);
        previous = code;
    }
}

// The string of a number; empty, which spoils nothing, for a number that is damaged.
std::string get_shared(ByteReader& in, const std::vector<std::string>& strings) {
    const std::uint64_t number = in.varint();
    return number < strings.size() ? strings[static_cast<std::size_t>(number)] : std::string();
}

Snapshot get_snapshot(ByteReader& in, const std::vector<std::string>& urls,
                      const std::vector<std::string>& languages) {
    Snapshot snapshot;
    snapshot.captured = get_captured(in);
    const std::uint64_t marks = in.varint();
    snapshot.reextracted = (marks & k_reextracted) != 0;
    snapshot.moved = (marks & k_moved) != 0;
    snapshot.language = get_shared(in, languages);
    snapshot.source_url = get_shared(in, urls);
    snapshot.archive_url = in.string();
    if (snapshot.archive_url.empty() && snapshot.captured) {
        snapshot.archive_url = wayback_address(*snapshot.captured, snapshot.source_url);
    } else if (snapshot.archive_url == "-") {
        snapshot.archive_url.clear();
    }
    snapshot.place = in.string();
    snapshot.text_hash = in.fixed64();
    snapshot.text_bytes = in.varint();
    snapshot.payload = (marks & k_has_payload) != 0 ? in.fixed64() : 0;
    const std::size_t steps = in.count();
    snapshot.order.reserve(steps);
    std::uint64_t code = 0;  // unsigned, so that damaged differences wrap around
    for (std::size_t i = 0; i < steps; ++i) {
        code += static_cast<std::uint64_t>(in.signed_varint());
        snapshot.order.push_back({(code & 1U) != 0, static_cast<std::uint32_t>(code >> 1U)});
    }
    return snapshot;
}

void put_strings(ByteWriter& out, const std::vector<std::string>& strings) {
    out.varint(strings.size());
    for (const std::string& string : strings) {
        out.string(string);
    }
}

std::vector<std::string> get_strings(ByteReader& in) {
    std::vector<std::string> strings(in.count());
    for (std::string& string : strings) {
        string = in.string();
    }
    return strings;
}

// True if the pages that are the policy's keys are as many as its snapshots say.
bool keys_fit(const Policy& policy) {
    const auto moves = std::ranges::count_if(policy.snapshots, &Snapshot::moved);
    return std::ssize(policy.later_keys) ==
           (has_page_for_key(policy.vendor, policy.key) ? moves : 0);
}

// True if every step leads to a heading or passage that there is.
bool steps_fit(const Policy& policy) {
    return std::ranges::all_of(policy.snapshots, [&](const Snapshot& snapshot) {
        return std::ranges::all_of(snapshot.order, [&](const Step& step) {
            return step.is_heading ? step.number < policy.headings.size()
                                   : step.number >= 1 && step.number <= policy.passage_count;
        });
    });
}

// --- passages ---

// Two numbers of a record that must not pass what 32 bits hold.
std::uint32_t sum(ByteReader& in, std::uint32_t a, std::uint32_t b) {
    if (b > UINT32_MAX - a) {
        in.spoil();
        return 0;
    }
    return a + b;
}

void put_runs(ByteWriter& out, const std::vector<Run>& runs) {
    out.varint(runs.size());
    std::uint32_t end = 0;
    for (const Run& run : runs) {
        out.varint(run.first - end);
        out.varint(run.last - run.first);
        end = run.last;
    }
}

std::vector<Run> get_runs(ByteReader& in) {
    std::vector<Run> runs(in.count());
    std::uint32_t end = 0;
    for (Run& run : runs) {
        run.first = sum(in, end, in.varint32());
        run.last = sum(in, run.first, in.varint32());
        end = run.last;
    }
    return runs;
}

void put_links(ByteWriter& out, const std::vector<Link>& links) {
    out.varint(links.size());
    std::uint32_t end = 0;
    for (const Link& link : links) {
        out.varint(link.begin - end);
        out.varint(link.end - link.begin);
        out.string(link.target);
        end = link.end;
    }
}

std::vector<Link> get_links(ByteReader& in) {
    std::vector<Link> links(in.count());
    std::uint32_t end = 0;
    for (Link& link : links) {
        link.begin = sum(in, end, in.varint32());
        link.end = sum(in, link.begin, in.varint32());
        link.target = in.string();
        end = link.end;
    }
    return links;
}

}  // namespace

std::string encode_policy(const Policy& policy) {
    SharedStrings shared;
    for (const Snapshot& snapshot : policy.snapshots) {
        shared.urls.number(snapshot.source_url);
        shared.languages.number(snapshot.language);
    }
    ByteWriter out;
    out.varint(0);
    out.string(policy.vendor);
    out.varint(static_cast<std::uint64_t>(policy.vendor_source));
    out.string(policy.terms_type);
    out.string(policy.key);
    put_strings(out, policy.later_keys);
    out.string(policy.title);
    out.varint(policy.passage_count);
    out.varint(policy.clause_count);
    out.varint(policy.headings.size());
    for (const Heading& heading : policy.headings) {
        out.varint(heading.level);
        out.string(heading.text);
    }
    put_strings(out, shared.urls.strings());
    put_strings(out, shared.languages.strings());
    out.varint(policy.snapshots.size());
    for (const Snapshot& snapshot : policy.snapshots) {
        put_snapshot(out, snapshot, shared);
    }
    return out.take();
}

Result<Policy> decode_policy(std::string_view body) {
    ByteReader in(body);
    Policy policy;
    const bool is_policy = in.varint() == 0;
    policy.vendor = in.string();
    const std::uint64_t source = in.varint();
    policy.vendor_source = static_cast<VendorSource>(source);
    policy.terms_type = in.string();
    policy.key = in.string();
    policy.later_keys = get_strings(in);
    policy.title = in.string();
    policy.passage_count = in.varint32();
    policy.clause_count = in.varint32();
    policy.headings.resize(in.count());
    for (Heading& heading : policy.headings) {
        heading.level = static_cast<std::uint8_t>(in.varint());
        heading.text = in.string();
    }
    const std::vector<std::string> urls = get_strings(in);
    const std::vector<std::string> languages = get_strings(in);
    const std::size_t snapshots = in.count();
    policy.snapshots.reserve(snapshots);
    for (std::size_t i = 0; i < snapshots && in.good(); ++i) {
        policy.snapshots.push_back(get_snapshot(in, urls, languages));
    }
    if (policy.snapshots.empty() || !steps_fit(policy) || !keys_fit(policy)) {
        return damaged("policy");
    }
    if (!is_policy || !in.good() || !in.at_end() ||
        source > static_cast<std::uint64_t>(VendorSource::address)) {
        return damaged("policy");
    }
    return policy;
}

std::string encode_passage(const Passage& passage) {
    ByteWriter out;
    out.varint(passage.number);
    out.varint(static_cast<std::uint64_t>(passage.kind));
    out.string(passage.text);
    put_runs(out, passage.runs);
    out.varint(passage.heading_path.size());
    for (const std::uint32_t heading : passage.heading_path) {
        out.varint(heading);
    }
    out.varint(passage.lead_in);
    out.varint(passage.step);
    out.varint(passage.source_begin);
    out.varint(passage.source_end - passage.source_begin);
    put_links(out, passage.links);
    return out.take();
}

Result<Passage> decode_passage(std::string_view body) {
    ByteReader in(body);
    Passage passage;
    passage.number = in.varint32();
    const std::uint64_t kind = in.varint();
    passage.kind = static_cast<PieceKind>(kind);
    passage.text = in.string();
    passage.runs = get_runs(in);
    passage.heading_path.resize(in.count());
    for (std::uint32_t& heading : passage.heading_path) {
        heading = in.varint32();
    }
    passage.lead_in = in.varint32();
    passage.step = in.varint32();
    passage.source_begin = in.varint32();
    passage.source_end = sum(in, passage.source_begin, in.varint32());
    passage.links = get_links(in);
    const bool known_kind = kind <= static_cast<std::uint64_t>(PieceKind::boilerplate);
    const bool links_fit = passage.links.empty() || passage.links.back().end <= passage.text.size();
    if (!known_kind || !links_fit || passage.number == 0 || passage.runs.empty() || !in.good() ||
        !in.at_end()) {
        return damaged("passage");
    }
    return passage;
}

Result<std::string_view> decode_text(std::string_view body) {
    ByteReader in(body);
    in.varint();  // number
    in.varint();  // kind
    const std::string_view text = in.string();
    if (!in.good()) {
        return damaged("passage");
    }
    return text;
}

Result<std::vector<Run>> decode_runs(std::string_view body) {
    ByteReader in(body);
    in.varint();  // number
    in.varint();  // kind
    in.string();  // text
    std::vector<Run> runs = get_runs(in);
    if (!in.good() || runs.empty()) {
        return damaged("passage");
    }
    return runs;
}

}  // namespace smallprint::index_format
