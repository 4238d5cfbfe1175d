// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/catalog/public_suffixes.h"

#include "common/base/owned.h"

#include <libpsl.h>
#include <stdio.h>

#include <cstddef>
#include <string>
#include <string_view>

namespace smallprint::catalog {
namespace {

std::string_view list() {
    return embedded_suffix_lists().front().bytes;
}

// Reads the list once, when it is first asked.
const psl_ctx_t* suffixes() {
    static const Owned<psl_ctx_t, psl_free> loaded([] {
        std::string bytes(list());
        FILE* const file = fmemopen(bytes.data(), bytes.size(), "r");
        psl_ctx_t* const read = file == nullptr ? nullptr : psl_load_fp(file);
        if (file != nullptr) {
            fclose(file);  // NOLINT(cert-err33-c): it only reads
        }
        return own<psl_free>(read);  // without a list, vendors would be others
    }());
    return loaded.get();
}

}  // namespace

std::string_view public_suffix_version() {
    constexpr std::string_view mark = "// VERSION: ";
    const std::size_t at = list().find(mark);
    const std::string_view rest =
        at == std::string_view::npos ? std::string_view() : list().substr(at + mark.size());
    return rest.substr(0, rest.find('\n'));
}

std::string find_site(const std::string& host) {
    const char* site = psl_registrable_domain(suffixes(), host.c_str());
    return site == nullptr ? std::string() : std::string(site);
}

}  // namespace smallprint::catalog
