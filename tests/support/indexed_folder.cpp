// SPDX-License-Identifier: GPL-2.0-or-later
#include "tests/support/indexed_folder.h"

#include "indexer/pipeline/pipeline.h"
#include "searcher/engine/engine.h"

#include <doctest/doctest.h>

#include <filesystem>
#include <utility>

namespace smallprint {

engine::Engine indexed_folder(const std::filesystem::path& folder) {
    pipeline::PipelineOptions options;
    options.sources = {folder};
    options.index = folder / "index";
    REQUIRE(pipeline::run_pipeline(options));
    auto engine = engine::Engine::open(options.index);
    REQUIRE(engine);
    return std::move(*engine);
}

}  // namespace smallprint
