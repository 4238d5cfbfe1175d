// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/http/content_encoding.h"

#include "common/base/strings.h"
#include "common/io/zstd.h"

#include <zconf.h>
#include <zlib.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <memory>
#include <new>
#include <string>
#include <string_view>

namespace smallprint::http {
namespace {

constexpr int k_gzip_level = 5;
constexpr int k_thorough_gzip_level = 9;
constexpr int k_zstd_level = 3;
constexpr int k_thorough_zstd_level = 15;
constexpr int k_gzip_window = 15 + 16;  // zlib's way to ask for a gzip header
constexpr int k_memory_level = 8;
constexpr std::string_view k_blanks = " \t";

// "q=0.5" as thousandths; 1000 for what is no weight.
int weight_of(std::string_view parameter) {
    parameter = trimmed(parameter, k_blanks);
    if (parameter.size() < 3 || to_lower(parameter[0]) != 'q' || parameter[1] != '=') {
        return 1000;
    }
    parameter.remove_prefix(2);
    if (parameter[0] != '0') {
        return 1000;
    }
    int weight = 0;
    int place = 100;
    for (const char c : parameter.substr(std::min<std::size_t>(2, parameter.size()))) {
        weight += is_digit(c) ? place * (c - '0') : 0;
        place /= 10;
    }
    return weight;
}

struct Weights {
    int gzip = -1;  // -1 where not named
    int zstd = -1;
    int identity = -1;
    int others = -1;
};

void take(std::string_view element, Weights& weights) {
    const std::size_t end = std::min(element.find(';'), element.size());
    const std::string name = lower_ascii(trimmed(element.substr(0, end), k_blanks));
    const int weight = end < element.size() ? weight_of(element.substr(end + 1)) : 1000;
    if (name == "gzip" || name == "x-gzip") {
        weights.gzip = weight;
    } else if (name == "zstd") {
        weights.zstd = weight;
    } else if (name == "identity") {
        weights.identity = weight;
    } else if (name == "*") {
        weights.others = weight;
    }
}

Weights weights_in(std::string_view accept_encoding) {
    Weights weights;
    while (!accept_encoding.empty()) {
        take(cut_until(accept_encoding, ','), weights);
    }
    return weights;
}

Encoding best_of(const Weights& weights) {
    const int others = std::max(weights.others, 0);
    const int zstd = weights.zstd < 0 ? others : weights.zstd;
    const int gzip = weights.gzip < 0 ? others : weights.gzip;
    // Identity is acceptable unless it is said not to be, but never better than what is named.
    const int identity = std::max(weights.identity, 0);
    if (zstd > 0 && zstd >= gzip && zstd >= identity) {
        return Encoding::zstd;
    }
    return gzip > 0 && gzip >= identity ? Encoding::gzip : Encoding::identity;
}

}  // namespace

Encoding preferred_encoding(std::string_view accept_encoding) {
    return best_of(weights_in(accept_encoding));
}

Encoding preferred_stream_encoding(std::string_view accept_encoding) {
    Weights weights = weights_in(accept_encoding);
    weights.zstd = 0;
    return best_of(weights);
}

bool is_worth_encoding(std::string_view content_type) {
    return content_type.starts_with("text/") ||
           content_type.find("json") != std::string_view::npos ||
           content_type.find("xml") != std::string_view::npos ||
           content_type.find("javascript") != std::string_view::npos;
}

std::string encoded(std::string_view body, Encoding encoding, Effort effort) {
    if (encoding == Encoding::zstd && effort == Effort::thorough) {
        std::string out;
        io::Compressor("", k_thorough_zstd_level).compress(body, out);
        return out;
    }
    if (encoding == Encoding::zstd) {
        thread_local io::Compressor compressor("", k_zstd_level);
        std::string out;
        compressor.compress(body, out);
        return out;
    }
    if (encoding == Encoding::gzip) {
        GzipStream stream(effort);
        std::string out = stream.add(body);
        return out + stream.finish();
    }
    return std::string(body);
}

struct GzipStream::State {
    z_stream stream = {};

    std::string run(std::string_view piece, int flush) {
        std::string out;
        std::array<char, std::size_t{16} << 10U> room;
        // zlib wants its input mutable and does not change it.
        // NOLINTNEXTLINE(cppcoreguidelines-pro-type-const-cast)
        stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(piece.data()));
        stream.avail_in = static_cast<uInt>(piece.size());
        do {
            stream.next_out = reinterpret_cast<Bytef*>(room.data());
            stream.avail_out = static_cast<uInt>(room.size());
            ::deflate(&stream, flush);
            out.append(room.data(), room.size() - stream.avail_out);
        } while (stream.avail_out == 0);
        return out;
    }
};

GzipStream::GzipStream(Effort effort) : m_state(std::make_unique<State>()) {
    const int level = effort == Effort::thorough ? k_thorough_gzip_level : k_gzip_level;
    if (::deflateInit2(&m_state->stream, level, Z_DEFLATED, k_gzip_window, k_memory_level,
                       Z_DEFAULT_STRATEGY) != Z_OK) {
        throw std::bad_alloc();
    }
}

GzipStream::~GzipStream() {
    ::deflateEnd(&m_state->stream);
}

std::string GzipStream::add(std::string_view piece) {
    return m_state->run(piece, Z_NO_FLUSH);
}

std::string GzipStream::finish() {
    return m_state->run({}, Z_FINISH);
}

}  // namespace smallprint::http
