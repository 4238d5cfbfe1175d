// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/catalog/identity.h"

#include "common/base/strings.h"
#include "common/model/date.h"
#include "common/model/snapshot.h"
#include "common/model/wayback_url.h"
#include "common/text/utf8.h"
#include "indexer/catalog/public_suffixes.h"

#include <unicode/uidna.h>
#include <unicode/utypes.h>

#include <cld2/public/compact_lang_det.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace smallprint::catalog {
namespace {

constexpr std::size_t k_fewest_mentions = 3;
constexpr std::size_t k_most_name_words = 5;
constexpr std::size_t k_most_names = 100;  // in one text; counting each takes a pass
// A vendor says who it is at the start; further down stand the names of third parties.
constexpr std::size_t k_introduction = 1200;  // bytes

constexpr std::array<std::string_view, 14> k_legal_forms = {
    "Inc", "LLC", "Ltd", "Limited", "GmbH", "Corp", "Corporation",
    "AG",  "SAS", "S.A", "B.V",     "Co",   "plc",  "PLC"};
constexpr std::array<std::string_view, 5> k_documents = {"Privacy", "Policy", "Terms", "Cookie",
                                                         "Customer"};
// A company adds these to its name for one of its branches.
constexpr std::array<std::string_view, 9> k_regions = {
    "USA", "US", "UK", "EU", "Europe", "International", "France", "Deutschland", "Ireland"};
// Capitalised words that begin sentences or belong to documents, not to names.
constexpr std::array<std::string_view, 22> k_not_names = {
    "The",   "This",    "Our",       "Your",   "We", "You",     "Privacy", "Policy",
    "Terms", "Notice",  "Statement", "Please", "In", "At",      "If",      "By",
    "For",   "Website", "Company",   "User",   "It", "Customer"};

// Within a title these stay small.
constexpr std::array<std::string_view, 9> k_small_words = {"of", "and", "the", "for", "to",
                                                           "on", "in",  "or",  "a"};

template <std::size_t N>
bool is_one_of(std::string_view word, const std::array<std::string_view, N>& words) {
    return std::ranges::find(words, word) != words.end();
}

struct Word {
    std::string_view text;  // without punctuation behind it
    std::size_t begin = 0;
    bool possessive = false;
    bool ends_phrase = false;  // punctuation other than a comma stands behind it
};

// Cuts "Inc.’s" into word "Inc" and what the rest says.
Word make_word(std::string_view raw, std::size_t begin) {
    Word word{raw, begin};
    for (const std::string_view ending : {"’s", "'s", "’", "'"}) {
        if (word.text.size() > ending.size() && word.text.ends_with(ending)) {
            word.possessive = true;
            word.text.remove_suffix(ending.size());
            break;
        }
    }
    const std::size_t last = word.text.find_last_not_of(".,;:!?)*\"");
    const std::string_view behind = word.text.substr(last == word.text.npos ? 0 : last + 1);
    word.ends_phrase = behind.find_first_not_of(',') != behind.npos;
    word.text = word.text.substr(0, last == word.text.npos ? 0 : last + 1);
    const std::size_t first = word.text.find_first_not_of("(\"*_>#“");
    word.text = first == word.text.npos ? std::string_view() : word.text.substr(first);
    return word;
}

std::vector<Word> split_words(std::string_view text) {
    std::vector<Word> words;
    std::size_t at = 0;
    while ((at = text.find_first_not_of(" \t\r\n", at)) != std::string_view::npos) {
        const std::size_t end = std::min(text.find_first_of(" \t\r\n", at), text.size());
        words.push_back(make_word(text.substr(at, end - at), at));
        at = end;
    }
    return words;
}

bool is_name_word(const Word& word) {
    return !word.text.empty() && (is_upper(word.text.front()) || is_digit(word.text.front())) &&
           !is_one_of(word.text, k_not_names);
}

// The name that ends before words[end]: capitalised words without a full stop between them.
std::string name_before(const std::vector<Word>& words, std::size_t end) {
    std::size_t begin = end;
    while (begin > 0 && end - begin < k_most_name_words && is_name_word(words[begin - 1]) &&
           (begin == end || !words[begin - 1].ends_phrase)) {
        --begin;
    }
    std::string name;
    for (std::size_t i = begin; i < end; ++i) {
        name += name.empty() ? "" : " ";
        name += words[i].text;
    }
    return name;
}

std::size_t mentions(std::string_view text, std::string_view name) {
    std::size_t count = 0;
    for (std::size_t at = text.find(name); at != text.npos;
         at = text.find(name, at + name.size())) {
        ++count;
    }
    return count;
}

// The name that words[i] shows to be one, being a legal form or, after a possessive, a document;
// empty if it is neither.
std::string named_at(const std::vector<Word>& words, std::size_t i) {
    const bool before_form = is_one_of(words[i].text, k_legal_forms);
    const bool before_document = words[i - 1].possessive && is_one_of(words[i].text, k_documents);
    if (!before_form && !before_document) {
        return {};
    }
    std::size_t end = is_one_of(words[i - 1].text, k_legal_forms) ? i - 1 : i;
    while (end > 1 && is_one_of(words[end - 1].text, k_regions)) {
        --end;
    }
    return name_before(words, end);
}

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

bool is_ascii(char c) {
    return static_cast<unsigned char>(c) < 0x80;
}

// The form in which a host with letters of any script stands in the DNS, by UTS 46; the host itself
// if it has none.
std::string dns_name(std::string_view host) {
    constexpr std::size_t longest_name = 253;
    UErrorCode status = U_ZERO_ERROR;
    UIDNA* const idna = uidna_openUTS46(UIDNA_CHECK_BIDI | UIDNA_NONTRANSITIONAL_TO_ASCII, &status);
    std::array<char, longest_name + 1> name{};
    UIDNAInfo info = UIDNA_INFO_INITIALIZER;
    const std::int32_t size =
        host.size() > longest_name
            ? 0
            : uidna_nameToASCII_UTF8(idna, host.data(), static_cast<std::int32_t>(host.size()),
                                     name.data(), longest_name, &info, &status);
    uidna_close(idna);
    const bool is_valid = U_SUCCESS(status) != 0 && info.errors == 0 && size > 0 &&
                          static_cast<std::size_t>(size) <= longest_name;
    return is_valid ? std::string(name.data(), static_cast<std::size_t>(size)) : std::string(host);
}

// Parameters of an address that say how a visitor came, not which page it is.
bool is_tracking(std::string_view parameter) {
    constexpr std::array<std::string_view, 8> names = {
        "gclid", "fbclid", "msclkid", "dclid", "gbraid", "wbraid", "jsessionid", "phpsessid"};
    const std::string name = lower_ascii(parameter.substr(0, parameter.find('=')));
    return name.empty() || name.starts_with("utm_") || is_one_of(name, names);
}

// "?utm_source=mail&id=3" -> "?id=3"; nothing for a query that says nothing.
std::string lasting_query(std::string_view query) {
    query.remove_prefix(query.empty() ? 0 : 1);
    std::string lasting;
    while (!query.empty()) {
        const std::string_view parameter = cut_until(query, '&');
        if (!is_tracking(parameter)) {
            lasting += lasting.empty() ? '?' : '&';
            lasting += parameter;
        }
    }
    return lasting;
}

bool has_scheme(std::string_view url) {
    return url.find("://") != std::string_view::npos;
}

// The address of a capture says when it was and of which page, as far as nothing else does. Its
// time is believed where the archive states the same day without a time.
void complete_from_capture(SnapshotFacts& facts) {
    if (parse_archived_page(facts.source_url)) {
        facts.archive_url = facts.archive_url.empty() ? facts.source_url : facts.archive_url;
        facts.source_url.clear();
    }
    const auto page = parse_archived_page(facts.archive_url);
    if (!page) {
        return;
    }
    if (facts.source_url.empty()) {
        facts.source_url = text::repaired_utf8(page->original_url);
        facts.source_url.insert(0, has_scheme(facts.source_url) ? "" : "http://");
    }
    if (!page->captured || !is_credible(*page->captured)) {
        return;
    }
    const bool day_is_same = facts.captured && *facts.captured == day_of(*page->captured);
    if (!facts.captured || day_is_same) {
        facts.captured = page->captured;
    }
    if (page->in_wayback_machine && facts.captured == page->captured) {
        facts.archive_url = wayback_address(*page->captured, facts.source_url);
    }
}

bool is_ip_address(std::string_view host) {
    return host.find(':') != host.npos ||
           std::ranges::all_of(host, [](char c) { return is_digit(c) || c == '.'; });
}

}  // namespace

std::string vendor_in_text(std::string_view text) {
    const std::vector<Word> words = split_words(text);
    std::map<std::string, std::size_t> counts;  // of the names that the text puts so
    std::string introduced;
    for (std::size_t i = 1; i < words.size(); ++i) {
        const std::string name = named_at(words, i);
        if (name.size() < 2 || (counts.size() >= k_most_names && !counts.contains(name))) {
            continue;
        }
        if (!counts.contains(name)) {
            counts[name] = mentions(text, name);
        }
        if (words[i].begin < k_introduction && counts[name] > counts[introduced]) {
            introduced = name;
        }
    }
    const bool has_rival = std::ranges::any_of(counts, [&](const auto& entry) {
        const auto& [name, count] = entry;
        return name.find(introduced) == name.npos && introduced.find(name) == name.npos &&
               2 * count > counts[introduced];
    });
    const bool stands_out = counts[introduced] >= k_fewest_mentions && !has_rival;
    return stands_out ? text::repaired_utf8(introduced) : std::string();
}

std::string normalized_terms_type(std::string_view type) {
    std::string out;
    for (std::size_t at = 0; at < type.size();) {
        const std::size_t end = std::min(type.find(' ', at), type.size());
        const std::string word = lower_ascii(type.substr(at, end - at));
        if (at > 0 && is_one_of(word, k_small_words)) {
            out += word;
        } else if (at < end) {
            out += is_lower(type[at]) ? static_cast<char>(type[at] - ('a' - 'A')) : type[at];
            out += type.substr(at + 1, end - at - 1);
        }
        out += end < type.size() ? " " : "";
        at = end + 1;
    }
    return out;
}

std::string detect_language(std::string_view text) {
    // NOLINTBEGIN(misc-include-cleaner): compact_lang_det.h is the header to include
    constexpr bool k_is_plain_text = true;
    bool is_reliable = false;
    const CLD2::Language language = CLD2::DetectLanguage(text.data(), static_cast<int>(text.size()),
                                                         k_is_plain_text, &is_reliable);
    return is_reliable && language != CLD2::UNKNOWN_LANGUAGE
               ? primary_language(CLD2::LanguageCode(language))
               : std::string();
    // NOLINTEND(misc-include-cleaner)
}

std::string primary_language(std::string_view tag) {
    return lower_ascii(tag.substr(0, tag.find_first_of("-_")));
}

std::string normalize_host(std::string_view host) {
    host = host.substr(0, host.find_last_not_of('.') + 1);
    host.remove_prefix(host.starts_with("www.") && host.find('.', 4) != host.npos ? 4 : 0);
    return std::ranges::all_of(host, is_ascii) ? lower_ascii(host) : dns_name(host);
}

std::string normalize_vendor(std::string vendor) {
    std::string_view host = vendor;
    const std::size_t port = std::min(host.rfind(':'), host.size());
    if (host.find_first_not_of("0123456789", port + 1) == host.npos) {
        host = host.substr(0, port);
    }
    host = host.substr(0, host.find_last_not_of('.') + 1);
    return is_host_name(host) ? normalize_host(host) : std::move(vendor);
}

std::string registrable_domain(std::string_view host) {
    std::string name = normalize_host(host);
    if (name.empty() || is_ip_address(name)) {
        return name;
    }
    std::string site = find_site(name);
    return site.empty() ? name : site;
}

std::string terms_type_of_page(std::string_view url) {
    const std::string path = lower_ascii(behind_host(url));
    const auto* const found = std::ranges::find_if(
        k_page_words, [&](const PageWord& row) { return path.find(row.word) != path.npos; });
    return found == k_page_words.end() ? std::string() : std::string(found->type);
}

std::string normalize_page(std::string_view url) {
    std::string_view path = behind_host(url);
    path = path.substr(0, path.find('#'));
    const std::string query = lasting_query(path.substr(std::min(path.find('?'), path.size())));
    path = path.substr(0, path.find('?'));
    if (const std::size_t session = lower_ascii(path).find(";jsessionid="); session != path.npos) {
        path = path.substr(0, session);
    }
    for (const std::string_view ending : {"/index.html", "/index.htm", "/index.php", "/"}) {
        path.remove_suffix(query.empty() && path.ends_with(ending) ? ending.size() : 0);
    }
    return normalize_host(host_of(url)) + std::string(path) + query;
}

void complete_from_address(SnapshotFacts& facts) {
    complete_from_capture(facts);
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

}  // namespace smallprint::catalog
