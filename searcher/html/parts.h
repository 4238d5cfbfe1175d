// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/model/date.h"
#include "common/model/snapshot.h"
#include "searcher/html/page_template.h"
#include "searcher/index/clause_view.h"

#include <optional>
#include <string_view>
#include <vector>

namespace smallprint::html {

// Parts that several pages show the same way.

// "vendor", "vendor_url" (false if the vendor is not known), "type" and "language", for
// crumb.mustache and the head of a page.
void add_policy(View& view, const index::PolicyFacts& policy);

// For archive_link.mustache: where a capture is to be seen; false where no page may link to that.
View archive_view(std::string_view archive_url);
View source_view(std::string_view source_url);  // the address, or false likewise

// The days of captures, oldest first, each once.
std::vector<Day> days_of(const std::vector<CaptureTime>& captures);

// The days to choose from, newest first; the newest one up to `chosen` is.
View day_choices(const std::vector<Day>& days, std::optional<Day> chosen);

}  // namespace smallprint::html
