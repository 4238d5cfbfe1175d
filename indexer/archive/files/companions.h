// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/model/snapshot.h"
#include "indexer/archive/files/file_tree.h"

#include <cstddef>
#include <map>
#include <string>
#include <string_view>

namespace smallprint::archive {

// What a program that saves pages writes at their start: the address and moment in the comments of
// SingleFile, HTTrack and browsers ("saved from url"). Empty facts if there is none.
SnapshotFacts read_saved_page(std::string_view head);

// The addresses that a declaration of Open Terms Archive, "declarations/Service.json", gives the
// documents of its service; of a document that is put together from several pages, the first.
std::vector<DeclaredAddress> parse_declaration(std::string_view path, std::string_view json);

// What files of a tree say of others beside them, by the number of the file:
//
//   archive/1578478272.0/index.json    ArchiveBox: address of the page that is saved beside it in
//                                      several forms, of which one is the snapshot
//   declarations/Service.json          Open Terms Archive: the addresses of the documents that lie
//                                      elsewhere as Service/Type.md or Service/Type/<moment>.md
//   cdx.json, *.cdx, *.cdxj, cdx*.txt  a list of captures; bodies are named by their timestamps
struct Companions {
    std::map<std::size_t, SnapshotFacts> facts;
    std::map<std::size_t, std::string> other_forms;  // the form that is read instead of this file
};

// What cannot be read says nothing here; it is listed with the other files.
Companions read_companions(const FileTree& tree);

}  // namespace smallprint::archive
