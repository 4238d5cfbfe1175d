// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/base/result.h"

#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace smallprint::io {

// Zstandard (RFC 8878) for many small records that share a dictionary.

// A dictionary trained on samples of the records to come (zstd's ZDICT, "fast cover"), at most
// `size` bytes. Empty, which is valid, when there is too little to train on.
std::string train_dictionary(std::span<const std::string> samples, std::size_t size);

class Compressor {
public:
    // `dictionary` is copied. One Compressor a thread.
    Compressor(std::string_view dictionary, int level);
    ~Compressor();
    Compressor(const Compressor&) = delete;
    Compressor& operator=(const Compressor&) = delete;
    Compressor(Compressor&&) = delete;
    Compressor& operator=(Compressor&&) = delete;

    // Appends one frame to `out`.
    void compress(std::string_view bytes, std::string& out);

private:
    struct Context;
    std::unique_ptr<Context> m_context;
};

class Decompressor {
public:
    explicit Decompressor(std::string_view dictionary);
    ~Decompressor();
    Decompressor(const Decompressor&) = delete;
    Decompressor& operator=(const Decompressor&) = delete;
    Decompressor(Decompressor&&) = delete;
    Decompressor& operator=(Decompressor&&) = delete;

    // The bytes of one frame; damaged input, or one that says it is larger than `limit`, is an
    // error. One Decompressor a thread.
    Result<std::string> decompress(std::string_view frame, std::size_t limit);

private:
    struct Context;
    std::unique_ptr<Context> m_context;
};

}  // namespace smallprint::io
