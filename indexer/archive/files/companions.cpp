// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/archive/files/companions.h"

#include "common/base/strings.h"
#include "common/model/date.h"
#include "common/model/listing.h"
#include "common/model/snapshot.h"
#include "common/model/wayback_url.h"
#include "common/text/utf8.h"
#include "indexer/archive/capture_time.h"
#include "indexer/archive/content.h"
#include "indexer/archive/files/file_tree.h"
#include "indexer/archive/limits.h"

#include <boost/json.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace smallprint::archive {
namespace {

namespace json = boost::json;

constexpr std::size_t k_longest_address = 4096;  // bytes

// What stands between the two marks, or an empty text.
std::string_view between(std::string_view text, std::string_view begin, std::string_view end) {
    const std::size_t at = text.find(begin);
    if (at == std::string_view::npos) {
        return {};
    }
    text.remove_prefix(at + begin.size());
    return trimmed(text.substr(0, text.find(end)));
}

std::string as_address(std::string_view text) {
    if (text.empty() || text.size() > k_longest_address ||
        text.find_first_of(" \t\r\n") != std::string_view::npos) {
        return {};
    }
    const std::string address = text::repaired_utf8(text);
    return address.find("://") == std::string::npos ? "http://" + address : address;
}

// <!-- Page saved with SingleFile url: https://... saved date: Wed Jan 08 2020 ... -->
// <!-- Mirrored from www.abc.example/p by HTTrack Website Copier/3.x [...], Wed, 08 Jan ... GMT -->
// <!-- saved from url=(0027)https://www.abc.example/ -->
SnapshotFacts read_comment(std::string_view comment) {
    SnapshotFacts facts;
    if (comment.find("Page saved with SingleFile") != std::string_view::npos) {
        facts.source_url = as_address(between(comment, "url:", "\n"));
        facts.captured = parse_capture_time(between(comment, "saved date:", "\n"));
    } else if (comment.starts_with("Mirrored from ")) {
        facts.source_url = as_address(between(comment, "Mirrored from ", " by HTTrack"));
        facts.captured = parse_capture_time(between(comment, "],", "\n"));
    } else if (comment.starts_with("saved from url=(")) {
        facts.source_url = as_address(between(comment, ")", " "));
    }
    return facts;
}

std::string_view folder_of(std::string_view path) {
    return path.substr(0, path.size() - file_name(path).size());
}

json::value parse_json(std::string_view text) {
    boost::system::error_code error;
    json::value value = json::parse({text.data(), text.size()}, error);
    return error ? json::value() : std::move(value);
}

std::string_view text_of(const json::value* value) {
    const json::string* text = value == nullptr ? nullptr : value->if_string();
    return text == nullptr ? std::string_view() : std::string_view(text->data(), text->size());
}

std::string_view member(const json::value& value, std::string_view key) {
    const json::object* object = value.if_object();
    return object == nullptr ? std::string_view() : text_of(object->if_contains(key));
}

// The captures of a list: their addresses, empty where two have the same timestamp.
using Captures = std::map<std::string, std::string, std::less<>>;

void add_capture(std::string_view timestamp, std::string_view url, Captures& captures) {
    if (!is_all_digits(timestamp) || !parse_padded_timestamp(timestamp)) {
        return;
    }
    const auto [known, is_new] = captures.try_emplace(std::string(timestamp), as_address(url));
    if (!is_new && known->second != url) {
        known->second.clear();
    }
}

// [["urlkey", "timestamp", "original", ...], ["com,abc)/", "20200108101112", "https://...", ...]]
Captures read_json_captures(std::string_view text) {
    Captures captures;
    const json::value value = parse_json(text);
    const json::array* rows = value.if_array();
    std::size_t timestamp = 1;
    std::size_t original = 2;
    for (std::size_t i = 0; rows != nullptr && i < rows->size(); ++i) {
        const json::array* row = (*rows)[i].if_array();
        for (std::size_t column = 0; i == 0 && row != nullptr && column < row->size(); ++column) {
            const std::string_view name = text_of(&(*row)[column]);
            timestamp = name == "timestamp" ? column : timestamp;
            original = name == "original" ? column : original;
        }
        if (row != nullptr && std::max(timestamp, original) < row->size()) {
            add_capture(text_of(&(*row)[timestamp]), text_of(&(*row)[original]), captures);
        }
    }
    return captures;
}

// The words of a line of a list: "com,abc)/ 20200108101112 https://abc.example/ text/html ...".
std::vector<std::string_view> split_words(std::string_view line, std::size_t most) {
    std::vector<std::string_view> words;
    while (!line.empty() && words.size() < most) {
        if (const std::string_view word = cut_until(line, ' '); !word.empty()) {
            words.push_back(word);
        }
    }
    return words;
}

// CDX, by the order that its first line may name (" CDX N b a m s k r M S V g"), and CDXJ.
Captures read_text_captures(std::string_view text) {
    constexpr std::size_t most_columns = 32;
    Captures captures;
    std::size_t timestamp = 1;
    std::size_t original = 2;
    while (!text.empty()) {
        const std::string_view line = trimmed(cut_until(text, '\n'));
        const std::vector<std::string_view> words = split_words(line, most_columns);
        if (line.starts_with("CDX ")) {
            const auto column = [&](std::string_view letter) {
                const auto found = std::ranges::find(words, letter);
                // Behind the mark itself; a list without the letter has no captures.
                return found == words.end() ? most_columns
                                            : static_cast<std::size_t>(found - words.begin()) - 1;
            };
            timestamp = column("b");
            original = column("a");
        } else if (words.size() > 2 && words[2].starts_with('{')) {
            add_capture(words[1], member(parse_json(line.substr(line.find('{'))), "url"), captures);
        } else if (std::max(timestamp, original) < words.size()) {
            add_capture(words[timestamp], words[original], captures);
        }
    }
    return captures;
}

// The forms in which ArchiveBox saves a page, the best first; a folder stands for the page as wget
// laid it.
constexpr std::array<std::string_view, 6> k_forms = {
    "singlefile.html",          "output.html",    "/",
    "readability/content.html", "htmltotext.txt", "mercury/content.html"};

const json::object* member_object(const json::value& value, const char* key) {
    const json::object* object = value.if_object();
    const json::value* found = object == nullptr ? nullptr : object->if_contains(key);
    return found == nullptr ? nullptr : found->if_object();
}

// The address in {"fetch": "https://..."} or {"combine": [{"fetch": "https://..."}]}.
std::string fetched_page(const json::value& declared) {
    const json::object* object = declared.if_object();
    const json::value* combined = object == nullptr ? nullptr : object->if_contains("combine");
    const json::array* parts = combined == nullptr ? nullptr : combined->if_array();
    if (parts != nullptr && !parts->empty()) {
        object = parts->front().if_object();
    }
    const json::value* found = object == nullptr ? nullptr : object->if_contains("fetch");
    const json::string* page = found == nullptr ? nullptr : found->if_string();
    const std::string_view url =
        page == nullptr ? std::string_view() : std::string_view(page->data(), page->size());
    return url.starts_with("http") ? text::repaired_utf8(url) : std::string();
}

// "declarations/Service.json", wherever that folder lies.
bool is_declaration(std::string_view path) {
    constexpr std::string_view folder = "declarations/";
    const std::string_view around = folder_of(path);
    return path.ends_with(".json") && !path.ends_with(".history.json") &&
           (around == folder || around.ends_with("/declarations/"));
}

class Reader {
public:
    explicit Reader(const FileTree& tree) : m_tree(tree), m_files(tree.files()) {}

    Companions read() {
        for (std::size_t i = 0; i < m_files.size(); ++i) {
            const std::string name = lower_ascii(file_name(m_files[i].path));
            const bool is_cdx_text = name.ends_with(".cdx") || name.ends_with(".cdxj") ||
                                     (name.ends_with(".txt") && name.starts_with("cdx"));
            if (is_declaration(m_files[i].path)) {
                add_declaration(i);
            } else if (name == "index.json") {
                read_archivebox(i);
            } else if (is_cdx_text) {
                add_list(i, read_text_captures(text_of_file(i)));
            } else if (name.ends_with(".json") && start_of_file(i).starts_with("[[\"")) {
                add_list(i, read_json_captures(text_of_file(i)));
            }
        }
        for (std::size_t i = 0; !m_lists.empty() && i < m_files.size(); ++i) {
            name_body(i);
        }
        for (std::size_t i = 0; !m_declared.empty() && i < m_files.size(); ++i) {
            name_declared(i);
        }
        return std::move(m_found);
    }

private:
    std::string start_of_file(std::size_t file, std::size_t size = 8) const {
        const auto bytes = m_tree.open(file);
        return bytes ? bytes->read(0, size).value_or("") : "";
    }

    std::string text_of_file(std::size_t file) const {
        return m_files[file].size > k_largest_text ? "" : start_of_file(file, k_largest_text);
    }

    // The files in the folder of this one, which stand around it.
    std::pair<std::size_t, std::size_t> files_beside(std::size_t file,
                                                     std::string_view folder) const {
        std::size_t begin = file;
        while (begin > 0 && m_files[begin - 1].path.starts_with(folder)) {
            --begin;
        }
        std::size_t end = file + 1;
        while (end < m_files.size() && m_files[end].path.starts_with(folder)) {
            ++end;
        }
        return {begin, end};
    }

    void read_archivebox(std::size_t index) {
        const std::string_view folder = folder_of(m_files[index].path);
        const auto captured = parse_capture_time(
            folder.empty() ? folder : file_name(folder.substr(0, folder.size() - 1)));
        if (!captured) {
            return;
        }
        SnapshotFacts facts;
        facts.captured = captured;
        facts.source_url = as_address(member(parse_json(text_of_file(index)), "url"));
        if (facts.source_url.empty()) {
            return;
        }
        const auto [begin, end] = files_beside(index, folder);
        const auto best = best_form(begin, end, folder, host_of(facts.source_url));
        for (std::size_t i = begin; best && i < end; ++i) {
            if (i == *best) {
                m_found.facts[i] = facts;
            } else {
                m_found.other_forms[i] = m_files[*best].path;
            }
        }
    }

    std::optional<std::size_t> best_form(std::size_t begin, std::size_t end,
                                         std::string_view folder, const std::string& host) const {
        std::optional<std::size_t> best;
        std::size_t best_rank = k_forms.size();
        for (std::size_t i = begin; i < end; ++i) {
            const std::string_view form = std::string_view(m_files[i].path).substr(folder.size());
            const bool is_mirrored =
                form.starts_with(host + '/') && (form.ends_with(".html") || form.ends_with(".htm"));
            const auto* const found = std::ranges::find(k_forms, is_mirrored ? "/" : form);
            const auto rank = static_cast<std::size_t>(found - k_forms.begin());
            if (rank < best_rank && m_files[i].size > 0) {
                best = i;
                best_rank = rank;
            }
        }
        return best;
    }

    void add_list(std::size_t list, Captures captures) {
        if (!captures.empty()) {
            m_lists[std::string(folder_of(m_files[list].path))].merge(captures);
        }
    }

    void add_declaration(std::size_t file) {
        for (DeclaredAddress& declared :
             parse_declaration(m_files[file].path, text_of_file(file))) {
            m_declared[declared.vendor + '/' + declared.terms_type] = std::move(declared);
        }
    }

    // "Service/Type.md", or "Service/Type/2024-01-31T10-20-30Z.md".
    void name_declared(std::size_t file) {
        std::string_view path = m_files[file].path;
        path.remove_suffix(path.size() - std::min(path.rfind('.'), path.size()));
        const std::size_t last = path.rfind('/');
        for (const std::string_view document :
             {path, path.substr(0, std::min(last, path.size()))}) {
            const std::size_t slash = document.rfind('/');
            const std::size_t service = slash == document.npos || slash == 0
                                            ? document.npos
                                            : document.rfind('/', slash - 1);
            const auto found =
                m_declared.find(document.substr(service == document.npos ? 0 : service + 1));
            if (found != m_declared.end()) {
                SnapshotFacts& facts = m_found.facts[file];
                facts.vendor = found->second.vendor;
                facts.vendor_source = VendorSource::provenance;
                facts.terms_type = found->second.terms_type;
                facts.source_url = found->second.url;
                return;
            }
        }
    }

    // Finds the capture of a body in the lists of the folders that it is in.
    void name_body(std::size_t file) {
        const std::string_view path = m_files[file].path;
        const std::string_view name = file_name(path);
        const std::string_view timestamp = name.substr(0, name.find('.'));
        const auto captured =
            is_all_digits(timestamp) ? parse_padded_timestamp(timestamp) : std::nullopt;
        if (!captured) {
            return;
        }
        for (std::string_view folder = folder_of(path);;
             folder = folder_of(folder.substr(0, folder.size() - 1))) {
            const auto list = m_lists.find(folder);
            if (list != m_lists.end()) {
                const auto capture = list->second.find(timestamp);
                if (capture != list->second.end() && !capture->second.empty()) {
                    m_found.facts[file].captured = captured;
                    m_found.facts[file].source_url = capture->second;
                    return;
                }
            }
            if (folder.empty()) {
                return;
            }
        }
    }

    const FileTree& m_tree;
    std::span<const TreeFile> m_files;
    std::map<std::string, Captures, std::less<>> m_lists;            // by folder
    std::map<std::string, DeclaredAddress, std::less<>> m_declared;  // by "Service/Type"
    Companions m_found;
};

}  // namespace

std::vector<DeclaredAddress> parse_declaration(std::string_view path, std::string_view text) {
    boost::system::error_code error;
    const json::value value = json::parse({text.data(), text.size()}, error);
    std::vector<DeclaredAddress> addresses;
    const std::string_view name = file_name(path);
    const std::string_view service = name.substr(0, name.rfind('.'));
    // Until 2023 the member was called "documents".
    for (const char* key : {"terms", "documents"}) {
        const json::object* terms = error ? nullptr : member_object(value, key);
        if (terms == nullptr) {
            continue;
        }
        for (const auto& [type, declared] : *terms) {
            if (std::string url = fetched_page(declared); !url.empty()) {
                addresses.push_back({text::repaired_utf8(service),
                                     text::repaired_utf8({type.data(), type.size()}),
                                     std::move(url), std::nullopt});
            }
        }
    }
    return addresses;
}

SnapshotFacts read_saved_page(std::string_view head) {
    constexpr std::size_t most_comments = 16;
    for (std::size_t i = 0; i < most_comments; ++i) {
        const std::size_t begin = head.find("<!--");
        if (begin == std::string_view::npos) {
            break;
        }
        head.remove_prefix(begin + 4);
        const std::string_view comment = trimmed(head.substr(0, head.find("-->")));
        if (SnapshotFacts facts = read_comment(comment); !facts.source_url.empty()) {
            return facts;
        }
    }
    return {};
}

Companions read_companions(const FileTree& tree) {
    return Reader(tree).read();
}

}  // namespace smallprint::archive
