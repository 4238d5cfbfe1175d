// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/catalog/address.h"

#include "common/base/strings.h"
#include "common/model/snapshot.h"
#include "common/model/wayback_url.h"

#include <libpsl.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

namespace smallprint {
namespace {

struct PageWord {
    std::string_view word;
    std::string_view type;
};

// The first that stands in the path counts: "privacy-and-cookies" is a privacy policy.
constexpr std::array k_page_words = {
    PageWord{"privacy", "Privacy Policy"},         PageWord{"datenschutz", "Privacy Policy"},
    PageWord{"confidentialite", "Privacy Policy"}, PageWord{"privacidad", "Privacy Policy"},
    PageWord{"data-policy", "Privacy Policy"},     PageWord{"cookie", "Cookie Policy"},
    PageWord{"terms", "Terms of Service"},         PageWord{"/tos", "Terms of Service"},
    PageWord{"conditions", "Terms of Service"},    PageWord{"/eula", "Terms of Service"},
    PageWord{"/agb", "Terms of Service"},
};

// Returns what stands behind the host; nothing if there is no host.
std::string_view behind_host(std::string_view url) {
    const std::size_t scheme = url.find("://");
    const std::string_view rest = scheme == url.npos ? url : url.substr(scheme + 3);
    const std::size_t path = rest.find_first_of("/?#");
    return path == rest.npos ? std::string_view() : rest.substr(path);
}

bool is_ip_address(std::string_view host) {
    return host.find(':') != host.npos ||
           std::ranges::all_of(host, [](char c) { return is_digit(c) || c == '.'; });
}

}  // namespace

std::string registrable_domain(std::string_view host) {
    std::string name(host);
    if (name.empty() || is_ip_address(name)) {
        return name;
    }
    const char* site = psl_registrable_domain(psl_builtin(), name.c_str());
    return site == nullptr ? name : std::string(site);
}

std::string terms_type_of_page(std::string_view url) {
    const std::string path = lower_ascii(behind_host(url));
    const auto* const found = std::ranges::find_if(
        k_page_words, [&](const PageWord& row) { return path.find(row.word) != path.npos; });
    return found == k_page_words.end() ? std::string() : std::string(found->type);
}

std::string normalize_page(std::string_view url) {
    std::string host = host_of(url);
    if (host.starts_with("www.")) {
        host.erase(0, 4);
    }
    std::string_view path = behind_host(url);
    path = path.substr(0, path.find('#'));
    for (const std::string_view ending : {"/index.html", "/index.htm", "/index.php", "/"}) {
        path.remove_suffix(path.ends_with(ending) ? ending.size() : 0);
    }
    return std::move(host) + std::string(path);
}

void complete_from_address(SnapshotFacts& facts) {
    if (facts.source_url.empty()) {
        return;
    }
    if (facts.vendor.empty()) {
        facts.vendor = registrable_domain(host_of(facts.source_url));
        facts.vendor_source = facts.vendor.empty() ? VendorSource::unknown : VendorSource::address;
    }
    if (facts.terms_type.empty()) {
        facts.terms_type = terms_type_of_page(facts.source_url);
    }
}

}  // namespace smallprint
