// SPDX-License-Identifier: GPL-2.0-or-later
#include "common/index_format/directory.h"

#include "common/base/hash.h"
#include "common/base/result.h"
#include "common/index_format/bytes.h"
#include "common/io/file.h"
#include "common/io/zstd.h"
#include "common/model/date.h"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace smallprint::index_format {
namespace {

constexpr int k_compression_level = 9;
constexpr std::size_t k_checksum_size = 8;
constexpr std::size_t k_largest_body = std::size_t{4} << 30U;

template <typename Member>
void put_column(ByteWriter& out, const std::vector<DocumentFacts>& facts, Member member) {
    std::int64_t previous = 0;
    for (const DocumentFacts& row : facts) {
        const std::int64_t value = row.*member;
        out.signed_varint(value - previous);
        previous = value;
    }
}

template <typename Member>
void get_column(ByteReader& in, std::vector<DocumentFacts>& facts, Member member) {
    std::uint64_t value = 0;  // unsigned, so that damaged differences wrap around
    for (DocumentFacts& row : facts) {
        value += static_cast<std::uint64_t>(in.signed_varint());
        row.*member = static_cast<std::remove_reference_t<decltype(row.*member)>>(value);
    }
}

}  // namespace

std::uint16_t day_number(Day day) {
    return static_cast<std::uint16_t>(
        std::clamp<std::int64_t>(day.time_since_epoch().count(), 1, UINT16_MAX));
}

std::optional<Day> day_of_number(std::uint16_t number) {
    return number == 0 ? std::nullopt : std::optional(Day(std::chrono::days(number)));
}

void Directory::add_block(const RecordBlock& block, const std::vector<DocumentFacts>& facts) {
    const DocumentId first = document_count() + 1;
    const std::uint64_t offset =
        m_blocks.empty() ? 0 : m_blocks.back().offset + m_blocks.back().block.size;
    m_blocks.push_back({block, first, offset});
    if (block.is_policy) {
        m_policies.push_back(first);
    }
    m_facts.insert(m_facts.end(), facts.begin(), facts.end());
}

void Directory::append(const Directory& later) {
    for (const Entry& entry : later.m_blocks) {
        const auto begin = later.m_facts.begin() + (entry.first - 1);
        add_block(entry.block, {begin, begin + entry.block.documents});
    }
}

DocumentId Directory::policy_of(DocumentId document) const {
    const auto after = std::ranges::upper_bound(m_policies, document);
    return after == m_policies.begin() ? 0 : *std::prev(after);
}

Directory::Place Directory::place_of(DocumentId document) const {
    const auto after = std::ranges::upper_bound(m_blocks, document, {}, &Entry::first);
    const Entry& entry = *std::prev(after);
    return {static_cast<std::size_t>(after - m_blocks.begin()) - 1,
            entry.offset,
            entry.block.size,
            entry.first,
            entry.block.documents,
            entry.block.checksum};
}

std::string Directory::encode() const {
    ByteWriter body;
    body.varint(m_blocks.size());
    for (const Entry& entry : m_blocks) {
        body.varint(entry.block.is_policy ? 1 : 0);
        body.varint(entry.block.documents);
        body.varint(entry.block.size);
        body.fixed64(entry.block.checksum);
    }
    body.varint(m_facts.size());
    put_column(body, m_facts, &DocumentFacts::first_seen);
    put_column(body, m_facts, &DocumentFacts::last_seen);
    put_column(body, m_facts, &DocumentFacts::copies);
    put_column(body, m_facts, &DocumentFacts::runs);
    put_column(body, m_facts, &DocumentFacts::length);
    ByteWriter out;
    out.fixed64(hash64(body.bytes()));
    std::string bytes = out.take();
    io::Compressor("", k_compression_level).compress(body.bytes(), bytes);
    return bytes;
}

Result<Directory> Directory::decode(std::string_view bytes) {
    const Failure damaged = damaged_index("the directory of the index is damaged");
    if (bytes.size() < k_checksum_size) {
        return damaged;
    }
    const std::uint64_t checksum = ByteReader(bytes).fixed64();
    const auto body =
        io::Decompressor("").decompress(bytes.substr(k_checksum_size), k_largest_body);
    if (!body || hash64(*body) != checksum) {
        return damaged;
    }
    ByteReader in(*body);
    Directory directory;
    std::vector<RecordBlock> blocks(in.count());
    std::uint64_t documents = 0;
    for (RecordBlock& block : blocks) {
        block.is_policy = in.varint() == 1;
        block.documents = in.varint32();
        block.size = in.varint32();
        block.checksum = in.fixed64();
        documents += block.documents;
    }
    std::vector<DocumentFacts> facts(in.count());
    get_column(in, facts, &DocumentFacts::first_seen);
    get_column(in, facts, &DocumentFacts::last_seen);
    get_column(in, facts, &DocumentFacts::copies);
    get_column(in, facts, &DocumentFacts::runs);
    get_column(in, facts, &DocumentFacts::length);
    const bool blocks_fit =
        (blocks.empty() || blocks.front().is_policy) &&
        std::ranges::all_of(blocks, [](const RecordBlock& block) {
            return block.documents > 0 && (!block.is_policy || block.documents == 1);
        });
    const bool facts_fit = std::ranges::all_of(
        facts, [&](const DocumentFacts& row) { return row.copies <= facts.size(); });
    if (!in.good() || !in.at_end() || documents != facts.size() || !blocks_fit || !facts_fit) {
        return damaged;
    }
    for (const RecordBlock& block : blocks) {
        directory.add_block(block, {});
        directory.m_facts.resize(directory.m_facts.size() + block.documents);
    }
    directory.m_facts = std::move(facts);
    return directory;
}

Result<Directory> Directory::read(const std::filesystem::path& file) {
    TRY_ASSIGN(const std::string bytes, io::read_file(file));
    return decode(bytes);
}

}  // namespace smallprint::index_format
