// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/model/snapshot.h"

#include <string>
#include <string_view>

namespace smallprint {

// A path and a commit's message say something of a file in a git history.

// True if the history keeps versions as Open Terms Archive does (https://opentermsarchive.org): the
// path is "Service/Terms Type.md" and the message names "Service Terms Type".
bool is_terms_archive_version(std::string_view path, std::string_view message);

// True if such a version is an earlier capture that the archive's tools extracted anew: "Refilter
// ..." until 2022, "Apply technical or declaration upgrade on ..." since. It bears the date of the
// capture, which may lie before what the history already has of the file. Everything else ("Start
// tracking", "First record of", "Update", "Record new changes of") was captured for the occasion.
bool is_reextraction(std::string_view path, std::string_view message);

// Vendor and terms type from such a path.
SnapshotFacts terms_archive_facts(std::string_view path);

// The address of the capture that the message says the version was made from: the first, where it
// was put together from several pages; nothing where it names none.
std::string capture_address(std::string_view message);

// The page itself, from a line "X-source-document-location: URL" at the end of the message, where
// the archive's tools write one; nothing otherwise.
std::string page_address(std::string_view message);

// A repository of policies that names no vendors: the repository's own name speaks for all of them,
// and the file's name says which document it is ("privacy-policy.md" -> "Privacy Policy").
SnapshotFacts repository_facts(std::string_view repository_name, std::string_view path);

// README, LICENSE and the like, which describe a repository or a folder of policies: by the file's
// name, in any case, as plain text, Markdown or without extension.
bool describes_repository(std::string_view path);

}  // namespace smallprint
