// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/http/server/access_log.h"

#include "common/base/result.h"
#include "common/io/file.h"
#include "common/model/date.h"
#include "searcher/json/json_values.h"

#include <boost/json.hpp>
#include <fmt/format.h>

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cstddef>
#include <ratio>
#include <string>
#include <utility>

namespace smallprint::http {
namespace {

constexpr std::size_t k_flush_at = std::size_t{64} << 10U;
constexpr int k_mode = 0640;

std::string time_with_milliseconds(std::chrono::system_clock::time_point time) {
    const auto milliseconds = std::chrono::floor<std::chrono::milliseconds>(time);
    const auto day = std::chrono::floor<std::chrono::days>(milliseconds);
    const std::chrono::hh_mm_ss clock(milliseconds - day);
    return fmt::format("{}T{:02}:{:02}:{:02}.{:03}Z", format_day(day), clock.hours().count(),
                       clock.minutes().count(), clock.seconds().count(),
                       clock.subseconds().count());
}

int open_file(const std::string& path) {
    return ::open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, k_mode);
}

}  // namespace

std::string access_line(const AccessEntry& entry) {
    return json::json_line(boost::json::object{
        {"time", time_with_milliseconds(entry.time)},
        {"client", json::text_or_null(entry.client)},
        {"method", json::text_value(entry.method)},
        {"target", json::text_value(entry.target)},
        {"status", entry.status},
        {"bytes", entry.bytes},
        {"took_ms",
         json::hundredths(std::chrono::duration<double, std::milli>(entry.took).count())},
        {"user_agent", json::text_or_null(entry.user_agent)},
    });
}

AccessLog::AccessLog(std::string path, int descriptor)
    : m_path(std::move(path)), m_descriptor(descriptor) {}

AccessLog::AccessLog(AccessLog&& other) noexcept
    : m_path(std::move(other.m_path)), m_descriptor(std::exchange(other.m_descriptor, -1)),
      m_lines(std::move(other.m_lines)) {}

AccessLog& AccessLog::operator=(AccessLog&& other) noexcept {
    std::swap(m_path, other.m_path);
    std::swap(m_descriptor, other.m_descriptor);
    std::swap(m_lines, other.m_lines);
    return *this;
}

AccessLog::~AccessLog() {
    flush();
    if (m_descriptor > STDERR_FILENO) {
        ::close(m_descriptor);
    }
}

Result<AccessLog> AccessLog::open(std::string path) {
    if (path.empty()) {
        return none();
    }
    if (path == "-") {
        return AccessLog("", STDOUT_FILENO);
    }
    const int descriptor = open_file(path);
    if (descriptor < 0) {
        return io::system_failure("open the access log", path, errno);
    }
    return AccessLog(std::move(path), descriptor);
}

void AccessLog::add(const AccessEntry& entry) {
    if (!is_kept()) {
        return;
    }
    m_lines += access_line(entry);
    if (m_lines.size() >= k_flush_at) {
        flush();
    }
}

void AccessLog::flush() {
    std::size_t written = 0;
    while (is_kept() && written < m_lines.size()) {
        const auto bytes =
            ::write(m_descriptor, m_lines.data() + written, m_lines.size() - written);
        if (bytes < 0 && errno != EINTR) {
            break;
        }
        written += bytes > 0 ? static_cast<std::size_t>(bytes) : 0;
    }
    m_lines.clear();
}

void AccessLog::reopen() {
    if (m_path.empty()) {
        return;
    }
    flush();
    const int descriptor = open_file(m_path);
    if (descriptor >= 0) {
        ::close(m_descriptor);
        m_descriptor = descriptor;
    }
}

}  // namespace smallprint::http
