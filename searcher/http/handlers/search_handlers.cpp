// SPDX-License-Identifier: GPL-2.0-or-later
#include "common/base/result.h"
#include "searcher/engine/engine.h"
#include "searcher/engine/results.h"
#include "searcher/http/handlers/handlers.h"
#include "searcher/http/request.h"
#include "searcher/http/response.h"
#include "searcher/http/search_parameters.h"
#include "searcher/http/settings.h"
#include "searcher/present/json.h"

namespace smallprint {

Result<Response> answer_search(const Request& request, Engine& engine,
                               const ServeSettings& /*settings*/) {
    TRY_ASSIGN(const SearchRequest wanted, search_request(request.parameters));
    TRY_ASSIGN(const SearchResults results, engine.search(wanted));
    return json_response(search_json(results, wanted));
}

}  // namespace smallprint
