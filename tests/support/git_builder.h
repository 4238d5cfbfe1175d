// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <git2.h>

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace smallprint {

struct TreeEntry {
    std::string name;
    git_oid id = {};
    std::string mode = "100644";
};

inline const std::string k_folder_mode = "40000";

// A repository written object by object, byte for byte as asked for: git itself refuses much of
// what tests of hostile repositories need. Fails the test where it cannot.
class GitBuilder {
public:
    // Bare, in a folder that is made afresh.
    explicit GitBuilder(std::filesystem::path folder);
    ~GitBuilder();
    GitBuilder(const GitBuilder&) = delete;
    GitBuilder& operator=(const GitBuilder&) = delete;
    GitBuilder(GitBuilder&&) = delete;
    GitBuilder& operator=(GitBuilder&&) = delete;

    const std::filesystem::path& folder() const { return m_folder; }

    git_oid object(std::string_view bytes, git_object_t type);

    git_oid blob(std::string_view text) { return object(text, GIT_OBJECT_BLOB); }

    // The entries in this order, whatever git's would be.
    git_oid tree(const std::vector<TreeEntry>& entries);

    // On top of the one before, with `seconds` since 1970 as both dates; becomes HEAD.
    git_oid commit(const git_oid& tree, const std::string& seconds,
                   std::string_view message = "A change");

    // The same with a tree of one file.
    git_oid commit_file(const std::string& name, std::string_view text, const std::string& seconds,
                        std::string_view message = "A change");

    // Makes this commit HEAD; the next stands on top of it.
    void set_head(const git_oid& id);

    std::filesystem::path loose_path(const git_oid& id) const;

    // Puts every object into one pack, and the loose ones away.
    void pack();

    // A bundle of all objects, with these lines between the signature and the pack.
    std::string bundle(std::string_view lines) const;

private:
    std::string packed() const;

    std::filesystem::path m_folder;
    git_repository* m_repository = nullptr;
    git_odb* m_objects = nullptr;
    git_oid m_head = {};
};

std::string hex(const git_oid& id);

std::string bytes_of_file(const std::filesystem::path& path);
void write_bytes(const std::filesystem::path& path, std::string_view bytes);

}  // namespace smallprint
