// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/base/result.h"
#include "searcher/cli/option_values.h"
#include "searcher/cli/options.h"
#include "searcher/http/settings.h"

#include <string_view>

namespace smallprint {

struct ServeOptions {
    CommonOptions common;
    ServeSettings settings;
};

// A mistake is ErrorCode::usage and names the option.
Result<ServeOptions> parse_serve_options(const Arguments& arguments);

// "127.0.0.1:8080", "[::1]:0", "8080" (of this machine alone) or "unix:/path".
Result<ListenAddress> parse_listen_address(std::string_view text);

}  // namespace smallprint
