// SPDX-License-Identifier: GPL-2.0-or-later
#include "common/base/error.h"
#include "common/base/result.h"
#include "common/model/date.h"
#include "indexer/catalog/moves.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

using namespace smallprint;

namespace {

using Chains = std::vector<std::vector<std::string>>;

catalog::PageSpan page(std::string key, std::string_view first, std::string_view last) {
    return {std::move(key), parse_timestamp(first).value_or(CaptureTime{}),
            parse_timestamp(last).value_or(CaptureTime{})};
}

// The keys of the chains, where pages are as alike as `alike` says by their keys, others not.
Chains chain(std::vector<catalog::PageSpan> pages,
             const std::map<std::pair<std::string, std::string>, double>& alike) {
    Chains found;
    for (int order = 0; order < 2; ++order) {
        const auto chains = catalog::chain_pages(
            pages, [&](std::size_t earlier, std::size_t later) -> Result<double> {
                const auto known = alike.find({pages[earlier].key, pages[later].key});
                return known == alike.end() ? 0 : known->second;
            });
        REQUIRE(chains);
        Chains keys;
        for (const std::vector<std::size_t>& chain : *chains) {
            std::vector<std::string>& list = keys.emplace_back();
            for (const std::size_t number : chain) {
                list.push_back(pages[number].key);
            }
        }
        std::ranges::sort(keys);
        CHECK((order == 0 || found == keys));
        found = std::move(keys);
        std::ranges::reverse(pages);
    }
    return found;
}

std::string words(int first, int last) {
    std::string text;
    for (int i = first; i < last; ++i) {
        text += "word" + std::to_string(i) + " ";
    }
    return text;
}

double resemblance(const std::vector<std::string>& a, const std::vector<std::string>& b) {
    return catalog::measure_resemblance(catalog::sketch_text(a), catalog::sketch_text(b));
}

}  // namespace

TEST_CASE("a page that begins when another has ended, with its words, succeeds it") {
    const auto old_page = page("old", "20180101", "20190101");
    CHECK(chain({old_page, page("new", "20200101", "20210101")}, {{{"old", "new"}, 0.7}}) ==
          Chains{{"old", "new"}});
    CHECK(chain({old_page, page("new", "20200101", "20210101")}, {{{"old", "new"}, 0.69}}) ==
          Chains{{"new"}, {"old"}});
    CHECK(chain({old_page, page("new", "20180601", "20210101")}, {{{"old", "new"}, 1}}) ==
          Chains{{"new"}, {"old"}});
    CHECK(
        chain({old_page, page("mid", "20190201", "20190401"), page("new", "20200101", "20200101")},
              {{{"old", "mid"}, 1}, {{"mid", "new"}, 1}, {{"old", "new"}, 1}}) ==
        Chains{{"old", "mid", "new"}});
}

TEST_CASE("pages that one crawl may have seen side by side did not move") {
    const auto seen_once = page("us", "20200101", "20200101");
    CHECK(chain({seen_once, page("eu", "20200110", "20200110")}, {{{"us", "eu"}, 1}}) ==
          Chains{{"eu"}, {"us"}});
    CHECK(chain({seen_once, page("eu", "20200110", "20200601")}, {{{"us", "eu"}, 1}}) ==
          Chains{{"eu"}, {"us"}});
    CHECK(chain({page("us", "20190101", "20200101"), page("eu", "20200102", "20200103")},
                {{{"us", "eu"}, 1}}) == Chains{{"eu"}, {"us"}});
    CHECK(chain({page("us", "20190101", "20200101"), page("eu", "20200102", "20200201")},
                {{{"us", "eu"}, 1}}) == Chains{{"us", "eu"}});
}

TEST_CASE("of several pages the most alike is succeeded, then the newest, and none by two") {
    const auto one = page("one", "20100101", "20150101");
    const auto two = page("two", "20100101", "20160101");
    const auto next = page("next", "20170101", "20180101");
    CHECK(chain({one, two, next}, {{{"one", "next"}, 0.9}, {{"two", "next"}, 0.8}}) ==
          Chains{{"one", "next"}, {"two"}});
    CHECK(chain({one, two, next}, {{{"one", "next"}, 0.9}, {{"two", "next"}, 0.9}}) ==
          Chains{{"one"}, {"two", "next"}});
    CHECK(chain({one, next, page("other", "20170601", "20190101")},
                {{{"one", "next"}, 0.9}, {{"one", "other"}, 1}}) ==
          Chains{{"one", "next"}, {"other"}});
}

TEST_CASE("what cannot be compared is an error") {
    const auto failed = catalog::chain_pages(
        {page("old", "20180101", "20190101"), page("new", "20200101", "20210101")},
        [](std::size_t, std::size_t) -> Result<double> {
            return fail(ErrorCode::damaged, "no such text");
        });
    CHECK_FALSE(failed);
}

TEST_CASE("texts resemble each other by the stretches of words that they share") {
    CHECK(resemblance({}, {}) == 0);
    CHECK(resemblance({"", "=="}, {"=="}) == 0);
    CHECK(resemblance({"We sell data."}, {"We sell data."}) == 1);
    CHECK(resemblance({"We sell data."}, {"WE SELL", "data"}) == 1);  // however it is laid out
    CHECK(resemblance({"We sell data."}, {"We keep data."}) == 0);
    CHECK(resemblance({words(0, 103)}, {words(0, 53)}) == doctest::Approx(0.5));
    CHECK(resemblance({words(0, 103)}, {words(100, 203)}) == 0);
    // Of long texts a sample is compared.
    CHECK(resemblance({words(0, 20'000)}, {words(5'000, 25'000)}) ==
          doctest::Approx(0.6).epsilon(0.1));
    CHECK(resemblance({words(0, 20'000)}, {words(0, 20'000)}) == 1);
}
