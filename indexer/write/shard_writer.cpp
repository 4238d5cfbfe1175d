// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/write/shard_writer.h"

#include "common/base/result.h"
#include "common/base/stage_timer.h"
#include "common/fields/field_table.h"
#include "common/index_format/directory.h"
#include "common/index_format/record_file.h"
#include "common/index_format/xapian_guard.h"
#include "common/io/file.h"
#include "common/model/date.h"
#include "common/model/policy.h"
#include "common/model/section.h"
#include "common/model/wayback_url.h"
#include "common/text/analyzer.h"

#include <fmt/format.h>
#include <xapian.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace smallprint::write {
namespace {

// Measured: shards of about this size are built fastest.
constexpr Xapian::doccount k_shard_documents = 2500;

std::optional<Day> day_of_snapshot(const Policy& policy, std::size_t number) {
    const auto& captured = policy.snapshots[number].captured;
    return captured ? std::optional(day_of(*captured)) : std::nullopt;
}

index_format::DocumentFacts make_facts(const Policy& policy, const Passage& passage) {
    index_format::DocumentFacts facts;
    facts.runs = static_cast<std::uint8_t>(std::min<std::size_t>(passage.runs.size(), UINT8_MAX));
    for (const Run& run : passage.runs) {
        const auto first = day_of_snapshot(policy, run.first);
        const auto last = day_of_snapshot(policy, run.last);
        facts.first_seen =
            facts.first_seen == 0 && first ? index_format::day_number(*first) : facts.first_seen;
        facts.last_seen = last ? index_format::day_number(*last) : facts.last_seen;
    }
    return facts;
}

// Adds each distinct stem once, with how often it occurs; of what stands aside as no more than a
// mark, which changes neither the lengths of documents nor the ranking of others. Returns by how
// much the document's length grew.
std::size_t add_stems(Xapian::Document& document, std::vector<std::string_view>& stems, Field field,
                      PieceKind kind) {
    const bool aside = stands_aside(kind);
    std::ranges::sort(stems);
    std::string prefix(aside ? k_aside_prefix : std::string_view());
    prefix += row_of(field).prefix;
    std::string term = prefix;
    for (std::size_t i = 0; i < stems.size();) {
        std::size_t end = i;
        while (end < stems.size() && stems[end] == stems[i]) {
            ++end;
        }
        term.resize(prefix.size());
        term += stems[i];
        document.add_term(term, aside ? 0 : static_cast<Xapian::termcount>(end - i));
        i = end;
    }
    const std::size_t length = aside ? 0 : stems.size();
    stems.clear();
    return length;
}

}  // namespace

void ShardWriter::begin(std::filesystem::path stem) {
    m_stem = std::move(stem);
    m_shards.clear();
}

Result<void> ShardWriter::add(const PolicyHistory& history) {
    if (m_xapian && m_xapian->get_doccount() >= k_shard_documents) {
        TRY(close_shard());
    }
    if (!m_xapian) {
        TRY(open_shard());
    }
    m_stemmer.drop_cache_if_large();
    return index_format::guard_xapian_writing([&] {
        add_policy(history.policy);
        for (const Passage& passage : history.passages) {
            add_passage(history.policy, passage);
        }
    });
}

Result<std::vector<Shard>> ShardWriter::finish() {
    TRY(close_shard());
    return std::move(m_shards);
}

void ShardWriter::add_policy(const Policy& policy) {
    Xapian::Document document;
    std::vector<std::string> keys = policy.later_keys;  // ids that it had or may have had hold on
    keys.push_back(policy.key);
    for (const std::string& key : keys) {
        const auto hash = policy_hash(policy.vendor, policy.terms_type, key);
        document.add_boolean_term(make_term(Field::id, policy_id(hash)));
    }
    document.add_boolean_term(make_term(Field::vendor, folded_value(policy.vendor)));
    document.add_boolean_term(make_term(Field::type, folded_value(policy.terms_type)));
    for (const Snapshot& snapshot : policy.snapshots) {
        if (const std::string host = host_of(snapshot.source_url); !host.empty()) {
            document.add_boolean_term(make_term(Field::host, host));
        }
    }
    const std::string& language = policy.snapshots.front().language;
    m_is_mixed = std::ranges::any_of(
        policy.snapshots, [&](const Snapshot& snapshot) { return snapshot.language != language; });
    const auto last = static_cast<std::uint32_t>(policy.snapshots.size() - 1);
    add_languages(document, policy, {{0, last}});
    m_xapian->add_document(document);
    m_records.add_policy(policy);
    m_shards.back().text_hashes.push_back(0);
}

void ShardWriter::add_passage(const Policy& policy, const Passage& passage) {
    Xapian::Document document;
    index_format::DocumentFacts facts = make_facts(policy, passage);
    facts.length = static_cast<std::uint16_t>(
        std::min<std::size_t>(add_words(document, policy, passage), UINT16_MAX));
    if (m_is_mixed) {
        add_languages(document, policy, passage.runs);
    }
    m_xapian->add_document(document);
    m_records.add_passage(passage, facts);
    m_shards.back().text_hashes.push_back(text_hash(passage.text));
}

void ShardWriter::add_languages(Xapian::Document& document, const Policy& policy,
                                const std::vector<Run>& runs) {
    std::string_view before;
    for (const Run& run : runs) {
        for (std::uint32_t i = run.first; i <= run.last; ++i) {
            const std::string& language = policy.snapshots[i].language;
            if (!language.empty() && language != before) {
                document.add_boolean_term(make_term(Field::language, folded_value(language)));
            }
            before = language;
        }
    }
}

std::size_t ShardWriter::add_words(Xapian::Document& document, const Policy& policy,
                                   const Passage& passage) {
    collect_stems(passage.text);
    const std::size_t length = add_stems(document, m_stems, Field::text, passage.kind);
    for (const std::uint32_t heading : passage.heading_path) {
        collect_stems(policy.headings[heading].text);
    }
    return length + add_stems(document, m_stems, Field::heading, passage.kind);
}

// Words that nearly every clause has would be a third of the postings and find nothing; phrases
// that contain them are decided on the text.
void ShardWriter::collect_stems(std::string_view text) {
    const StageTimer timer(m_analysis_time);
    for (const text::Token& token : m_tokenizer.tokenize(text)) {
        if (!text::is_stop_word(token.word)) {
            m_stems.push_back(m_stemmer.stem(token.word));
        }
    }
}

Result<void> ShardWriter::open_shard() {
    Shard shard;
    shard.xapian = m_stem;
    shard.xapian += fmt::format("-{:03}", m_shards.size());
    shard.records = shard.xapian;
    shard.records += k_shard_records;
    m_shards.push_back(std::move(shard));
    return index_format::guard_xapian_writing([&] {
        // A run that died may have left half of one. Thrown away if we die, so no syncing; what is
        // built from it is synced and verified.
        m_xapian = std::make_unique<Xapian::WritableDatabase>(
            m_shards.back().xapian.string(), Xapian::DB_CREATE_OR_OVERWRITE |
                                                 Xapian::DB_BACKEND_GLASS | Xapian::DB_NO_TERMLIST |
                                                 Xapian::DB_NO_SYNC | Xapian::DB_DANGEROUS);
    });
}

Result<void> ShardWriter::close_shard() {
    if (!m_xapian) {
        return {};
    }
    TRY(index_format::guard_xapian_writing([&] { m_xapian->commit(); }));
    m_xapian.reset();
    index_format::RecordFileWriter::Written written = m_records.take();
    m_shards.back().directory = std::move(written.directory);
    return io::write_unsynced(m_shards.back().records, written.bytes);
}

}  // namespace smallprint::write
