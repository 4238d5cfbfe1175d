// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/base/result.h"

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

namespace smallprint::http {

// A request and how it ended.
struct AccessEntry {
    std::chrono::system_clock::time_point time;
    std::string client;
    std::string method;
    std::string target;
    int status = 0;
    std::uint64_t bytes = 0;  // of the answer, with its header
    std::chrono::nanoseconds took{0};
    std::string user_agent;
};

// One line of JSON that ends in a newline.
std::string access_line(const AccessEntry& entry);

// Lines at the end of a file, written a moment later. A log that cannot be written (a full disk) is
// no reason to stop answering: lines are lost. For one thread.
class AccessLog {
public:
    // "-" is stdout, "" keeps no log.
    static Result<AccessLog> open(std::string path);

    static AccessLog none() { return {"", -1}; }

    AccessLog(AccessLog&& other) noexcept;
    AccessLog& operator=(AccessLog&& other) noexcept;
    AccessLog(const AccessLog&) = delete;
    AccessLog& operator=(const AccessLog&) = delete;
    ~AccessLog();

    bool is_kept() const { return m_descriptor >= 0; }

    void add(const AccessEntry& entry);
    void flush();

    // After the file was moved away. Goes on with the old one if a new one cannot be made.
    void reopen();

private:
    AccessLog(std::string path, int descriptor);

    std::string m_path;
    int m_descriptor;
    std::string m_lines;
};

}  // namespace smallprint::http
