// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "searcher/http/router.h"

#include <span>

namespace smallprint::http {

// The addresses of the web page, for people and their browsers. Those of the API are in routes.h.
std::span<const Route> page_routes();

// Both.
std::span<const Route> served_routes();

}  // namespace smallprint::http
