// SPDX-License-Identifier: GPL-2.0-or-later
#include "common/base/error.h"
#include "common/base/result.h"
#include "searcher/engine/engine.h"
#include "searcher/html/pages.h"
#include "searcher/html/site.h"
#include "searcher/html/web/web_files.h"
#include "searcher/http/etag.h"
#include "searcher/http/handlers/pages.h"
#include "searcher/http/problem.h"
#include "searcher/http/request.h"
#include "searcher/http/response.h"
#include "searcher/http/router.h"
#include "searcher/http/settings.h"
#include "searcher/index/clause_view.h"

#include <algorithm>
#include <cstddef>
#include <deque>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>

namespace smallprint::http {
namespace {

constexpr std::string_view k_html_type = "text/html; charset=utf-8";
constexpr int k_see_other = 303;
constexpr int k_not_found = 404;

using FactsPointer = std::shared_ptr<const html::ArchiveFacts>;

// Facts of the newest two generations, shared by all workers, since making them reads the record of
// every policy. Two, since the old one is still asked for while a new one is taken up.
class KnownArchives {
public:
    Result<FactsPointer> of(engine::Engine& engine) {
        const std::lock_guard lock(m_mutex);
        const std::string generation = engine.generation();
        for (const auto& [name, facts] : m_newest_first) {
            if (name == generation) {
                return facts;
            }
        }
        TRY_ASSIGN(const index::IndexOverview overview, engine.overview());
        auto facts = std::make_shared<const html::ArchiveFacts>(html::archive_facts(overview));
        m_newest_first.emplace_front(generation, facts);
        m_newest_first.resize(std::min<std::size_t>(m_newest_first.size(), 2));
        return facts;
    }

private:
    std::mutex m_mutex;
    std::deque<std::pair<std::string, FactsPointer>> m_newest_first;
};

KnownArchives& known_archives() {
    static KnownArchives known;
    return known;
}

Result<std::shared_ptr<const html::WebFiles>> files_for(const ServeSettings& settings) {
    if (settings.web_folder.empty()) {
        return std::shared_ptr<const html::WebFiles>(&html::WebFiles::built_in(),
                                                     [](const html::WebFiles*) {});
    }
    TRY_ASSIGN(html::WebFiles files, html::WebFiles::from_folder(settings.web_folder));
    return std::make_shared<const html::WebFiles>(std::move(files));
}

}  // namespace

Result<PageContext> PageContext::of(engine::Engine& engine, const ServeSettings& settings) {
    TRY_ASSIGN(auto files, files_for(settings));
    TRY_ASSIGN(auto archive, known_archives().of(engine));
    return PageContext(std::move(files), std::move(archive));
}

void prepare_pages(engine::Engine& engine) {
    // An error is not lost: the first request for a page meets it again.
    [[maybe_unused]] const auto facts = known_archives().of(engine);
}

Response html_response(std::string body) {
    return {.content_type = std::string(k_html_type), .body = std::move(body)};
}

Response see_other(const std::string& url) {
    return {.status = k_see_other,
            .content_type = std::string(k_text_type),
            .body = url + "\n",
            .fields = {{"Location", url}}};
}

Response page_problem(const Problem& problem) {
    static const html::ArchiveFacts unknown;
    const bool is_for_programs = problem.hint.starts_with('/');
    const Error error{problem.status == k_not_found ? ErrorCode::not_found : ErrorCode::usage,
                      problem.message, is_for_programs ? "" : problem.hint, problem.position};
    Response response =
        html_response(html::error_page(error, {html::WebFiles::built_in(), unknown}));
    response.status = problem.status;
    response.fields = problem.fields;
    return response;
}

Result<Response> answer_asset(const Request& request, const ServerFacts& /*facts*/,
                              const ServeSettings& settings) {
    const std::string& hash = request.path[0];
    TRY_ASSIGN(std::shared_ptr<const html::WebFiles> files, files_for(settings));
    if (files->hash() != hash) {
        files = std::shared_ptr<const html::WebFiles>(&html::WebFiles::built_in(),
                                                      [](const html::WebFiles*) {});
    }
    const html::WebFile* file = files->hash() == hash ? files->find(request.path[1]) : nullptr;
    if (file == nullptr || file->type.empty()) {
        return problem_response(problem_of(Refusal::no_such_address));
    }
    return Response{.content_type = file->type,
                    .body = file->bytes,
                    .fields = {{"ETag", strong_etag(file->bytes)}}};
}

Result<Response> answer_opensearch(const Request& request, const ServerFacts& /*facts*/,
                                   const ServeSettings& /*settings*/) {
    return Response{.content_type = "application/opensearchdescription+xml",
                    .body = html::opensearch_xml(request.origin)};
}

}  // namespace smallprint::http
