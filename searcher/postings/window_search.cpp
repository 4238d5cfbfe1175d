// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/postings/window_search.h"

#include "common/index_format/directory.h"
#include "searcher/postings/postings.h"
#include "searcher/postings/query.h"
#include "searcher/postings/window.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace smallprint::postings {

namespace {

// A part of a query.
class Node {
public:
    Node() = default;
    Node(const Node&) = delete;
    Node& operator=(const Node&) = delete;
    Node(Node&&) = delete;
    Node& operator=(Node&&) = delete;
    virtual ~Node() = default;

    // An upper bound of its matches.
    virtual std::uint64_t most() const = 0;

    // The first match that is not before this document, or one before that; k_no_document if there
    // is none.
    virtual DocumentId next(DocumentId from) = 0;

    // Adds its matches to a window: those at least that are wanted, or all. Windows come in order.
    virtual void fill(const DocumentSet* wanted, Window& into) = 0;
};

using NodePointer = std::unique_ptr<Node>;

// Makes scores of counts and lengths.
class Weighing {
public:
    Weighing(const Postings& postings, const std::optional<Bm25>& ranking)
        : m_postings(postings), m_ranking(ranking) {
        for (std::uint32_t length = 0; length < m_norms.size(); ++length) {
            m_norms[length] = norm_of(length);
        }
    }

    // What a term scores at most. A very common one counts a little, and not against a document.
    double weigh_term(std::uint64_t frequency, double factor) const {
        if (!m_ranking || factor == 0) {
            return 0;
        }
        const auto having = static_cast<double>(frequency);
        const double odds =
            (static_cast<double>(m_postings.documents()) - having + 0.5) / (having + 0.5);
        return std::log(odds < 2 ? odds * 0.5 + 1 : odds) * factor * (m_ranking->k1 + 1);
    }

    double score(double weight, std::uint32_t count, DocumentId document) const {
        const std::uint32_t length = m_postings.length(document);
        const double norm = length < m_norms.size() ? m_norms[length] : norm_of(length);
        return weight * (count / (norm + count));
    }

    const Postings& postings() const { return m_postings; }

private:
    double norm_of(std::uint32_t length) const {
        if (!m_ranking || m_postings.mean_length() == 0) {
            return 0;
        }
        const double share = std::max(length / m_postings.mean_length(), m_ranking->least_length);
        return m_ranking->k1 * (share * m_ranking->b + (1 - m_ranking->b));
    }

    const Postings& m_postings;
    std::optional<Bm25> m_ranking;
    std::array<double, 512> m_norms{};  // by length
};

// The documents of one term within windows.
class TermWalk {
public:
    TermWalk(const std::string& term, const Postings& postings)
        : m_cursor(postings.cursor(term)), m_frequency(postings.frequency(term)),
          m_in_window(m_frequency * DocumentSet::k_size /
                      std::max<std::uint64_t>(postings.documents(), 1)) {}

    std::uint64_t frequency() const { return m_frequency; }

    DocumentId next(DocumentId from) {
        m_cursor.skip_to(from);
        return m_cursor.document();
    }

    // Calls `use` with the number of each document in the window that begins at `first`, the cursor
    // being there.
    template <typename Use> void visit(const DocumentSet* wanted, DocumentId first, Use use) {
        const DocumentId end = first + DocumentSet::k_size;
        if (m_cursor.document() >= end) {
            return;
        }
        // To skip to a document costs about as much as two steps.
        if (wanted != nullptr && std::uint64_t{wanted->count()} * 2 < m_in_window) {
            wanted->visit([&](std::uint32_t number) {
                m_cursor.skip_to(first + number);
                if (m_cursor.document() == first + number) {
                    use(number, m_cursor);
                }
            });
            return;
        }
        for (m_cursor.skip_to(first); m_cursor.document() < end; m_cursor.next()) {
            use(m_cursor.document() - first, m_cursor);
        }
    }

private:
    Cursor m_cursor;
    std::uint64_t m_frequency;
    std::uint64_t m_in_window;  // documents in a window, on average
};

class TermNode : public Node {
public:
    TermNode(const Term& term, double factor, const Weighing& weighing)
        : m_weighing(weighing), m_walk(term.name, weighing.postings()),
          m_weight(weighing.weigh_term(m_walk.frequency(), factor)) {}

    std::uint64_t most() const override { return m_walk.frequency(); }

    DocumentId next(DocumentId from) override { return m_walk.next(from); }

    void fill(const DocumentSet* wanted, Window& into) override {
        m_walk.visit(wanted, into.first, [&](std::uint32_t number, const Cursor& at) {
            into.add(number, m_weight == 0
                                 ? 0
                                 : m_weighing.score(m_weight, at.count(), into.first + number));
        });
    }

private:
    const Weighing& m_weighing;
    TermWalk m_walk;
    double m_weight;
};

class OneWordNode : public Node {
public:
    OneWordNode(const OneWord& word, double factor, const Weighing& weighing)
        : m_weighing(weighing) {
        const auto all = static_cast<double>(weighing.postings().documents());
        double lacking = 1;  // the share of documents with none, if terms were independent
        for (const std::string& name : word.names) {
            m_walks.emplace_back(name, weighing.postings());
            const std::uint64_t frequency = m_walks.back().frequency();
            m_most += frequency;
            lacking *= 1 - static_cast<double>(frequency) / std::max(all, 1.0);
        }
        m_weight = weighing.weigh_term(
            static_cast<std::uint64_t>(std::llround(all * (1 - lacking))), factor);
    }

    std::uint64_t most() const override { return m_most; }

    DocumentId next(DocumentId from) override {
        DocumentId first = k_no_document;
        for (TermWalk& walk : m_walks) {
            first = std::min(first, walk.next(from));
        }
        return first;
    }

    void fill(const DocumentSet* wanted, Window& into) override {
        for (TermWalk& walk : m_walks) {
            walk.visit(wanted, into.first, [&](std::uint32_t number, const Cursor& at) {
                m_found.insert(number);
                m_counts[number] += m_weight == 0 ? 0 : at.count();
            });
        }
        m_found.visit([&](std::uint32_t number) {
            into.add(number, m_weight == 0 ? 0
                                           : m_weighing.score(m_weight, m_counts[number],
                                                              into.first + number));
            m_counts[number] = 0;
        });
        m_found.clear();
    }

private:
    const Weighing& m_weighing;
    std::vector<TermWalk> m_walks;
    std::uint64_t m_most = 0;
    double m_weight = 0;
    DocumentSet m_found;
    std::array<std::uint32_t, DocumentSet::k_size> m_counts{};
};

class DocumentsNode : public Node {
public:
    explicit DocumentsNode(std::vector<index_format::DocumentRange> ranges)
        : m_ranges(std::move(ranges)) {}

    std::uint64_t most() const override {
        std::uint64_t most = 0;
        for (const index_format::DocumentRange& range : m_ranges) {
            most += range.last - range.first + 1;
        }
        return most;
    }

    DocumentId next(DocumentId from) override {
        while (m_at < m_ranges.size() && m_ranges[m_at].last < from) {
            ++m_at;
        }
        return m_at == m_ranges.size() ? k_no_document : std::max(from, m_ranges[m_at].first);
    }

    void fill(const DocumentSet* /*wanted*/, Window& into) override {
        const DocumentId end = into.first + DocumentSet::k_size;
        for (DocumentId at = next(into.first); at < end; at = next(at)) {
            for (; at < end && at <= m_ranges[m_at].last; ++at) {
                into.add(at - into.first, 0);
            }
        }
    }

private:
    std::vector<index_format::DocumentRange> m_ranges;
    std::size_t m_at = 0;
};

class AnyNode : public Node {
public:
    explicit AnyNode(std::vector<NodePointer> parts) : m_parts(std::move(parts)) {}

    std::uint64_t most() const override {
        std::uint64_t most = 0;
        for (const NodePointer& part : m_parts) {
            most += part->most();
        }
        return most;
    }

    DocumentId next(DocumentId from) override {
        DocumentId first = k_no_document;
        for (const NodePointer& part : m_parts) {
            first = std::min(first, part->next(from));
        }
        return first;
    }

    void fill(const DocumentSet* wanted, Window& into) override {
        for (const NodePointer& part : m_parts) {
            part->fill(wanted, into);
        }
    }

private:
    std::vector<NodePointer> m_parts;
};

class AllNode : public Node {
public:
    explicit AllNode(std::vector<NodePointer> parts) : m_parts(std::move(parts)) {
        std::ranges::sort(m_parts, {}, [](const NodePointer& part) { return part->most(); });
    }

    std::uint64_t most() const override { return m_parts.front()->most(); }

    DocumentId next(DocumentId from) override { return m_parts.front()->next(from); }

    void fill(const DocumentSet* wanted, Window& into) override {
        m_all.restart(into.first);
        m_parts.front()->fill(wanted, m_all);
        for (std::size_t i = 1; i < m_parts.size() && !m_all.matches.empty(); ++i) {
            m_one.restart(into.first);
            m_parts[i]->fill(&m_all.matches, m_one);
            m_all.matches.visit([&](std::uint32_t number) {
                if (m_one.matches.contains(number)) {
                    m_all.scores[number] += m_one.scores[number];
                } else {
                    m_all.remove(number);
                }
            });
        }
        m_all.matches.visit([&](std::uint32_t number) { into.add(number, m_all.scores[number]); });
    }

private:
    std::vector<NodePointer> m_parts;  // the rarest first
    Window m_all;
    Window m_one;
};

// What the first part is true of, as the second one lets it be.
class PairNode : public Node {
public:
    enum class Kind : std::uint8_t { without, raised_by, among };

    PairNode(Kind kind, NodePointer first, NodePointer second)
        : m_kind(kind), m_first(std::move(first)), m_second(std::move(second)) {}

    std::uint64_t most() const override {
        return m_kind == Kind::among ? std::min(m_first->most(), m_second->most())
                                     : m_first->most();
    }

    DocumentId next(DocumentId from) override {
        return m_kind == Kind::among ? m_second->next(from) : m_first->next(from);
    }

    void fill(const DocumentSet* wanted, Window& into) override {
        m_one.restart(into.first);
        m_other.restart(into.first);
        if (m_kind == Kind::among) {
            m_second->fill(wanted, m_other);
            m_first->fill(&m_other.matches, m_one);
        } else {
            m_first->fill(wanted, m_one);
            m_second->fill(&m_one.matches, m_other);
        }
        m_one.matches.visit([&](std::uint32_t number) {
            const bool in_other = m_other.matches.contains(number);
            if (m_kind == Kind::raised_by || in_other == (m_kind == Kind::among)) {
                into.add(number, m_one.scores[number] + m_other.scores[number]);
            }
        });
    }

private:
    Kind m_kind;
    NodePointer m_first;
    NodePointer m_second;
    Window m_one;
    Window m_other;
};

// Makes the nodes of a query. Weights are multiplied into those of the terms.
class NodeBuilder {
public:
    explicit NodeBuilder(const Weighing& weighing) : m_weighing(weighing) {}

    NodePointer build(const Query& query, double factor) const {
        factor *= query.weight;
        return std::visit([&](const auto& test) { return make(test, factor); }, query.test);
    }

private:
    NodePointer make(const Term& term, double factor) const {
        return std::make_unique<TermNode>(term, factor, m_weighing);
    }

    NodePointer make(const OneWord& word, double factor) const {
        return std::make_unique<OneWordNode>(word, factor, m_weighing);
    }

    NodePointer make(const Documents& documents, double /*factor*/) const {
        return std::make_unique<DocumentsNode>(documents.ranges);
    }

    NodePointer make(const Everything& /*all*/, double /*factor*/) const {
        const DocumentId documents = m_weighing.postings().documents();
        std::vector<index_format::DocumentRange> ranges;
        if (documents > 0) {
            ranges.push_back({1, documents});
        }
        return std::make_unique<DocumentsNode>(std::move(ranges));
    }

    NodePointer make(const AllOf& all, double factor) const {
        return std::make_unique<AllNode>(build_parts(all.parts, factor));
    }

    NodePointer make(const AnyOf& any, double factor) const {
        return std::make_unique<AnyNode>(build_parts(any.parts, factor));
    }

    NodePointer make(const Without& both, double factor) const {
        return make_pair(PairNode::Kind::without, both.parts, factor, 0);
    }

    NodePointer make(const RaisedBy& both, double factor) const {
        return make_pair(PairNode::Kind::raised_by, both.parts, factor, factor);
    }

    NodePointer make(const Among& both, double factor) const {
        return make_pair(PairNode::Kind::among, both.parts, factor, 0);
    }

    NodePointer make_pair(PairNode::Kind kind, const Queries& parts, double first,
                          double second) const {
        return std::make_unique<PairNode>(kind, build(parts.front(), first),
                                          build(parts.back(), second));
    }

    std::vector<NodePointer> build_parts(const Queries& parts, double factor) const {
        std::vector<NodePointer> nodes;
        nodes.reserve(parts.size());
        for (const Query& part : parts) {
            nodes.push_back(build(part, factor));
        }
        return nodes;
    }

    const Weighing& m_weighing;
};

}  // namespace

struct WindowSearch::State {
    State(const Query& query, const Postings& postings, const std::optional<Bm25>& ranking)
        : weighing(postings, ranking), root(NodeBuilder(weighing).build(query, 1)) {}

    Weighing weighing;
    NodePointer root;
    Window window;
    DocumentId from = 1;
};

WindowSearch::WindowSearch(const Query& query, const Postings& postings,
                           const std::optional<Bm25>& ranking)
    : m_state(std::make_unique<State>(query, postings, ranking)) {}

WindowSearch::~WindowSearch() = default;

const Window* WindowSearch::next() {
    State& state = *m_state;
    while (true) {
        const DocumentId first = state.root->next(state.from);
        if (first == k_no_document) {
            return nullptr;
        }
        state.window.restart(first);
        state.root->fill(nullptr, state.window);
        state.from = first + DocumentSet::k_size;
        if (!state.window.matches.empty()) {
            return &state.window;
        }
    }
}

}  // namespace smallprint::postings
