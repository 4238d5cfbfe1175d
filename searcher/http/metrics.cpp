// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/http/metrics.h"

#include "common/base/version.h"

#include <fmt/format.h>

#include <sys/resource.h>
#include <unistd.h>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <utility>

namespace smallprint::http {
namespace {

class Page {
public:
    void head(std::string_view name, std::string_view type, std::string_view help) {
        fmt::format_to(std::back_inserter(m_text), "# HELP {} {}\n# TYPE {} {}\n", name, help, name,
                       type);
    }

    // `labels` with their brackets, or nothing.
    template <typename Number>
    void sample(std::string_view name, std::string_view labels, Number value) {
        fmt::format_to(std::back_inserter(m_text), "{}{} {}\n", name, labels, value);
    }

    template <typename Number>
    void single(std::string_view name, std::string_view type, std::string_view help, Number value) {
        head(name, type, help);
        sample(name, "", value);
    }

    std::string take() { return std::move(m_text); }

private:
    std::string m_text;
};

// Reads a figure of this process from the system; 0 where the system has none.
std::uint64_t resident_bytes() {
    std::ifstream file("/proc/self/statm");
    std::uint64_t all = 0;
    std::uint64_t resident = 0;
    file >> all >> resident;
    return resident * static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE));
}

double processor_seconds() {
    rusage usage = {};
    ::getrusage(RUSAGE_SELF, &usage);
    constexpr double micro = 1e-6;
    return static_cast<double>(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
           static_cast<double>(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) * micro;
}

void add_process(Page& page) {
    page.single("process_resident_memory_bytes", "gauge", "Memory of the process.",
                resident_bytes());
    page.single("process_cpu_seconds_total", "counter", "Processor time used.",
                processor_seconds());
}

void add_gauges(Page& page, const Metrics::Gauges& gauges) {
    page.head("smallprint_info", "gauge", "Version, and generation answered from.");
    page.sample("smallprint_info",
                fmt::format("{{version=\"{}\",generation=\"{}\"}}", k_version, gauges.generation),
                1);
    page.single("smallprint_open_connections", "gauge", "Connections open now.",
                gauges.open_connections);
    page.single("smallprint_queued_requests", "gauge", "Requests that wait for a worker.",
                gauges.queued);
    page.single("smallprint_cache_hits_total", "counter", "Answers that were kept from before.",
                gauges.cache_hits);
    page.single("smallprint_cached_bytes", "gauge", "Memory of kept answers.", gauges.cached_bytes);
    page.single("smallprint_reloads_total", "counter", "Generations taken up since the start.",
                gauges.reloads);
    page.single("smallprint_failed_reloads_total", "counter",
                "Generations that could not be opened.", gauges.failed_reloads);
}

}  // namespace

void Metrics::answered(std::string_view route, int status, std::chrono::nanoseconds took) {
    ++m_answers[{std::string(route), status}];
    const double seconds = std::chrono::duration<double>(took).count();
    std::size_t bucket = 0;
    while (bucket < k_bounds.size() && seconds > k_bounds.at(bucket)) {
        ++bucket;
    }
    ++m_durations.buckets.at(bucket);
    m_durations.seconds += seconds;
    ++m_durations.count;
}

std::string Metrics::text(const Gauges& gauges) const {
    Page page;
    page.head("smallprint_requests_total", "counter", "Requests answered, by route and status.");
    for (const auto& [key, count] : m_answers) {
        page.sample("smallprint_requests_total",
                    fmt::format("{{route=\"{}\",status=\"{}\"}}", key.first, key.second), count);
    }
    constexpr std::string_view durations = "smallprint_request_seconds";
    page.head(durations, "histogram",
              "From the header of a request to the last byte of its answer.");
    std::uint64_t below = 0;
    for (std::size_t i = 0; i < k_bounds.size(); ++i) {
        below += m_durations.buckets.at(i);
        page.sample("smallprint_request_seconds_bucket",
                    fmt::format("{{le=\"{}\"}}", k_bounds.at(i)), below);
    }
    page.sample("smallprint_request_seconds_bucket", "{le=\"+Inf\"}", m_durations.count);
    page.sample("smallprint_request_seconds_sum", "", m_durations.seconds);
    page.sample("smallprint_request_seconds_count", "", m_durations.count);
    page.single("smallprint_sent_bytes_total", "counter", "Bytes of answers.", m_sent);
    page.single("smallprint_connections_total", "counter", "Connections accepted.", m_connections);
    page.single("smallprint_refused_connections_total", "counter",
                "Connections over a limit on their number.", m_refused_connections);
    page.single("smallprint_accept_failures_total", "counter",
                "Times that the system had no connection for us, such as for want of descriptors.",
                m_accept_failures);
    add_gauges(page, gauges);
    add_process(page);
    return page.take();
}

}  // namespace smallprint::http
