// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/cli/open_engine.h"

#include "common/base/error.h"
#include "common/base/result.h"
#include "common/io/file.h"
#include "common/text/thesaurus.h"
#include "searcher/cli/option_values.h"
#include "searcher/engine/engine.h"

#include <fmt/format.h>

#include <cstddef>
#include <string>
#include <utility>

namespace smallprint {
namespace {

constexpr std::size_t k_largest_thesaurus = std::size_t{4} << 20U;

Failure in_file(Error error, const std::string& file) {
    error.message = fmt::format("{}: {}", file, error.message);
    return fail(std::move(error));
}

}  // namespace

Result<Engine> open_engine(const CommonOptions& options) {
    TRY_ASSIGN(Engine engine, Engine::open(options.index));
    if (options.thesaurus.empty()) {
        return engine;
    }
    TRY_ASSIGN(const std::string text, read_file(options.thesaurus, k_largest_thesaurus + 1));
    if (text.size() > k_largest_thesaurus) {
        return fail(ErrorCode::limit, fmt::format("{} is larger than {} MiB", options.thesaurus,
                                                  k_largest_thesaurus >> 20U));
    }
    const auto thesaurus = Thesaurus::parse(text);
    if (!thesaurus) {
        return in_file(thesaurus.error(), options.thesaurus);
    }
    if (const auto used = engine.use(*thesaurus); !used) {
        return in_file(used.error(), options.thesaurus);
    }
    return engine;
}

}  // namespace smallprint
