// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "searcher/html/web/web_data.h"

#include <span>

namespace smallprint::http {

// openapi.json and the schemas of answers, as they stand in schemas/.
std::span<const html::EmbeddedFile> embedded_schema_files();

}  // namespace smallprint::http
