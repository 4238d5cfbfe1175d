// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "searcher/engine/history.h"
#include "searcher/present/page.h"
#include "searcher/present/text.h"

#include <string>

namespace smallprint {

// What happened to policies, or to a clause: as a page for people, and as JSON.

std::string history_text(const History& history, const HistoryRequest& request, Layout layout,
                         Detail detail);

// smallprint.clause_history.v1 of a clause, else smallprint.history.v1.
std::string history_json(const History& history, const HistoryRequest& request);

}  // namespace smallprint
