// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/base/enum_names.h"
#include "searcher/terminal/page.h"

#include <array>
#include <cstddef>

namespace smallprint::terminal {

// The terminal that standard output goes to, if it does.

enum class ColourChoice {
    automatic,  // where a terminal is likely to show them: NO_COLOR and TERM are heard
    always,
    never,
};

constexpr auto enum_names(ColourChoice /*choice*/) {
    return std::array{EnumName{ColourChoice::automatic, "auto"},
                      EnumName{ColourChoice::always, "always"},
                      EnumName{ColourChoice::never, "never"}};
}

struct Terminal {
    bool is_terminal = false;
    std::size_t columns = 80;
    std::size_t rows = 24;
    bool knows_colours = false;
};

// Looks at standard output and the environment.
Terminal look_at_terminal();

// Lines of text are at most 100 columns wide, since longer ones are hard to read.
Layout layout_for(const Terminal& terminal, ColourChoice choice);

}  // namespace smallprint::terminal
