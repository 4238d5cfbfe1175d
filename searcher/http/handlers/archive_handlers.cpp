// SPDX-License-Identifier: GPL-2.0-or-later
#include "common/base/enum_names.h"
#include "common/base/error.h"
#include "common/base/result.h"
#include "searcher/engine/engine.h"
#include "searcher/html/web/web_data.h"
#include "searcher/http/handlers/handlers.h"
#include "searcher/http/request.h"
#include "searcher/http/response.h"
#include "searcher/http/router.h"
#include "searcher/http/schema_data.h"
#include "searcher/http/settings.h"
#include "searcher/index/clause_view.h"
#include "searcher/json/json.h"
#include "searcher/over_time/coverage.h"
#include "searcher/request/requests.h"

#include <fmt/format.h>

#include <filesystem>
#include <string>
#include <string_view>

namespace smallprint::http {
namespace {

// Leaves only the last part of a path: clients need not know the folders of this machine.
std::string last_part(const std::string& path) {
    const std::filesystem::path whole(path);
    return (whole.has_filename() ? whole : whole.parent_path()).filename().string();
}

}  // namespace

Result<Response> answer_vendors(const Request& request, engine::Engine& engine,
                                const ServeSettings& /*settings*/) {
    request::CoverageRequest wanted;
    wanted.vendors = request.parameters.texts("vendor");
    wanted.type = request.parameters.text("type");
    wanted.order =
        value_named<request::CoverageOrder>(request.parameters.text("sort")).value_or(wanted.order);
    TRY_ASSIGN(const over_time::Coverage coverage, engine.coverage(wanted));
    return json_response(json::vendors_json(coverage));
}

Result<Response> answer_info(const Request& /*request*/, engine::Engine& engine,
                             const ServeSettings& /*settings*/) {
    TRY_ASSIGN(index::IndexOverview overview, engine.overview());
    overview.folder = last_part(overview.folder);
    for (std::string& source : overview.sources) {
        source = last_part(source);
    }
    return json_response(json::info_json(overview));
}

// openapi.json, and the schemas it is made of.
Result<Response> answer_schema(const Request& request, const ServerFacts& /*facts*/,
                               const ServeSettings& /*settings*/) {
    for (const html::EmbeddedFile& file : embedded_schema_files()) {
        if (file.name == request.path.at(0)) {
            return json_response(std::string(file.bytes));
        }
    }
    return fail(ErrorCode::not_found,
                fmt::format("the API has nothing called '{}'", request.path.at(0)),
                "/api/v1/openapi.json lists what there is");
}

}  // namespace smallprint::http
