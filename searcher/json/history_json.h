// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "searcher/over_time/history.h"
#include "searcher/request/requests.h"

#include <string>

namespace smallprint {

// smallprint.clause_history.v1 of a clause, else smallprint.history.v1.
std::string history_json(const History& history, const HistoryRequest& request);

}  // namespace smallprint
