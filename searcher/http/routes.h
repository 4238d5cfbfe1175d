// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "searcher/http/router.h"

#include <span>

namespace smallprint::http {

// Every address there is. schemas/openapi.yaml describes the same, which a test holds.
std::span<const Route> all_routes();

}  // namespace smallprint::http
