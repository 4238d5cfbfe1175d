// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/index_format/directory.h"
#include "searcher/postings/postings.h"
#include "searcher/postings/query.h"
#include "searcher/postings/window.h"

#include <memory>
#include <optional>

namespace smallprint::postings {

// How terms score (Robertson and Zaragoza, "The Probabilistic Relevance Framework", 2009).
struct Bm25 {
    double k1 = 1.2;
    double b = 0.4;
    double least_length = 0.5;  // of the mean; shorter texts score as if they had it
};

// Finds what a query is true of, window by window, in the order of documents. Each part of the
// query adds what it has to a window, one part after the other ("BooleanScorer" of Lucene), so that
// a query of many terms costs no more than its postings do. Windows in which the rarest part of a
// conjunction has nothing are passed over.
class WindowSearch {
public:
    // `postings` must outlive it. Without a ranking all scores are 0.
    WindowSearch(const Query& query, const Postings& postings, const std::optional<Bm25>& ranking);
    WindowSearch(const WindowSearch&) = delete;
    WindowSearch& operator=(const WindowSearch&) = delete;
    WindowSearch(WindowSearch&&) = delete;
    WindowSearch& operator=(WindowSearch&&) = delete;
    ~WindowSearch();

    // The next window with matches, which lives until the next call; null behind the last.
    const Window* next();

private:
    struct State;

    std::unique_ptr<State> m_state;
};

}  // namespace smallprint::postings
