// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/base/result.h"

#include <filesystem>
#include <map>
#include <string>
#include <string_view>

namespace smallprint::html {

// The templates, style sheets and scripts of the web page. They are compiled into the program;
// while one works on them they are read from a folder.

struct WebFile {
    std::string name;  // "style.css"
    std::string type;  // media type; empty for a template, which is not served
    std::string bytes;
};

class WebFiles {
public:
    static const WebFiles& built_in();

    // The files of a folder whose endings are known.
    static Result<WebFiles> from_folder(const std::filesystem::path& folder);

    // Null if there is none.
    const WebFile* find(std::string_view name) const;

    // The address a file is served under: "/assets/<hash>/style.css". The hash is that of all files
    // that are served, so that what stands under it never changes and scripts find each other by
    // name.
    std::string address_of(std::string_view name) const;

    const std::string& hash() const { return m_hash; }

private:
    void add(std::string name, std::string bytes);
    void finish();

    std::map<std::string, WebFile, std::less<>> m_files;
    std::string m_hash;
};

}  // namespace smallprint::html
