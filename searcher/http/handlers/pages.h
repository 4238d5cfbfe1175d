// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/base/result.h"
#include "searcher/engine/engine.h"
#include "searcher/http/parameters.h"
#include "searcher/http/problem.h"
#include "searcher/http/request.h"
#include "searcher/http/response.h"
#include "searcher/http/router.h"
#include "searcher/http/settings.h"
#include "searcher/present/html_site.h"
#include "searcher/web/web_files.h"

#include <memory>
#include <span>
#include <string>

namespace smallprint {

// The web page: what routes.cpp names with the addresses that people see.

std::span<const ParameterRow> search_page_parameters();
std::span<const ParameterRow> feed_parameters();
std::span<const ParameterRow> policy_page_parameters();
std::span<const ParameterRow> diff_page_parameters();
std::span<const ParameterRow> trend_page_parameters();

// search_pages.cpp
Result<Response> answer_search_page(const Request& request, Engine& engine,
                                    const ServeSettings& settings);
Result<Response> answer_feed(const Request& request, Engine& engine, const ServeSettings& settings);

// policy_pages.cpp
Result<Response> answer_clause_page(const Request& request, Engine& engine,
                                    const ServeSettings& settings);
Result<Response> answer_policy_page(const Request& request, Engine& engine,
                                    const ServeSettings& settings);
Result<Response> answer_diff_page(const Request& request, Engine& engine,
                                  const ServeSettings& settings);
Result<Response> answer_vendor_page(const Request& request, Engine& engine,
                                    const ServeSettings& settings);

// archive_pages.cpp
Result<Response> answer_trend_page(const Request& request, Engine& engine,
                                   const ServeSettings& settings);
Result<Response> answer_vendors_page(const Request& request, Engine& engine,
                                     const ServeSettings& settings);
Result<Response> answer_about_page(const Request& request, Engine& engine,
                                   const ServeSettings& settings);

// page_context.cpp: what they have in common.

// What a page is made with; holds what its Site refers to.
class PageContext {
public:
    static Result<PageContext> of(Engine& engine, const ServeSettings& settings);

    Site site() const { return {*m_files, *m_archive}; }

private:
    PageContext(std::shared_ptr<const WebFiles> files, std::shared_ptr<const ArchiveFacts> archive)
        : m_files(std::move(files)), m_archive(std::move(archive)) {}

    std::shared_ptr<const WebFiles> m_files;
    std::shared_ptr<const ArchiveFacts> m_archive;
};

// Makes ready what pages of a generation have in common, so that no request has to wait for it.
void prepare_pages(Engine& engine);

Response html_response(std::string body);

// Leads on to another page of ours.
Response see_other(const std::string& url);

// An error as a page.
Response page_problem(const Problem& problem);

Result<Response> answer_asset(const Request& request, const ServerFacts& facts,
                              const ServeSettings& settings);
Result<Response> answer_opensearch(const Request& request, const ServerFacts& facts,
                                   const ServeSettings& settings);

}  // namespace smallprint
