// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/model/snapshot.h"

#include <string>
#include <string_view>

namespace smallprint::catalog {

// Facts of a snapshot that its archive does not state.

// Finds out for whom a policy's text says it speaks: a name that the text puts before "Privacy
// Policy" or a legal form ("IC Manage, Inc.'s Customer Privacy Policy") near its start and then
// uses again and again, more than any other so put. Empty when no name stands out; a guess that may
// be wrong is worse than none.
std::string vendor_in_text(std::string_view text);

// "terms Of service" -> "Terms of Service", so that archives that write it differently agree.
std::string normalized_terms_type(std::string_view type);

// The language of a text as an ISO 639-1 code ("en"), told by Compact Language Detector 2
// (https://github.com/CLD2Owners/cld2). Empty when the text is too short or too mixed to say. A few
// thousand bytes are enough.
std::string detect_language(std::string_view text);

// The language of a tag (BCP 47), in lower case: "pt-BR" -> "pt".
std::string primary_language(std::string_view tag);

// The address of a page says something of the policy on it.

// One name for each host: its Internationalized Domain Name in the form of the DNS
// ("münchen.example" -> "xn--mnchen-3ya.example"), without closing dot and "www.". What is no valid
// name stays as it is.
std::string normalize_host(std::string_view host);

// A vendor that is called by the name of a host, by one name for it, without port; any other as it
// is.
std::string normalize_vendor(std::string vendor);

// The site a host belongs to, which somebody can register: "shop.abc.co.uk" -> "abc.co.uk", by the
// Public Suffix List. The host itself where it is an IP address or not below a public suffix.
std::string registrable_domain(std::string_view host);

// Tells which document a page is, by words of its path: "/legal/privacy.html" -> "Privacy Policy".
// Empty if it does not say.
std::string terms_type_of_page(std::string_view url);

// Host and path of a page, without what changes while the page stays the same: scheme, port,
// "www.", a slash or "index.html" at the end, a fragment, the numbers of sessions and campaigns
// (";jsessionid=...", "utm_source=...").
std::string normalize_page(std::string_view url);

// Fills in what the address of the page, or of its capture in a web archive, says of page, moment,
// vendor and terms type, as far as they are unknown. A page whose stated address is that of a
// capture is the page that was captured.
void complete_from_address(SnapshotFacts& facts);

}  // namespace smallprint::catalog
