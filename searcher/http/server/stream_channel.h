// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/base/error.h"
#include "common/base/result.h"

#include <condition_variable>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace smallprint::http {

// Hands the pieces of a body from the thread that makes them to the one that sends them. At most
// two pieces are there at a time, so that a slow reader slows the maker instead of filling memory.
class StreamChannel {
public:
    // `notify` is called from the maker's thread whenever there is something to take.
    explicit StreamChannel(std::function<void()> notify) : m_notify(std::move(notify)) {}

    // The maker's side. Waits for room; an error if nobody reads any more.
    Result<void> write(std::string_view text);
    void finish(const Result<void>& result);

    // The reader's side.
    struct Taken {
        std::optional<std::string> piece;
        bool finished = false;       // nothing more will come
        std::optional<Error> error;  // why, if it is not complete
    };

    Taken take();
    void close();

private:
    Result<void> hand_over();

    std::function<void()> m_notify;
    std::string m_gathered;  // of the maker alone
    std::mutex m_mutex;
    std::condition_variable m_room;
    std::optional<std::string> m_piece;
    bool m_finished = false;
    std::optional<Error> m_error;
    bool m_closed = false;
};

}  // namespace smallprint::http
