// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/pipeline/policy_loader.h"

#include "common/base/error.h"
#include "common/base/hash.h"
#include "common/base/result.h"
#include "common/base/stage_timer.h"
#include "common/base/strings.h"
#include "common/model/date.h"
#include "common/model/listing.h"
#include "common/model/policy.h"
#include "common/model/section.h"
#include "common/text/analyzer.h"
#include "indexer/archive/archive_reader.h"
#include "indexer/catalog/catalog.h"
#include "indexer/catalog/identity.h"
#include "indexer/runs/run_builder.h"
#include "indexer/split/splitter.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace smallprint::pipeline {
namespace {

constexpr std::size_t k_language_sample = 4096;  // bytes

Policy identify(const catalog::CatalogPolicy& policy, const KnownSnapshots& known) {
    Policy identity;
    identity.vendor = policy.vendor;
    identity.vendor_source = policy.vendor_source;
    for (const PolicyHistory& history : known.histories) {
        identity.vendor_source = std::max(identity.vendor_source, history.policy.vendor_source);
    }
    identity.terms_type = policy.terms_type;
    identity.key = policy.key;
    return identity;
}

const std::string& first_known(const std::string& first, const std::string& second) {
    return first.empty() ? second : first;
}

std::string_view policy_text(const SourceText& source) {
    return std::string_view(source.bytes).substr(source.begin);
}

// Two snapshots of a policy with the same moment and text are the same snapshot.
using SnapshotKey = std::pair<std::optional<CaptureTime>, std::uint64_t>;

constexpr std::string_view k_nowhere =
    "revisit of a record that is in no archive and not in the index";

// The number, of `count` ones, of the snapshot whose text this one has.
template <typename Known>
std::optional<std::size_t> find_same(const Known& known, std::size_t count,
                                     const ListedSnapshot& listed) {
    const SameText& same = *listed.same_as;
    std::optional<std::size_t> named;
    std::optional<std::size_t> alike;
    for (std::size_t i = 0; i < count; ++i) {
        const Snapshot& each = known[i];
        const bool fits = same.captured
                              ? each.captured == same.captured
                              : same.payload == 0 && each.captured <= listed.facts.captured;
        named = fits && each.source_url == same.address ? i : named;
        alike = same.payload != 0 && each.payload == same.payload ? i : alike;
    }
    return named ? named : alike;
}

// Surely without words; a page of empty elements is found out by splitting it.
bool has_no_words(std::string_view text) {
    return std::ranges::none_of(text, [](char c) {
        return is_lower(c) || is_upper(c) || is_digit(c) || static_cast<unsigned char>(c) >= 0x80;
    });
}

// A rule of "===" and other signs are no words.
bool have_words(const std::vector<Piece>& pieces) {
    return std::ranges::any_of(pieces, [](const Piece& piece) {
        return std::ranges::any_of(piece.text, is_alphanumeric) ||
               (!has_no_words(piece.text) && !text::Tokenizer().tokenize(piece.text).empty());
    });
}

// Holds what is left of a text when it has been split.
struct SplitText {
    std::vector<Piece> pieces;
    std::optional<std::string> language;  // once it is asked for
    SourceText source;                    // without its bytes
    std::uint64_t hash = 0;
    std::uint64_t size = 0;
};

std::vector<Piece> split_source(split::Splitter& splitter, const SourceText& source) {
    const std::string_view text = policy_text(source);
    std::vector<Piece> pieces =
        source.form == TextForm::html ? splitter.split_html(text) : splitter.split_markdown(text);
    for (Piece& piece : pieces) {
        piece.source_begin += static_cast<std::uint32_t>(source.begin);
        piece.source_end += static_cast<std::uint32_t>(source.begin);
    }
    return pieces;
}

// Joins the snapshots of a policy in order of time.
class Loader {
public:
    Loader(const catalog::CatalogPolicy& policy, std::span<const catalog::CatalogEntry> entries,
           const Archives& archives, const KnownSnapshots& known)
        : m_archives(archives), m_entries(entries), m_known(known),
          m_has_page_for_key(has_page_for_key(policy.vendor, policy.key)),
          m_builder(identify(policy, known)) {
        for (const catalog::CatalogEntry& entry : entries) {
            ++m_uses[{entry.archive, entry.snapshot.text_number}];
        }
    }

    LoadedPolicy load() {
        const std::size_t known = m_known.snapshots.size();
        std::size_t next_known = 0;
        for (const catalog::CatalogEntry& entry : m_entries) {
            // The text that was there first stays first.
            while (next_known < known &&
                   m_known[next_known].captured <= entry.snapshot.facts.captured) {
                add_known(next_known++);
            }
            take(entry);
        }
        while (next_known < known) {
            add_known(next_known++);
        }
        m_loaded.history = m_builder.take();
        note_moves();
        return std::move(m_loaded);
    }

private:
    using TextKey = std::pair<std::size_t, std::uint64_t>;  // archive and number

    void add_known(std::size_t number) {
        const KnownSnapshot& known = m_known.snapshots[number];
        const PolicyHistory& history = m_known.histories[known.history];
        Snapshot snapshot = m_known[number];
        m_places.try_emplace({snapshot.captured, snapshot.text_hash}, std::string());
        add(std::move(snapshot), known.key, runs::restore_pieces(history, known.number));
    }

    void take(const catalog::CatalogEntry& entry) {
        const ListedSnapshot& listed = entry.snapshot;
        if (listed.same_as != nullptr) {
            take_known(listed);
            return;
        }
        const std::shared_ptr<SplitText> text = text_of_entry(entry);
        if (text == nullptr) {
            return;
        }
        if (!is_first(listed, text->hash)) {
            return;
        }
        if (!have_words(text->pieces)) {
            m_loaded.tally.skipped.push_back(
                {listed.facts.place, "holds no text", SkipKind::empty});
            return;
        }
        add(listed, *text);
        const bool is_kept = text.use_count() > 1;  // in m_texts, to the end
        m_last_pieces = is_kept ? &text->pieces : nullptr;
    }

    // False, with the reason noted, if this text at this moment is there already.
    bool is_first(const ListedSnapshot& listed, std::uint64_t text_hash) {
        const auto [first, is_new] =
            m_places.try_emplace({listed.facts.captured, text_hash}, listed.facts.place);
        if (!is_new && first->second.empty()) {
            ++m_loaded.tally.known;
        } else if (!is_new) {
            m_loaded.tally.skipped.push_back(
                {listed.facts.place,
                 fmt::format("the same text at the same moment as '{}'", first->second),
                 SkipKind::duplicate});
        }
        return is_new;
    }

    // The text is that of a snapshot that the previous index has.
    void take_known(const ListedSnapshot& listed) {
        const auto number = find_same(m_known, m_known.snapshots.size(), listed);
        if (!number) {
            m_loaded.tally.skipped.push_back({listed.facts.place, std::string(k_nowhere)});
            return;
        }
        const Snapshot& known = m_known[*number];
        if (!is_first(listed, known.text_hash)) {
            return;
        }
        Snapshot snapshot = known;
        static_cast<Capture&>(snapshot) = static_cast<const Capture&>(listed.facts);
        ++m_loaded.tally.added;
        const KnownSnapshot& same = m_known.snapshots[*number];
        add(std::move(snapshot), key_of(listed),
            runs::restore_pieces(m_known.histories[same.history], same.number));
    }

    // The key that a policy of the snapshot's page alone would have, where that is a page.
    std::string key_of(const ListedSnapshot& listed) const {
        return m_has_page_for_key ? catalog::normalize_page(listed.facts.source_url)
                                  : std::string();
    }

    void add(Snapshot snapshot, const std::string& key, const std::vector<Piece>& pieces) {
        snapshot.order.clear();
        snapshot.moved = false;
        m_pages.push_back(m_has_page_for_key ? key : catalog::normalize_page(snapshot.source_url));
        if (&pieces == m_last_pieces) {
            m_builder.repeat(std::move(snapshot));
        } else {
            m_builder.add(std::move(snapshot), pieces);
        }
        m_last_pieces = nullptr;
    }

    void add(const ListedSnapshot& listed, SplitText& text) {
        Snapshot snapshot;
        static_cast<Capture&>(snapshot) = static_cast<const Capture&>(listed.facts);
        snapshot.source_url = first_known(text.source.source_url, listed.facts.source_url);
        snapshot.archive_url = first_known(text.source.archive_url, listed.facts.archive_url);
        snapshot.text_hash = text.hash;
        snapshot.text_bytes = text.size;
        snapshot.payload = listed.payload;
        snapshot.reextracted = listed.facts.reextracted;
        snapshot.language = find_language(listed, text);
        ++m_loaded.tally.added;
        m_loaded.tally.converted += text.source.charset.empty() ? 0U : 1U;
        m_loaded.tally.mojibake += text.source.mojibake ? 1U : 0U;
        const StageTimer timer(m_loaded.times.join);
        add(std::move(snapshot), key_of(listed), text.pieces);
    }

    // As its archive states it, else as its text tells.
    std::string find_language(const ListedSnapshot& listed, SplitText& text) {
        if (!listed.facts.language.empty()) {
            return catalog::primary_language(listed.facts.language);
        }
        if (!text.language) {
            const StageTimer timer(m_loaded.times.split);
            std::string sample;
            for (const Piece& piece : text.pieces) {
                if (piece.kind == PieceKind::clause && sample.size() < k_language_sample) {
                    sample += piece.text + "\n";
                }
            }
            const auto [known, is_new] = m_languages.try_emplace(hash64(sample));
            if (is_new) {
                known->second = catalog::detect_language(sample);
            }
            text.language = known->second;
        }
        return *text.language;
    }

    Result<SourceText> read(const catalog::CatalogEntry& entry) {
        const StageTimer timer(m_loaded.times.read);
        return m_archives[entry.archive]->read(entry.snapshot);
    }

    // Null, with the reason noted, if it cannot be read.
    std::shared_ptr<SplitText> text_of_entry(const catalog::CatalogEntry& entry) {
        const TextKey key{entry.archive, entry.snapshot.text_number};
        if (const auto known = m_texts.find(key); known != m_texts.end()) {
            return known->second;
        }
        auto source = read(entry);
        if (!source) {
            m_loaded.tally.skipped.push_back(
                {entry.snapshot.facts.place, source.error().message, skip_kind(source.error())});
            return nullptr;
        }
        auto text = std::make_shared<SplitText>();
        {
            const StageTimer timer(m_loaded.times.split);
            text->hash = hash64(policy_text(*source));
            text->size = policy_text(*source).size();
            text->pieces = split_source(m_splitter, *source);
        }
        source->bytes = std::string();
        text->source = std::move(*source);
        if (key.second != 0 && m_uses[key] > 1) {
            m_texts.emplace(key, text);
        }
        return text;
    }

    // Notes which snapshots were captured at another page than those before, if the policy was not
    // seen at either page while it was at the other.
    void note_moves() {
        Policy& policy = m_loaded.history.policy;
        std::map<std::string_view, std::pair<std::size_t, std::size_t>> spans;  // first and last
        for (std::size_t i = 0; i < m_pages.size(); ++i) {
            if (policy.snapshots[i].captured && !m_pages[i].empty()) {
                spans.try_emplace(m_pages[i], i, i).first->second.second = i;
            }
        }
        const std::string* before = nullptr;
        std::size_t last = 0;
        for (std::size_t i = 0; spans.size() > 1 && i < m_pages.size(); ++i) {
            if (!policy.snapshots[i].captured || m_pages[i].empty()) {
                continue;
            }
            policy.snapshots[i].moved =
                before != nullptr && spans[m_pages[i]].first == i && spans[*before].second == last;
            if (policy.snapshots[i].moved && m_has_page_for_key) {
                policy.later_keys.push_back(m_pages[i]);
            }
            before = &m_pages[i];
            last = i;
        }
    }

    const Archives& m_archives;
    std::span<const catalog::CatalogEntry> m_entries;
    const KnownSnapshots& m_known;
    bool m_has_page_for_key;
    std::vector<std::string> m_pages;  // of the snapshots
    runs::RunBuilder m_builder;
    split::Splitter m_splitter;
    std::map<TextKey, std::size_t> m_uses;
    std::map<TextKey, std::shared_ptr<SplitText>> m_texts;
    std::unordered_map<std::uint64_t, std::string> m_languages;  // by the hash of their sample
    // Of the last snapshot, if more snapshots have its text; else null.
    const std::vector<Piece>* m_last_pieces = nullptr;
    std::map<SnapshotKey, std::string> m_places;  // empty for those of the previous index
    LoadedPolicy m_loaded;
};

}  // namespace

LoadedPolicy load_policy(const catalog::CatalogPolicy& policy,
                         std::span<const catalog::CatalogEntry> entries, const Archives& archives,
                         const KnownSnapshots& known) {
    return Loader(policy, entries, archives, known).load();
}

std::vector<std::string> read_clauses(const catalog::CatalogEntry& entry,
                                      const Archives& archives) {
    std::vector<std::string> clauses;
    const auto source = entry.snapshot.same_as == nullptr
                            ? archives[entry.archive]->read(entry.snapshot)
                            : fail(ErrorCode::input, std::string(k_nowhere));
    if (!source) {
        return clauses;
    }
    split::Splitter splitter;
    for (Piece& piece : split_source(splitter, *source)) {
        if (piece.kind == PieceKind::clause) {
            clauses.push_back(std::move(piece.text));
        }
    }
    return clauses;
}

bool has_news(std::span<const catalog::CatalogEntry> entries, const Archives& archives,
              const Policy& previous, std::vector<Skipped>& skipped) {
    std::set<SnapshotKey> known;
    for (const Snapshot& snapshot : previous.snapshots) {
        known.emplace(snapshot.captured, snapshot.text_hash);
    }
    std::map<std::pair<std::size_t, std::uint64_t>, std::uint64_t> hashes;
    for (const catalog::CatalogEntry& entry : entries) {
        if (entry.snapshot.same_as != nullptr) {
            const auto number =
                find_same(previous.snapshots, previous.snapshots.size(), entry.snapshot);
            if (!number) {
                skipped.push_back({entry.snapshot.facts.place, std::string(k_nowhere)});
            } else if (!known.contains({entry.snapshot.facts.captured,
                                        previous.snapshots[*number].text_hash})) {
                return true;
            }
            continue;
        }
        const std::pair text{entry.archive, entry.snapshot.text_number};
        auto hash = hashes.find(text);
        if (hash == hashes.end()) {
            const auto source = archives[entry.archive]->read(entry.snapshot);
            if (!source) {
                skipped.push_back({entry.snapshot.facts.place, source.error().message,
                                   skip_kind(source.error())});
                continue;
            }
            if (has_no_words(policy_text(*source))) {
                skipped.push_back({entry.snapshot.facts.place, "holds no text", SkipKind::empty});
                continue;
            }
            hash = hashes.insert_or_assign(text, hash64(policy_text(*source))).first;
        }
        if (!known.contains({entry.snapshot.facts.captured, hash->second})) {
            return true;
        }
        if (text.second == 0) {
            hashes.erase(hash);
        }
    }
    return false;
}

}  // namespace smallprint::pipeline
