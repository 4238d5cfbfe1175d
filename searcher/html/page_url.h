// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/model/date.h"

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace smallprint::html {

// Addresses of our own pages, and what may be linked to outside of them.

// A path with a query string, put together name by name; values are percent-encoded.
class PageUrl {
public:
    explicit PageUrl(std::string path) : m_url(std::move(path)) {}

    // Leaves out what is empty.
    PageUrl& add(std::string_view name, std::string_view value);
    PageUrl& add_all(std::string_view name, const std::vector<std::string>& values);

    const std::string& text() const { return m_url; }

private:
    std::string m_url;
    bool m_has_query = false;
};

// One segment of a path.
std::string path_segment(std::string_view text);

std::string clause_url(std::string_view id);
std::string policy_url(std::string_view vendor_or_id, std::optional<Day> at = {});
std::string vendor_url(std::string_view vendor);
std::string diff_url(std::string_view policy_id, Day from, Day to);

// An address that an archive names, if a page may link to it: http or https, nothing else.
std::optional<std::string> web_link(std::string_view url);

// The place where a person can see a capture, as an archive says: of the Wayback Machine the page
// with its banner rather than the bytes.
struct ArchiveLink {
    std::string url;
    std::string label;
};

std::optional<ArchiveLink> archive_link(std::string_view archive_url);

}  // namespace smallprint::html
