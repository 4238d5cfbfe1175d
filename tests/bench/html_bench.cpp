// SPDX-License-Identifier: GPL-2.0-or-later
//
// Splits web pages and says how well their main text was told from what stands beside it, and how
// fast. Not a test: nothing fails by being slow.
//
//   html_bench [--verbose] PAGES PASSAGES   PAGES is a folder with NAME.html; PASSAGES a file with
//   a
//                                           line of JSON {"policy": NAME, "text": ...} a passage
//   html_bench PAGES                        speed only; all files in the folder and below
//
// Recall and precision of a page: its found text is that of the pieces of kinds title, heading and
// clause, the right text that of its passages. Both are taken for multisets of words, as the
// Tokenizer finds them, joined forms left out. What is in both, each word as often as in the one
// that has it less often, is divided by the number of right words for recall, and by that of found
// words for precision. The figures printed are means over the pages.
#include "common/model/section.h"
#include "common/text/tokenizer.h"
#include "indexer/archive/charset.h"
#include "indexer/split/splitter.h"

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <cstdio>
#include <ctime>
#include <exception>
#include <filesystem>
#include <fstream>
#include <functional>
#include <ios>
#include <iterator>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace smallprint {
namespace {

namespace fs = std::filesystem;
using Bag = std::map<std::string, std::size_t, std::less<>>;

constexpr int k_rounds = 5;
constexpr std::size_t k_words_shown = 400;

struct Score {
    std::string name;
    double recall = 0;
    double precision = 0;
};

enum class Detail { figures, words };

std::string read(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

std::vector<std::string> words_of(std::string_view text) {
    text::Tokenizer tokenizer;
    std::vector<std::string> words;
    for (const text::Token& token : tokenizer.tokenize(text)) {
        if (token.width == 1) {
            words.emplace_back(token.word);
        }
    }
    return words;
}

void add_words(Bag& bag, std::string_view text) {
    for (const std::string& word : words_of(text)) {
        ++bag[word];
    }
}

std::map<std::string, Bag> read_passages(const fs::path& path) {
    std::map<std::string, Bag> passages;
    std::ifstream file(path);
    for (std::string line; std::getline(file, line);) {
        const boost::json::value passage = boost::json::parse(line);
        const std::string policy(passage.at("policy").as_string());
        add_words(passages[policy], passage.at("text").as_string());
    }
    return passages;
}

std::size_t size_of(const Bag& bag) {
    std::size_t size = 0;
    for (const auto& [word, times] : bag) {
        size += times;
    }
    return size;
}

std::size_t common_words(const Bag& a, const Bag& b) {
    std::size_t common = 0;
    for (const auto& [word, times] : a) {
        const auto other = b.find(word);
        common += other == b.end() ? 0 : std::min(times, other->second);
    }
    return common;
}

std::string missing_words(const Bag& from, const Bag& in) {
    std::string shown;
    for (const auto& [word, times] : from) {
        const auto other = in.find(word);
        const std::size_t there = other == in.end() ? 0 : other->second;
        if (times > there && shown.size() < k_words_shown) {
            shown += fmt::format(" {}{}", word,
                                 times - there > 1 ? fmt::format("*{}", times - there) : "");
        }
    }
    return shown;
}

Score score_page(const fs::path& page, const Bag& right, Detail detail) {
    Bag found;
    const std::string text = archive::decode_text(read(page), "").text;
    for (const Piece& piece : split::Splitter().split_html(text)) {
        if (piece.kind != PieceKind::boilerplate) {
            add_words(found, piece.text);
        }
    }
    const auto common = static_cast<double>(common_words(right, found));
    const Score score{page.stem().string(),
                      common / static_cast<double>(std::max<std::size_t>(1, size_of(right))),
                      common / static_cast<double>(std::max<std::size_t>(1, size_of(found)))};
    if (detail == Detail::words) {
        fmt::print("{}: recall {:.3f} precision {:.3f}\n  lost:{}\n  added:{}\n", score.name,
                   score.recall, score.precision, missing_words(right, found),
                   missing_words(found, right));
    }
    return score;
}

void measure_text(const fs::path& folder, const fs::path& passages, Detail detail) {
    std::vector<Score> scores;
    for (const auto& [policy, right] : read_passages(passages)) {
        const fs::path page = folder / (policy + ".html");
        if (fs::exists(page)) {
            scores.push_back(score_page(page, right, detail));
        }
    }
    Score mean;
    std::ranges::sort(scores, {},
                      [](const Score& score) { return score.recall * score.precision; });
    fmt::print("| page, the worst first | recall | precision |\n|---|---|---|\n");
    for (const Score& score : scores) {
        fmt::print("| {} | {:.3f} | {:.3f} |\n", score.name, score.recall, score.precision);
        mean.recall += score.recall / static_cast<double>(scores.size());
        mean.precision += score.precision / static_cast<double>(scores.size());
    }
    fmt::print("| *mean of {}* | {:.3f} | {:.3f} |\n\n", scores.size(), mean.recall,
               mean.precision);
}

void measure_speed(const fs::path& folder) {
    std::vector<std::string> pages;
    std::size_t bytes = 0;
    for (const fs::directory_entry& entry : fs::recursive_directory_iterator(folder)) {
        if (entry.is_regular_file() && entry.path().extension() != ".pdf") {
            pages.push_back(archive::decode_text(read(entry.path()), "").text);
            bytes += pages.back().size();
        }
    }
    double fastest = 1e9;
    std::size_t pieces = 0;
    for (int round = 0; round < k_rounds; ++round) {
        pieces = 0;
        const std::clock_t start = std::clock();
        for (const std::string& page : pages) {
            pieces += split::Splitter().split_html(page).size();
        }
        fastest = std::min(fastest, static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC);
    }
    const double megabytes = static_cast<double>(bytes) / 1e6;
    fmt::print("| pages | {} |\n|---|---|\n| bytes | {:.2f} MB |\n| pieces | {} |\n"
               "| a second of processor time, best of {} rounds | {:.1f} MB |\n",
               pages.size(), megabytes, pieces, k_rounds, megabytes / fastest);
}

int run(std::span<const std::string> arguments) {
    const bool verbose = !arguments.empty() && arguments[0] == "--verbose";
    const std::span<const std::string> paths = arguments.subspan(verbose ? 1 : 0);
    if (paths.empty() || paths.size() > 2) {
        fmt::print(stderr, "usage: html_bench [--verbose] PAGES [PASSAGES]\n");
        return 2;
    }
    if (paths.size() == 2) {
        measure_text(paths[0], paths[1], verbose ? Detail::words : Detail::figures);
    }
    measure_speed(paths[0]);
    return 0;
}

}  // namespace
}  // namespace smallprint

int main(int argc, char** argv) {
    try {
        const std::vector<std::string> arguments(argv + 1, argv + argc);
        return smallprint::run(arguments);
    } catch (const std::exception& error) {
        fmt::print(stderr, "html_bench: {}\n", error.what());
        return 2;
    }
}
