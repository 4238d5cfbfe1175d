// SPDX-License-Identifier: GPL-2.0-or-later
#include "common/model/section.h"
#include "indexer/split/splitter.h"
#include "tests/support/piece_checks.h"  // IWYU pragma: keep, for ==

#include <doctest/doctest.h>

#include <array>
#include <string>
#include <thread>
#include <vector>

namespace smallprint {

TEST_CASE("several threads split pages at once") {
    const std::string page =
        "<h1>Privacy</h1><p>We keep <b>data</b> &amp; more.</p><table><tr><th>a<th>b";
    const std::vector<Piece> expected = split::Splitter().split_html(page);
    std::array<int, 4> wrong{};
    std::vector<std::thread> threads;
    threads.reserve(wrong.size());
    for (int& count : wrong) {
        threads.emplace_back([&count, &page, &expected] {
            split::Splitter splitter;
            for (int round = 0; round < 200; ++round) {
                count += splitter.split_html(page) == expected ? 0 : 1;
            }
        });
    }
    for (std::thread& thread : threads) {
        thread.join();
    }
    CHECK(wrong == std::array<int, 4>{});
}

}  // namespace smallprint
