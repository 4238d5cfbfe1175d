// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/terminal/terminal.h"

#include "common/base/strings.h"
#include "searcher/terminal/page.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cstddef>
#include <cstdlib>
#include <string_view>

namespace smallprint::terminal {
namespace {

constexpr std::size_t k_narrowest = 40;
constexpr std::size_t k_widest = 100;
constexpr std::size_t k_columns_elsewhere = 80;

std::string_view environment(const char* name) {
    const char* value = std::getenv(name);  // NOLINT(concurrency-mt-unsafe): before any thread
    return value == nullptr ? std::string_view() : value;
}

std::size_t positive_number(std::string_view text, std::size_t otherwise) {
    const std::size_t number = parse_number<std::size_t>(text).value_or(0);
    return number > 0 ? number : otherwise;
}

}  // namespace

Terminal look_at_terminal() {
    Terminal terminal;
    terminal.is_terminal = ::isatty(STDOUT_FILENO) == 1;
    if (!terminal.is_terminal) {
        return terminal;
    }
    winsize size = {};
    const bool told = ::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0;
    terminal.columns = told && size.ws_col > 0
                           ? size.ws_col
                           : positive_number(environment("COLUMNS"), k_columns_elsewhere);
    terminal.rows = told && size.ws_row > 0 ? size.ws_row
                                            : positive_number(environment("LINES"), terminal.rows);
    const std::string_view kind = environment("TERM");
    terminal.knows_colours = environment("NO_COLOR").empty() && !kind.empty() && kind != "dumb";
    return terminal;
}

Layout layout_for(const Terminal& terminal, ColourChoice choice) {
    const bool colours =
        choice == ColourChoice::always ||
        (choice == ColourChoice::automatic && terminal.is_terminal && terminal.knows_colours);
    return {.width = terminal.is_terminal ? std::clamp(terminal.columns, k_narrowest, k_widest)
                                          : k_columns_elsewhere,
            .colour = colours ? Colour::on : Colour::off};
}

}  // namespace smallprint::terminal
