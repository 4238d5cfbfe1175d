// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "searcher/over_time/history.h"
#include "searcher/request/requests.h"
#include "searcher/text/page.h"
#include "searcher/text/text.h"

#include <string>

namespace smallprint {

std::string history_text(const History& history, const HistoryRequest& request, Layout layout,
                         Detail detail);

}  // namespace smallprint
