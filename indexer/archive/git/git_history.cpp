// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/archive/git/git_history.h"

#include "common/base/error.h"
#include "common/base/hash.h"
#include "common/base/owned.h"
#include "common/base/result.h"
#include "common/model/listing.h"
#include "common/text/utf8.h"
#include "indexer/archive/content.h"
#include "indexer/archive/git/git_object_store.h"
#include "indexer/archive/git/git_objects.h"
#include "indexer/archive/git/git_parse.h"
#include "indexer/archive/limits.h"

#include <fmt/format.h>

#include <git2.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

namespace smallprint::archive {
namespace {

constexpr std::size_t k_trees_kept = std::size_t{16} << 20U;  // bytes of folders
constexpr std::size_t k_usual_entry = 64;                     // bytes, of a folder

using Branches = Owned<git_branch_iterator, git_branch_iterator_free>;
using References = Owned<git_reference_iterator, git_reference_iterator_free>;

// The branch of a repository that has but one; a clone of a bundle may have a HEAD that names none.
GitReference only_branch(git_repository& repository) {
    git_branch_iterator* started = nullptr;
    if (git_branch_iterator_new(&started, &repository, GIT_BRANCH_LOCAL) != 0) {
        return nullptr;
    }
    const Branches branches(started);
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

GitReference usual_branch(git_repository& repository) {
    for (const char* name : {"refs/heads/main", "refs/heads/master"}) {
        git_reference* found = nullptr;
        if (git_reference_lookup(&found, &repository, name) == 0) {
            return GitReference(found);
        }
    }
    return only_branch(repository);
}

Result<git_oid> newest_commit(git_repository& repository) {
    git_reference* reference = nullptr;
    GitReference head;
    if (git_repository_head(&reference, &repository) == 0) {
        head.reset(reference);
    } else {
        Failure failure = git_failure("find the newest commit of the git repository");
        head = usual_branch(repository);
        if (!head) {
            return failure;
        }
    }
    const git_oid* id = git_reference_target(head.get());
    if (id == nullptr) {
        return fail(ErrorCode::input, "the newest commit of the git repository has no name");
    }
    return *id;
}

// Names that lead out of a tree. Git writes none of them, and nobody should meet them as a path.
bool is_treacherous(std::string_view name) {
    return name.empty() || name == "." || name == ".." || name == ".git" ||
           name.find('/') != std::string_view::npos;
}

// Open Terms Archive's "declarations/Service.json".
bool is_declaration(std::string_view name) {
    return name.starts_with("declarations/") && name.ends_with(".json") &&
           !name.ends_with(".history.json") && std::ranges::count(name, '/') == 1;
}

// For hash tables of ids.
struct IdHash {
    std::size_t operator()(const git_oid& id) const {
        return hash64({reinterpret_cast<const char*>(id.id), GIT_OID_RAWSZ});  // NOLINT
    }
};

struct IdEqual {
    bool operator()(const git_oid& a, const git_oid& b) const { return git_oid_equal(&a, &b) != 0; }
};

class HistoryReader {
public:
    HistoryReader(git_repository& repository, const GitObjectStore& objects)
        : m_repository(repository), m_objects(objects), m_objects_size(objects.size_on_disk()) {
        m_history.skipped = SkippedItems(objects.skipped());
    }

    Result<GitHistory> read() {
        TRY(read_commits());
        note_replacements();
        git_oid previous = {};
        for (m_commit = 0; m_commit < m_history.commits.size() && !m_exhausted; ++m_commit) {
            const git_oid& tree = m_trees[m_commit];
            compare_trees(previous, tree, "", 0);
            previous = tree;
        }
        return std::move(m_history);
    }

private:
    Result<void> read_commits() {
        TRY_ASSIGN(git_oid id, newest_commit(m_repository));
        // Without hashing nothing else keeps a damaged history from going round in a circle.
        std::unordered_set<git_oid, IdHash, IdEqual> seen;
        for (std::optional<git_oid> next = id; next;) {
            id = *next;
            auto commit = read_commit(id);
            if (commit && !seen.insert(id).second) {
                commit = fail(ErrorCode::input, "a parent of itself");
            }
            if (!commit && m_trees.empty()) {
                return unreadable_head(id, commit.error());
            }
            if (!commit) {
                skip("commit " + to_hex(id),
                     "the history breaks off here, as in a shallow clone: " +
                         commit.error().message);
                break;
            }
            m_history.commits.push_back({to_hex(id), commit->captured, std::move(commit->message)});
            m_trees.push_back(commit->tree);
            next = commit->first_parent;
        }
        std::ranges::reverse(m_history.commits);
        std::ranges::reverse(m_trees);
        return {};
    }

    // Replacements are somebody's view of a history; what was committed is what was captured.
    void note_replacements() {
        git_reference_iterator* started = nullptr;
        if (git_reference_iterator_glob_new(&started, &m_repository, "refs/replace/*") != 0) {
            return;
        }
        const References references(started);
        const char* name = nullptr;
        std::size_t count = 0;
        while (git_reference_next_name(&name, references.get()) == 0) {
            ++count;
        }
        if (count > 0) {
            skip("refs/replace",
                 fmt::format("{} replaced objects are read as they were committed", count),
                 SkipKind::aside);
        }
    }

    Result<GitCommit> read_commit(const git_oid& id) {
        TRY_ASSIGN(const std::string bytes, m_objects.read(id, GIT_OBJECT_COMMIT));
        std::optional<GitCommit> commit =
            parse_commit(std::string_view(bytes).substr(0, k_longest_commit));
        if (!commit) {
            return fail(ErrorCode::input, "damaged");
        }
        return std::move(*commit);
    }

    // Without its newest commit a repository has nothing to list, so the error tells all.
    Failure unreadable_head(const git_oid& id, const Error& error) const {
        std::string reason = error.message;
        for (const Skipped& lost : m_history.skipped) {
            reason += fmt::format("; {}: {}", lost.place, lost.reason);
        }
        return fail(ErrorCode::input,
                    fmt::format("cannot read the newest commit {}: {}", to_hex(id), reason),
                    error.hint);
    }

    void skip(std::string place, std::string reason, SkipKind kind = SkipKind::unreadable) {
        m_noted += place.size() + reason.size();
        m_history.skipped.push_back({std::move(place), std::move(reason), kind});
    }

    // Something that is not a policy's text: named once, not in each of its versions.
    void leave_aside(const std::string& path, std::string_view reason) {
        if (m_left_aside.insert(path).second) {
            skip(place_of(path), std::string(reason), SkipKind::aside);
        }
    }

    std::string place_of(const std::string& path) const {
        return fmt::format("{}@{}", text::repaired_utf8(path),
                           std::string_view(m_history.commits[m_commit].id).substr(0, 10));
    }

    // True once a limit on the whole history is reached, which it notes the first time.
    bool is_exhausted() {
        if (!m_exhausted && (m_compared > k_most_compared.of(m_objects_size) ||
                             m_noted > k_most_noted.of(m_objects_size))) {
            m_exhausted = true;
            skip("commit " + m_history.commits[m_commit].id,
                 fmt::format("the folders stand for more files than {} bytes of objects can; the "
                             "rest of this commit and what is newer is left out",
                             m_objects_size),
                 SkipKind::limit);
        }
        return m_exhausted;
    }

    // The entries of a folder, which point into its bytes.
    struct Tree {
        std::string bytes;
        std::vector<GitTreeEntry> entries;
        std::vector<const GitTreeEntry*> by_name;

        // The first of that name. We sort ourselves: nobody checks the order of what others wrote.
        const GitTreeEntry* find(std::string_view name) const {
            const auto found = std::ranges::lower_bound(by_name, name, {}, &GitTreeEntry::name);
            return found == by_name.end() || (*found)->name != name ? nullptr : *found;
        }
    };

    // A folder is read twice, as what a commit has and as what the next one had.
    Result<std::shared_ptr<const Tree>> read_tree(const git_oid& id) {
        if (const auto known = m_trees_read.find(id); known != m_trees_read.end()) {
            return known->second;
        }
        auto tree = std::make_shared<Tree>();
        if (git_oid_is_zero(&id) == 0) {
            TRY_ASSIGN(tree->bytes, m_objects.read(id, GIT_OBJECT_TREE));
            TRY_ASSIGN(tree->entries, parse_tree(tree->bytes));
            for (const GitTreeEntry& entry : tree->entries) {
                tree->by_name.push_back(&entry);
            }
            // Equal names stay in their order, which is that of their addresses.
            std::ranges::sort(tree->by_name, [](const GitTreeEntry* a, const GitTreeEntry* b) {
                return std::tie(a->name, a) < std::tie(b->name, b);
            });
        }
        m_bytes_of_trees += tree->bytes.size();
        if (m_bytes_of_trees > k_trees_kept) {
            m_trees_read.clear();
            m_bytes_of_trees = tree->bytes.size();
        }
        m_trees_read.emplace(id, tree);
        return tree;
    }

    // Notes what `new_id` has that `old_id` has not. Where the old folder is lost, all that
    // stands in the new one counts as new.
    void compare_trees(const git_oid& old_id, const git_oid& new_id, const std::string& path,
                       int depth) {
        ++m_compared;
        if (git_oid_equal(&old_id, &new_id) != 0 || is_exhausted()) {
            return;
        }
        if (depth > k_deepest_folder) {
            skip(place_of(path), "folders nested too deep", SkipKind::limit);
            return;
        }
        const auto new_tree = read_tree(new_id);
        if (!new_tree) {
            const bool too_large = new_tree.error().code == ErrorCode::limit;
            skip(place_of(path), new_tree.error().message,
                 too_large ? SkipKind::limit : SkipKind::unreadable);
            return;
        }
        // Long names cost as many entries do.
        m_compared +=
            std::max((*new_tree)->entries.size(), (*new_tree)->bytes.size() / k_usual_entry);
        const auto old_tree = read_tree(old_id);
        for (const GitTreeEntry& entry : (*new_tree)->entries) {
            if (is_exhausted()) {
                return;
            }
            if ((*new_tree)->find(entry.name) != &entry) {
                skip(place_of(path + std::string(entry.name)),
                     "stands in its folder a second time");
            } else {
                compare_entry(old_tree ? (*old_tree)->find(entry.name) : nullptr, entry, path,
                              depth);
            }
        }
    }

    void compare_entry(const GitTreeEntry* old_entry, const GitTreeEntry& entry,
                       const std::string& path, int depth) {
        const bool same_kind = old_entry != nullptr && old_entry->kind == entry.kind;
        const git_oid old_id = same_kind ? old_entry->id : git_oid{};
        if (git_oid_equal(&old_id, &entry.id) != 0) {
            return;
        }
        const std::string name = path + std::string(entry.name);
        if (is_treacherous(entry.name)) {
            skip(place_of(name), "a name that leads out of its folder");
        } else if (entry.kind == GitEntryKind::folder) {
            compare_trees(old_id, entry.id, name + '/', depth + 1);
        } else if (entry.kind == GitEntryKind::other) {
            leave_aside(name, "a link or submodule, not a file");
        } else if (is_declaration(name)) {
            note(m_history.declarations, name, entry.id);
            leave_aside(name, "declares where policies are, is none itself");
        } else if (is_text_file(name) || is_html_file(name)) {
            note(m_history.versions, name, entry.id);
        } else {
            leave_aside(name, "neither a text (.md, .markdown, .txt, .text) nor a page (.html)");
        }
    }

    void note(std::vector<GitVersion>& versions, const std::string& name, const git_oid& id) {
        versions.push_back({name, id, m_commit});
        m_noted += name.size() + sizeof(GitVersion);
    }

    git_repository& m_repository;
    const GitObjectStore& m_objects;
    GitHistory m_history;
    std::vector<git_oid> m_trees;  // of the commits
    std::unordered_map<git_oid, std::shared_ptr<const Tree>, IdHash, IdEqual> m_trees_read;
    std::size_t m_bytes_of_trees = 0;
    std::set<std::string> m_left_aside;
    std::size_t m_commit = 0;  // whose tree is compared
    std::uint64_t m_objects_size;
    std::uint64_t m_compared = 0;  // entries of folders
    std::uint64_t m_noted = 0;     // bytes of paths and reasons
    bool m_exhausted = false;
};

}  // namespace

Result<GitHistory> read_history(git_repository& repository, const GitObjectStore& objects) {
    return HistoryReader(repository, objects).read();
}

}  // namespace smallprint::archive
