// SPDX-License-Identifier: GPL-2.0-or-later
#include "common/model/listing.h"

#include "common/base/error.h"

namespace smallprint {

SkipKind skip_kind(const Error& error) {
    return error.code == ErrorCode::limit ? SkipKind::limit : SkipKind::unreadable;
}

}  // namespace smallprint
