// SPDX-License-Identifier: GPL-2.0-or-later
#include "tests/support/git_builder.h"

#include "indexer/archive/git/git_objects.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <git2.h>

#include <filesystem>
#include <fstream>
#include <ios>
#include <iterator>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace smallprint {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view k_objects = "objects";

bool is_loose(const fs::path& file) {
    return file.parent_path().filename().string().size() == 2;
}

}  // namespace

GitBuilder::GitBuilder(fs::path folder) : m_folder(std::move(folder)) {
    archive::set_up_libgit2();
    fs::remove_all(m_folder);
    REQUIRE(git_repository_init(&m_repository, m_folder.c_str(), 1) == 0);
    REQUIRE(git_repository_odb(&m_objects, m_repository) == 0);
    write_bytes(m_folder / "HEAD", "ref: refs/heads/main\n");
}

GitBuilder::~GitBuilder() {
    git_odb_free(m_objects);
    git_repository_free(m_repository);
}

git_oid GitBuilder::object(std::string_view bytes, git_object_t type) {
    git_oid id = {};
    REQUIRE(git_odb_write(&id, m_objects, bytes.data(), bytes.size(), type) == 0);
    return id;
}

git_oid GitBuilder::tree(const std::vector<TreeEntry>& entries) {
    std::string bytes;
    for (const TreeEntry& entry : entries) {
        bytes += entry.mode + ' ' + entry.name + '\0';
        bytes.append(reinterpret_cast<const char*>(entry.id.id), GIT_OID_RAWSZ);  // NOLINT
    }
    return object(bytes, GIT_OBJECT_TREE);
}

git_oid GitBuilder::commit(const git_oid& tree, const std::string& seconds,
                           std::string_view message) {
    const std::string parent =
        git_oid_is_zero(&m_head) != 0 ? "" : fmt::format("parent {}\n", hex(m_head));
    const git_oid id = object(fmt::format("tree {0}\n{1}author T <t@a.example> {2} +0000\n"
                                          "committer T <t@a.example> {2} +0000\n\n{3}\n",
                                          hex(tree), parent, seconds, message),
                              GIT_OBJECT_COMMIT);
    set_head(id);
    return id;
}

git_oid GitBuilder::commit_file(const std::string& name, std::string_view text,
                                const std::string& seconds, std::string_view message) {
    return commit(tree({{name, blob(text)}}), seconds, message);
}

void GitBuilder::set_head(const git_oid& id) {
    m_head = id;
    write_bytes(m_folder / "refs/heads/main", hex(id) + "\n");
}

fs::path GitBuilder::loose_path(const git_oid& id) const {
    const std::string name = hex(id);
    return m_folder / k_objects / name.substr(0, 2) / name.substr(2);
}

std::string GitBuilder::packed() const {
    git_packbuilder* builder = nullptr;
    REQUIRE(git_packbuilder_new(&builder, m_repository) == 0);
    for (const auto& file : fs::recursive_directory_iterator(m_folder / k_objects)) {
        git_oid id = {};
        if (file.is_regular_file() && is_loose(file.path())) {
            const std::string name =
                file.path().parent_path().filename().string() + file.path().filename().string();
            REQUIRE(git_oid_fromstr(&id, name.c_str()) == 0);
            REQUIRE(git_packbuilder_insert(builder, &id, nullptr) == 0);
        }
    }
    git_buf made = {};
    REQUIRE(git_packbuilder_write_buf(&made, builder) == 0);
    std::string bytes(made.ptr, made.size);
    git_buf_dispose(&made);
    git_packbuilder_free(builder);
    return bytes;
}

void GitBuilder::pack() {
    const std::string bytes = packed();
    const fs::path folder = m_folder / k_objects / "pack";
    git_indexer* indexer = nullptr;
    git_indexer_options options = {};
    git_indexer_options_init(&options, GIT_INDEXER_OPTIONS_VERSION);
    git_indexer_progress progress = {};
    REQUIRE(git_indexer_new(&indexer, folder.c_str(), 0, nullptr, &options) == 0);
    REQUIRE(git_indexer_append(indexer, bytes.data(), bytes.size(), &progress) == 0);
    REQUIRE(git_indexer_commit(indexer, &progress) == 0);
    git_indexer_free(indexer);
    for (const auto& entry : fs::directory_iterator(m_folder / k_objects)) {
        if (entry.path().filename().string().size() == 2) {
            fs::remove_all(entry.path());
        }
    }
}

std::string GitBuilder::bundle(std::string_view lines) const {
    return fmt::format("# v2 git bundle\n{}\n{}", lines, packed());
}

std::string hex(const git_oid& id) {
    return archive::to_hex(id);
}

std::string bytes_of_file(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

void write_bytes(const fs::path& path, std::string_view bytes) {
    if (path.has_parent_path()) {
        fs::create_directories(path.parent_path());
    }
    fs::remove(path);  // git's own files cannot be written to
    std::ofstream(path, std::ios::binary) << bytes;
}

}  // namespace smallprint
