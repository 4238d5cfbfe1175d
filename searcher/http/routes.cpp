// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/http/routes.h"

#include "searcher/http/handlers/handlers.h"
#include "searcher/http/response.h"
#include "searcher/http/router.h"
#include "searcher/http/search_parameters.h"

#include <array>
#include <span>

namespace smallprint {

std::span<const Route> all_routes() {
    static const std::array routes = {
        Route{.name = "search",
              .pattern = "/api/v1/search",
              .parameters = search_parameters(),
              .caching = Caching::revalidate,
              .handler = answer_search},
        Route{.name = "health", .pattern = "/healthz", .plain = answer_health},
        Route{.name = "readiness", .pattern = "/readyz", .plain = answer_readiness},
        Route{.name = "metrics", .pattern = "/metrics", .plain = answer_metrics},
        Route{.name = "robots", .pattern = "/robots.txt", .plain = answer_robots},
    };
    return routes;
}

}  // namespace smallprint
