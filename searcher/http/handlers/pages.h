// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/base/result.h"
#include "searcher/engine/engine.h"
#include "searcher/html/site.h"
#include "searcher/html/web/web_files.h"
#include "searcher/http/parameters.h"
#include "searcher/http/problem.h"
#include "searcher/http/request.h"
#include "searcher/http/response.h"
#include "searcher/http/router.h"
#include "searcher/http/settings.h"

#include <memory>
#include <span>
#include <string>

namespace smallprint::http {

// The web page: what routes.cpp names with the addresses that people see.

// page_parameters.cpp; those of searches and trends are in search_parameters.h
std::span<const ParameterRow> policy_page_parameters();
std::span<const ParameterRow> diff_page_parameters();

// search_pages.cpp
HandlerFunction answer_search_page;
HandlerFunction answer_feed;

// policy_pages.cpp
HandlerFunction answer_clause_page;
HandlerFunction answer_policy_page;
HandlerFunction answer_diff_page;
HandlerFunction answer_vendor_page;

// archive_pages.cpp
HandlerFunction answer_trend_page;
HandlerFunction answer_vendors_page;
HandlerFunction answer_about_page;

// page_context.cpp, and what they have in common
PlainHandlerFunction answer_asset;
PlainHandlerFunction answer_opensearch;

// Owns the files and facts that a page is made with, and that its Site refers to.
class PageContext {
public:
    static Result<PageContext> of(engine::Engine& engine, const ServeSettings& settings);

    html::Site site() const { return {*m_files, *m_archive}; }

private:
    PageContext(std::shared_ptr<const html::WebFiles> files,
                std::shared_ptr<const html::ArchiveFacts> archive)
        : m_files(std::move(files)), m_archive(std::move(archive)) {}

    std::shared_ptr<const html::WebFiles> m_files;
    std::shared_ptr<const html::ArchiveFacts> m_archive;
};

// Makes ready what pages of a generation have in common, so that no request has to wait for it.
void prepare_pages(engine::Engine& engine);

Response html_response(std::string body);

// Leads on to another page of ours.
Response see_other(const std::string& url);

// An error as a page.
Response page_problem(const Problem& problem);

}  // namespace smallprint::http
