// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/http/page_routes.h"

#include "searcher/http/handlers/pages.h"
#include "searcher/http/parameters.h"
#include "searcher/http/response.h"
#include "searcher/http/router.h"
#include "searcher/http/routes.h"
#include "searcher/http/search_parameters.h"

#include <array>
#include <span>
#include <string_view>
#include <vector>

namespace smallprint::http {
namespace {

Route page(std::string_view name, std::string_view pattern,
           std::span<const ParameterRow> parameters, HandlerFunction* handler) {
    return {.name = name,
            .pattern = pattern,
            .parameters = parameters,
            .caching = Caching::revalidate,
            .handler = handler,
            .tell = page_problem};
}

Route feed() {
    Route route = page("feed", "/feed.atom", search_page_parameters(), answer_feed);
    route.addresses = Addresses::absolute;
    return route;
}

}  // namespace

std::span<const Route> page_routes() {
    static const std::array routes = {
        page("search_page", "/", search_page_parameters(), answer_search_page),
        page("clause_page", "/clause/{id}", {}, answer_clause_page),
        page("policy_page", "/policy/{vendor}", policy_page_parameters(), answer_policy_page),
        page("diff_page", "/diff/{vendor}", diff_page_parameters(), answer_diff_page),
        page("vendor_page", "/vendor/{vendor}", {}, answer_vendor_page),
        page("vendors_page", "/vendors", {}, answer_vendors_page),
        page("trend_page", "/trend", trend_page_parameters(), answer_trend_page),
        page("about_page", "/about", {}, answer_about_page),
        feed(),
        Route{.name = "asset",
              .pattern = "/assets/{hash}/{name}",
              .caching = Caching::immutable,
              .plain = answer_asset},
        Route{.name = "opensearch",
              .pattern = "/opensearch.xml",
              .plain = answer_opensearch,
              .addresses = Addresses::absolute},
    };
    return routes;
}

std::span<const Route> served_routes() {
    static const std::vector<Route> routes = [] {
        std::vector<Route> both(all_routes().begin(), all_routes().end());
        both.insert(both.end(), page_routes().begin(), page_routes().end());
        return both;
    }();
    return routes;
}

}  // namespace smallprint::http
