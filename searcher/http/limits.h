// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <chrono>
#include <cstddef>

namespace smallprint::http {

// Limits on what a client may ask, checked before anything is parsed or done for it. These are
// fixed; those in ServeSettings can be changed by options.

inline constexpr std::size_t k_most_header_bytes = std::size_t{8} << 10U;
inline constexpr std::size_t k_most_target_bytes = std::size_t{2} << 10U;
inline constexpr std::size_t k_most_requests = 10'000;  // of one connection

inline constexpr std::chrono::seconds k_header_time{5};  // from the first byte, whatever its pace
inline constexpr std::chrono::seconds k_idle_time{30};   // between two requests
inline constexpr std::chrono::seconds k_write_time{10};  // of an answer, or of a streamed piece
inline constexpr std::chrono::seconds k_queue_time{5};   // a request waits for a worker
inline constexpr std::chrono::milliseconds k_last_call{200};  // of idle ones, when asked to stop
inline constexpr std::chrono::seconds k_drain_time{10};  // what is under way when asked to stop
inline constexpr std::chrono::seconds k_linger_time{1};  // for what a refused client still sends
inline constexpr std::chrono::milliseconds k_accept_pause{50};  // after a failure, then longer
inline constexpr std::chrono::milliseconds k_longest_accept_pause{1000};

inline constexpr std::chrono::seconds k_history_time{5};       // histories, comparisons, trends
inline constexpr std::chrono::seconds k_export_time{15 * 60};  // whatever the reader's pace

inline constexpr std::size_t k_most_queued = 256;  // requests that wait for a worker
inline constexpr std::size_t k_most_streams = 2;   // exports at a time
inline constexpr std::size_t k_stream_piece = std::size_t{64} << 10U;  // bytes
inline constexpr std::size_t k_least_encoded = 1024;  // bytes; less is not worth compressing
inline constexpr std::size_t k_most_cached_bytes = std::size_t{1} << 20U;  // of one answer
inline constexpr std::size_t k_most_fixed_bytes = std::size_t{8} << 20U;   // of files of ours

}  // namespace smallprint::http
