// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/text/bars.h"

#include "searcher/text/styled_text.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <string>
#include <string_view>

namespace smallprint {
namespace {

constexpr std::size_t k_eighths = 8;
constexpr std::array<std::string_view, k_eighths> k_upright = {"▁", "▂", "▃", "▄",
                                                               "▅", "▆", "▇", "█"};
constexpr std::array<std::string_view, k_eighths> k_level = {"▏", "▎", "▍", "▌",
                                                             "▋", "▊", "▉", "█"};

// Rounded up, so that little is not nothing.
std::size_t strokes(double part, std::size_t most) {
    const double held = std::clamp(part, 0.0, 1.0);
    // A hair less, since a part is a quotient: 3 / 6 of 8 are 4, not 5.
    constexpr double hair = 1e-9;
    return static_cast<std::size_t>(
        std::ceil(std::max(0.0, held * static_cast<double>(most) - hair)));
}

}  // namespace

std::string repeated(std::string_view stroke, std::size_t times) {
    std::string line;
    for (std::size_t i = 0; i < times; ++i) {
        line += stroke;
    }
    return line;
}

std::string padded(std::string text, std::size_t width) {
    const std::size_t taken = width_of({{Style::plain, text}});
    return text.append(width - std::min(width, taken), ' ');
}

std::string upright_bar(double part) {
    const std::size_t height = strokes(part, k_eighths);
    return height == 0 ? " " : std::string(k_upright[height - 1]);
}

std::string level_bar(double part, std::size_t width) {
    const std::size_t eighths = strokes(part, width * k_eighths);
    std::string bar = repeated(k_level.back(), eighths / k_eighths);
    if (eighths % k_eighths > 0) {
        bar += k_level[eighths % k_eighths - 1];
    }
    return bar;
}

}  // namespace smallprint
