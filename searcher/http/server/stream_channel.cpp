// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/http/server/stream_channel.h"

#include "common/base/error.h"
#include "common/base/result.h"
#include "searcher/http/limits.h"

#include <mutex>
#include <optional>
#include <string_view>
#include <utility>

namespace smallprint::http {

Result<void> StreamChannel::write(std::string_view text) {
    m_gathered += text;
    return m_gathered.size() < k_stream_piece ? Result<void>() : hand_over();
}

Result<void> StreamChannel::hand_over() {
    {
        std::unique_lock lock(m_mutex);
        m_room.wait(lock, [this] { return m_closed || !m_piece; });
        if (m_closed) {
            return fail(ErrorCode::interrupted, "nobody reads the answer any more");
        }
        m_piece = std::exchange(m_gathered, {});
    }
    m_notify();
    return {};
}

void StreamChannel::finish(const Result<void>& result) {
    const Result<void> handed = result && !m_gathered.empty() ? hand_over() : Result<void>();
    {
        const std::scoped_lock lock(m_mutex);
        m_finished = true;
        if (!result) {
            m_error = result.error();
        } else if (!handed) {
            m_error = handed.error();
        }
    }
    m_notify();
}

StreamChannel::Taken StreamChannel::take() {
    Taken taken;
    {
        const std::scoped_lock lock(m_mutex);
        taken.piece = std::exchange(m_piece, std::nullopt);
        if (!taken.piece) {
            taken.finished = m_finished;
            taken.error = m_error;
        }
    }
    m_room.notify_one();
    return taken;
}

void StreamChannel::close() {
    {
        const std::scoped_lock lock(m_mutex);
        m_closed = true;
    }
    m_room.notify_one();
}

}  // namespace smallprint::http
