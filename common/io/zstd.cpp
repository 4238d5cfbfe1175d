// SPDX-License-Identifier: GPL-2.0-or-later
#include "common/io/zstd.h"

#include "common/base/error.h"
#include "common/base/owned.h"
#include "common/base/result.h"

#include <zdict.h>
#include <zstd.h>

#include <cstddef>
#include <memory>
#include <new>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace smallprint::io {
std::string train_dictionary(std::span<const std::string> samples, std::size_t size) {
    std::string joined;
    std::vector<std::size_t> sizes;
    sizes.reserve(samples.size());
    for (const std::string& sample : samples) {
        joined += sample;
        sizes.push_back(sample.size());
    }
    std::string dictionary(size, '\0');
    const std::size_t trained =
        ZDICT_trainFromBuffer(dictionary.data(), dictionary.size(), joined.data(), sizes.data(),
                              static_cast<unsigned>(sizes.size()));
    dictionary.resize(ZDICT_isError(trained) != 0U ? 0 : trained);
    return dictionary;
}

struct Compressor::Context {
    Owned<ZSTD_CCtx, ZSTD_freeCCtx> context;
    Owned<ZSTD_CDict, ZSTD_freeCDict> dictionary;
};

// Without a dictionary, the tables are as large as each text asks for; those of an empty dictionary
// would take 20 MB, and libzstd 1.5.4 does not survive if there is no room for them.
Compressor::Compressor(std::string_view dictionary, int level)
    : m_context(std::make_unique<Context>(own<ZSTD_freeCCtx>(ZSTD_createCCtx()))) {
    ZSTD_CCtx* context = m_context->context.get();
    // Records carry a checksum of their own, and an index has one dictionary only.
    ZSTD_CCtx_setParameter(context, ZSTD_c_checksumFlag, 0);
    ZSTD_CCtx_setParameter(context, ZSTD_c_dictIDFlag, 0);
    if (dictionary.empty()) {
        ZSTD_CCtx_setParameter(context, ZSTD_c_compressionLevel, level);
    } else {
        m_context->dictionary =
            own<ZSTD_freeCDict>(ZSTD_createCDict(dictionary.data(), dictionary.size(), level));
        ZSTD_CCtx_refCDict(context, m_context->dictionary.get());
    }
}

Compressor::~Compressor() = default;

void Compressor::compress(std::string_view bytes, std::string& out) {
    const std::size_t old_size = out.size();
    out.resize(old_size + ZSTD_compressBound(bytes.size()));
    const std::size_t written = ZSTD_compress2(m_context->context.get(), out.data() + old_size,
                                               out.size() - old_size, bytes.data(), bytes.size());
    // With room for the bound, running out of memory is the only way to fail.
    if (ZSTD_isError(written) != 0U) {
        throw std::bad_alloc();
    }
    out.resize(old_size + written);
}

struct Decompressor::Context {
    Owned<ZSTD_DCtx, ZSTD_freeDCtx> context;
    Owned<ZSTD_DDict, ZSTD_freeDDict> dictionary;
};

Decompressor::Decompressor(std::string_view dictionary)
    : m_context(std::make_unique<Context>(
          own<ZSTD_freeDCtx>(ZSTD_createDCtx()),
          own<ZSTD_freeDDict>(ZSTD_createDDict(dictionary.data(), dictionary.size())))) {}

Decompressor::~Decompressor() = default;

Result<std::string> Decompressor::decompress(std::string_view frame, std::size_t limit) {
    const unsigned long long size = ZSTD_getFrameContentSize(frame.data(), frame.size());
    if (size == ZSTD_CONTENTSIZE_UNKNOWN || size == ZSTD_CONTENTSIZE_ERROR || size > limit) {
        return fail(ErrorCode::damaged, "a compressed record has no valid size");
    }
    std::string bytes(static_cast<std::size_t>(size), '\0');
    const std::size_t written =
        ZSTD_decompress_usingDDict(m_context->context.get(), bytes.data(), bytes.size(),
                                   frame.data(), frame.size(), m_context->dictionary.get());
    if (ZSTD_isError(written) != 0U || written != bytes.size()) {
        return fail(ErrorCode::damaged, "a compressed record cannot be decompressed");
    }
    return bytes;
}

}  // namespace smallprint::io
