// SPDX-License-Identifier: GPL-2.0-or-later
//
// Whatever a client sends is refused with a reason or is a request that asks the same however it is
// written. The first line is METHOD TARGET, the others are fields.
#include "common/base/error.h"
#include "common/base/result.h"
#include "common/base/strings.h"
#include "searcher/http/client_address.h"
#include "searcher/http/page_routes.h"
#include "searcher/http/parameters.h"
#include "searcher/http/request.h"
#include "searcher/http/response.h"
#include "searcher/http/response_cache.h"
#include "searcher/http/router.h"
#include "searcher/http/search_parameters.h"
#include "searcher/http/server/wire.h"
#include "searcher/http/service.h"
#include "searcher/http/settings.h"
#include "searcher/http/target.h"
#include "tests/fuzz/fuzz_target.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <variant>

namespace {

using namespace smallprint;

http::RawRequest request_in(std::string_view text) {
    std::string_view line = cut_until(text, '\n');
    http::RawRequest raw{.method = std::string(cut_until(line, ' ')),
                         .target = std::string(line),
                         .fields = {},
                         .peer = "127.0.0.1"};
    while (!text.empty()) {
        std::string_view field = cut_until(text, '\n');
        const std::string_view name = cut_until(field, ':');
        raw.fields.push_back({std::string(name), std::string(field)});
    }
    return raw;
}

// What is sent back is one header: nothing of the request begins a line of its own.
void check_answer(const http::Response& response) {
    complain(response.status >= 200 && response.status < 500 ? "" : "the server is at fault");
    const std::string head = http::head_of(response, {.length = response.body.size()}, {});
    std::string_view rest = head;
    while (!rest.empty()) {
        std::string_view line = cut_until(rest, '\n');
        complain(line.ends_with('\r') ? "" : "a line of the header ends without CR");
        line.remove_suffix(1);
        const bool is_clean = std::ranges::none_of(line, [](char c) { return c >= 0 && c < ' '; });
        complain(is_clean ? "" : "the header has control characters");
    }
}

void check_canonical(const http::Exchange& exchange) {
    const std::string canonical = exchange.request.parameters.canonical();
    const auto target = http::parse_target("/?" + canonical);
    complain(target ? "" : "the canonical request cannot be read");
    const auto again = http::Parameters::read(exchange.route->parameters, target->query);
    complain(again && again->canonical() == canonical ? "" : "the canonical request is another");
}

template <typename Request> void check_mistake(const Result<Request>& request) {
    using enum ErrorCode;
    const bool is_mistake =
        !request && (request.error().code == usage || request.error().code == query ||
                     request.error().code == limit);
    complain(request || is_mistake ? "" : "a mistake of the client is told as another");
}

}  // namespace

FUZZ_TARGET(text) {
    static const http::ServeSettings settings;
    static http::Service service(settings, http::served_routes());
    http::RawRequest raw = request_in(text);
    const std::string client =
        http::client_of(raw, settings.trusted_proxies, http::SocketPeer::unknown);
    auto received = service.receive(
        raw, client, {.ready = true, .generation = "gen-000001", .metrics = [] { return ""; }});
    if (const auto* response = std::get_if<http::SharedResponse>(&received)) {
        check_answer(**response);
        return;
    }
    const auto& exchange = std::get<http::Exchange>(received);
    check_canonical(exchange);
    check_mistake(http::search_request(exchange.request.parameters));
    check_mistake(http::trend_request(exchange.request.parameters));
}
