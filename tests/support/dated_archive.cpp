// SPDX-License-Identifier: GPL-2.0-or-later
#include "tests/support/dated_archive.h"

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

namespace smallprint {

void write_archive(const Archive& archive, const std::filesystem::path& folder) {
    for (const auto& [vendor, captures] : archive) {
        std::filesystem::create_directories(folder / vendor);
        for (const DatedCapture& capture : captures) {
            std::string digits = capture.day;
            std::erase(digits, '-');
            std::ofstream file(folder / vendor / (digits + "120000.md"));
            file << "> *The following text is extracted and transformed from the " << vendor
                 << " privacy policy that was archived on " << capture.day
                 << ". Please check the [original snapshot on the Wayback Machine](https://"
                 << "web.archive.org/web/" << digits << "120000id_/http%3A//" << vendor
                 << "/privacy) for the most accurate reproduction.*\n";
            for (const std::string& clause : capture.clauses) {
                file << "\n" << clause << "\n";
            }
        }
    }
}

}  // namespace smallprint
