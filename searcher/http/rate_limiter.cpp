// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/http/rate_limiter.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstddef>
#include <iterator>
#include <string>
#include <string_view>

namespace smallprint::http {
namespace {

constexpr std::size_t k_least_remembered = 1024;
constexpr double k_burst_seconds = 2;

double seconds_between(RateLimiter::Clock::time_point from, RateLimiter::Clock::time_point to) {
    return std::chrono::duration<double>(to - from).count();
}

}  // namespace

RateLimiter::RateLimiter(double per_second)
    : m_per_second(per_second), m_burst(std::max(1.0, per_second * k_burst_seconds)),
      m_forget_at(k_least_remembered) {}

std::chrono::seconds RateLimiter::take(std::string_view client, Clock::time_point now) {
    if (m_buckets.size() >= m_forget_at) {
        forget_full(now);
    }
    auto found = m_buckets.find(client);
    if (found == m_buckets.end()) {
        found = m_buckets.emplace(std::string(client), Bucket{m_burst, now}).first;
    }
    Bucket& bucket = found->second;
    bucket.tokens =
        std::min(m_burst, bucket.tokens + seconds_between(bucket.filled, now) * m_per_second);
    bucket.filled = now;
    if (bucket.tokens >= 1) {
        bucket.tokens -= 1;
        return std::chrono::seconds(0);
    }
    const double wait = std::ceil((1 - bucket.tokens) / m_per_second);
    return std::chrono::seconds(std::max(1, static_cast<int>(wait)));
}

void RateLimiter::forget_full(Clock::time_point now) {
    for (auto at = m_buckets.begin(); at != m_buckets.end();) {
        const Bucket& bucket = at->second;
        const double tokens = bucket.tokens + seconds_between(bucket.filled, now) * m_per_second;
        at = tokens >= m_burst ? m_buckets.erase(at) : std::next(at);
    }
    m_forget_at = std::max(k_least_remembered, m_buckets.size() * 2);
}

}  // namespace smallprint::http
