// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/archive/git_history.h"

#include "common/base/error.h"
#include "common/base/result.h"
#include "common/model/date.h"
#include "common/text/utf8.h"
#include "indexer/archive/content.h"
#include "indexer/archive/git_objects.h"
#include "indexer/archive/limits.h"

#include <fmt/format.h>

#include <git2.h>

#include <chrono>
#include <cstddef>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace smallprint {
namespace {

// The branch of a repository that has but one; a clone of a bundle may have a HEAD that names none.
GitReference only_branch(git_repository& repository) {
    git_branch_iterator* started = nullptr;
    if (git_branch_iterator_new(&started, &repository, GIT_BRANCH_LOCAL) != 0) {
        return nullptr;
    }
    const std::unique_ptr<git_branch_iterator, GitFree<git_branch_iterator_free>> branches(started);
    git_branch_t type = GIT_BRANCH_LOCAL;
    git_reference* first = nullptr;
    git_reference* second = nullptr;
    if (git_branch_next(&first, &type, branches.get()) != 0) {
        return nullptr;
    }
    GitReference only(first);
    if (git_branch_next(&second, &type, branches.get()) == 0) {
        git_reference_free(second);
        return nullptr;
    }
    return only;
}

Result<GitCommit> head_commit(git_repository& repository) {
    git_reference* reference = nullptr;
    GitReference head;
    if (git_repository_head(&reference, &repository) == 0) {
        head.reset(reference);
    } else {
        Failure failure = git_failure("find the newest commit of the git repository");
        head = only_branch(repository);
        if (!head) {
            return failure;
        }
    }
    git_object* object = nullptr;
    if (git_reference_peel(&object, head.get(), GIT_OBJECT_COMMIT) != 0) {
        return git_failure("read the newest commit of the git repository");
    }
    return GitCommit(reinterpret_cast<git_commit*>(object));  // NOLINT: what peel was asked for
}

class HistoryReader {
public:
    explicit HistoryReader(git_repository& repository) : m_repository(repository) {}

    Result<GitHistory> read() {
        TRY_ASSIGN(std::vector<GitCommit> commits, first_parents());
        git_oid previous = {};
        for (auto commit = commits.rbegin(); commit != commits.rend(); ++commit) {
            const git_signature* author = git_commit_author(commit->get());
            const char* message = git_commit_message(commit->get());
            m_history.commits.push_back(
                {to_hex(*git_commit_id(commit->get())),
                 CaptureTime(std::chrono::seconds(author == nullptr ? 0 : author->when.time)),
                 repaired_utf8(message == nullptr ? "" : message)});
            const git_oid* tree = git_commit_tree_id(commit->get());
            compare_trees(previous, *tree, "", 0);
            previous = *tree;
        }
        return std::move(m_history);
    }

private:
    // Newest first.
    Result<std::vector<GitCommit>> first_parents() {
        std::vector<GitCommit> commits;
        TRY_ASSIGN(GitCommit head, head_commit(m_repository));
        commits.push_back(std::move(head));
        while (git_commit_parentcount(commits.back().get()) > 0) {
            git_commit* parent = nullptr;
            if (git_commit_parent(&parent, commits.back().get(), 0) != 0) {
                m_history.skipped.push_back(
                    {"commit " + to_hex(*git_commit_parent_id(commits.back().get(), 0)),
                     "missing: the history breaks off here, as in a shallow clone"});
                break;
            }
            commits.emplace_back(parent);
        }
        return commits;
    }

    GitTree tree_of(const git_oid& id, const std::string& path) {
        git_tree* tree = nullptr;
        if (git_oid_is_zero(&id) == 0 && git_tree_lookup(&tree, &m_repository, &id) != 0) {
            m_history.skipped.push_back(
                {place_of(path), git_failure("read the folder").value().message});
        }
        return GitTree(tree);
    }

    std::string place_of(const std::string& path) const {
        return fmt::format("{}@{}", repaired_utf8(path),
                           std::string_view(m_history.commits.back().id).substr(0, 10));
    }

    // Notes what `new_id` has that `old_id` has not. Names are looked up in a map of our own, since
    // the order that libgit2's own look-up relies on is not checked in what others have written.
    void compare_trees(const git_oid& old_id, const git_oid& new_id, const std::string& path,
                       int depth) {
        if (git_oid_equal(&old_id, &new_id) != 0) {
            return;
        }
        if (depth > k_deepest_folder) {
            m_history.skipped.push_back({place_of(path), "folders nested too deep"});
            return;
        }
        const GitTree old_tree = tree_of(old_id, path);
        const GitTree new_tree = tree_of(new_id, path);
        std::map<std::string_view, const git_tree_entry*> old_entries;
        for (std::size_t i = 0; old_tree && i < git_tree_entrycount(old_tree.get()); ++i) {
            const git_tree_entry* entry = git_tree_entry_byindex(old_tree.get(), i);
            old_entries.emplace(git_tree_entry_name(entry), entry);
        }
        for (std::size_t i = 0; new_tree && i < git_tree_entrycount(new_tree.get()); ++i) {
            const git_tree_entry* entry = git_tree_entry_byindex(new_tree.get(), i);
            const auto old_entry = old_entries.find(git_tree_entry_name(entry));
            compare_entry(old_entry == old_entries.end() ? nullptr : old_entry->second, *entry,
                          path, depth);
        }
    }

    void compare_entry(const git_tree_entry* old_entry, const git_tree_entry& entry,
                       const std::string& path, int depth) {
        const std::string name = path + git_tree_entry_name(&entry);
        const git_oid* id = git_tree_entry_id(&entry);
        const bool same_type =
            old_entry != nullptr && git_tree_entry_type(old_entry) == git_tree_entry_type(&entry);
        const git_oid old_id = same_type ? *git_tree_entry_id(old_entry) : git_oid{};
        if (git_oid_equal(&old_id, id) != 0) {
            return;
        }
        const git_filemode_t mode = git_tree_entry_filemode(&entry);
        if (mode == GIT_FILEMODE_TREE) {
            compare_trees(old_id, *id, name + '/', depth + 1);
        } else if (mode != GIT_FILEMODE_BLOB && mode != GIT_FILEMODE_BLOB_EXECUTABLE) {
            m_history.skipped.push_back({place_of(name), "a link or submodule, not a file"});
        } else if (is_text_file(name)) {
            m_history.versions.push_back({name, *id, m_history.commits.size() - 1});
        } else {
            m_history.skipped.push_back({place_of(name), std::string(k_not_text_file)});
        }
    }

    git_repository& m_repository;
    GitHistory m_history;
};

}  // namespace

Result<GitHistory> read_history(git_repository& repository) {
    return HistoryReader(repository).read();
}

}  // namespace smallprint
