// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/model/listing.h"
#include "indexer/catalog/catalog.h"

#include <string>
#include <vector>

namespace smallprint::pipeline {

// Which of the snapshots that archives hold are indexed. A pattern is one of the shell's (* ?
// [a-z], where * is any text, / included; upper and lower case are the same), and fits the whole of
// a snapshot's place, of its address without "https://", or of its vendor.
struct Selection {
    std::vector<std::string> only;     // all, if there is none; else those that one of them fits
    std::vector<std::string> exclude;  // but for those that one of these fits
};

// Takes out of the catalog what is not selected, and tells how much each pattern took, an item a
// pattern with the place of the first.
std::vector<Skipped> select_snapshots(const Selection& selection,
                                      std::vector<catalog::CatalogPolicy>& catalog);

}  // namespace smallprint::pipeline
