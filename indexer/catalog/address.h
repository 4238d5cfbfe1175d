// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/model/snapshot.h"

#include <string>
#include <string_view>

namespace smallprint {

// The address of a page says something of the policy on it.

// The site a host belongs to, which somebody can register: "shop.abc.co.uk" -> "abc.co.uk", by the
// Public Suffix List (https://publicsuffix.org) that libpsl has built in. The host itself where it
// is an IP address or not below a public suffix.
std::string registrable_domain(std::string_view host);

// Tells which document a page is, by words of its path: "/legal/privacy.html" -> "Privacy Policy".
// Empty if it does not say.
std::string terms_type_of_page(std::string_view url);

// Host and path of a page, without what changes while the page stays the same: scheme, "www.", a
// slash or "index.html" at the end, a fragment.
std::string normalize_page(std::string_view url);

// Fills in vendor and terms type from the address of the page, as far as they are unknown.
void complete_from_address(SnapshotFacts& facts);

}  // namespace smallprint
