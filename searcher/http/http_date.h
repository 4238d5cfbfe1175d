// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/model/date.h"

#include <string>

namespace smallprint::http {

// "Sun, 06 Nov 1994 08:49:37 GMT" (IMF-fixdate of RFC 9110, 5.6.7).
std::string http_date(CaptureTime time);

}  // namespace smallprint::http
