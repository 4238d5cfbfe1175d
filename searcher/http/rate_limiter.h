// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/base/hash.h"

#include <chrono>
#include <cstddef>
#include <string>
#include <string_view>
#include <unordered_map>

namespace smallprint::http {

// A bucket of tokens for each client: a request takes one, and so many a second come back. Forgets
// whose bucket is full again, so its size is bounded by who has asked lately. For one thread.
class RateLimiter {
public:
    using Clock = std::chrono::steady_clock;

    // A burst of two seconds' worth is let through.
    explicit RateLimiter(double per_second);

    // Nothing to wait for (zero), or how long until a request would be let through.
    std::chrono::seconds take(std::string_view client, Clock::time_point now);

    std::size_t clients() const { return m_buckets.size(); }

private:
    struct Bucket {
        double tokens = 0;
        Clock::time_point filled;
    };

    void forget_full(Clock::time_point now);

    double m_per_second;
    double m_burst;
    std::size_t m_forget_at;
    std::unordered_map<std::string, Bucket, TextHash, std::equal_to<>> m_buckets;
};

}  // namespace smallprint::http
