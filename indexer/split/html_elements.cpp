// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/split/html_elements.h"

#include "common/base/strings.h"
#include "indexer/split/html_events.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <string_view>

namespace smallprint::split {
namespace {

using enum ElementType;
using enum PageRole;

struct NamedElement {
    std::string_view name;
    Element element;
};

// In order of their names. What is missing is no element of HTML.
constexpr auto k_elements = std::to_array<NamedElement>({
    {"a", {link}},
    {"abbr", {}},
    {"acronym", {}},
    {"address", {block}},
    {"article", {block, main}},
    {"aside", {block, beside}},
    {"b", {bold}},
    {"bdi", {}},
    {"bdo", {}},
    {"big", {}},
    {"blockquote", {block}},
    {"body", {block}},
    {"br", {line_break}},
    {"button", {apart}},
    {"caption", {block}},
    {"center", {block}},
    {"cite", {}},
    {"code", {}},
    {"col", {block}},
    {"colgroup", {block}},
    {"data", {}},
    {"datalist", {block, beside}},
    {"dd", {definition}},
    {"del", {}},
    {"details", {block}},
    {"dfn", {}},
    {"dialog", {block, beside}},
    {"dir", {list}},
    {"div", {block}},
    {"dl", {block}},
    {"dt", {term}},
    {"em", {}},
    {"embed", {}},
    {"fieldset", {block}},
    {"figcaption", {block}},
    {"figure", {block}},
    {"font", {}},
    {"footer", {block, beside}},
    {"form", {block}},
    {"frame", {block}},
    {"frameset", {block}},
    {"h1", {heading, none, 1}},
    {"h2", {heading, none, 2}},
    {"h3", {heading, none, 3}},
    {"h4", {heading, none, 4}},
    {"h5", {heading, none, 5}},
    {"h6", {heading, none, 6}},
    {"head", {block}},
    {"header", {block, header}},
    {"hgroup", {block}},
    {"hr", {block}},
    {"html", {block}},
    {"i", {}},
    {"iframe", {block, beside}},
    {"img", {}},
    {"input", {apart}},
    {"ins", {}},
    {"kbd", {}},
    {"label", {}},
    {"legend", {block}},
    {"li", {item}},
    {"link", {}},
    {"main", {block, main}},
    {"map", {}},
    {"mark", {}},
    {"marquee", {block}},
    {"menu", {list}},
    {"meta", {}},
    {"meter", {}},
    {"nav", {block, beside}},
    {"nobr", {}},
    {"noframes", {block, beside}},
    {"noscript", {block, beside}},
    {"object", {}},
    {"ol", {ordered_list}},
    {"optgroup", {block}},
    {"option", {block}},
    {"output", {}},
    {"p", {block}},
    {"param", {}},
    {"picture", {}},
    {"plaintext", {preformatted}},
    {"pre", {preformatted}},
    {"progress", {}},
    {"q", {}},
    {"rp", {}},
    {"rt", {}},
    {"ruby", {}},
    {"s", {}},
    {"samp", {}},
    {"script", {}},
    {"search", {block, beside}},
    {"section", {block}},
    {"select", {block, beside}},
    {"small", {}},
    {"source", {}},
    {"span", {}},
    {"strike", {}},
    {"strong", {bold}},
    {"style", {}},
    {"sub", {}},
    {"summary", {summary}},
    {"sup", {}},
    {"svg", {block, beside}},
    {"table", {table}},
    {"tbody", {block}},
    {"td", {table_cell}},
    {"template", {block, beside}},
    {"textarea", {block, beside}},
    {"tfoot", {block}},
    {"th", {header_cell}},
    {"thead", {block}},
    {"time", {}},
    {"title", {title}},
    {"tr", {table_row}},
    {"track", {}},
    {"tt", {}},
    {"u", {}},
    {"ul", {list}},
    {"var", {}},
    {"video", {}},
    {"wbr", {}},
    {"xmp", {preformatted}},
});
static_assert(std::ranges::is_sorted(k_elements, {}, &NamedElement::name));

constexpr auto k_roles_beside = std::to_array<std::string_view>(
    {"alert", "alertdialog", "complementary", "contentinfo", "dialog", "menu", "menubar",
     "navigation", "search", "toolbar"});

// Words of a class or id. What holds these may hold running text that is not the page's.
constexpr auto k_words_named = std::to_array<std::string_view>(
    {"advert",        "advertisement", "breadcrumb",   "breadcrumbs", "cookiebanner", "cookiebar",
     "cookieconsent", "cookielaw",     "cookienotice", "crumbs",      "foot",         "footer",
     "hamburger",     "interstitial",  "lightbox",     "masthead",    "modal",        "navbar",
     "navmenu",       "newsletter",    "onetrust",     "pagination",  "popover",      "popular",
     "popup",         "promo",         "promos",       "recommended", "sharethis",    "sidenav",
     "signup",        "sitenav",       "skiplink",     "sponsored",   "submenu",      "subnav",
     "teaser",        "teasers",       "topbar",       "topnav",      "trending"});

// An element with these is beside the text if it holds none itself: a policy has sections on them.
constexpr auto k_words_hinted = std::to_array<std::string_view>(
    {"ad",       "addthis",   "ads",          "banner",   "comments",   "consent",
     "cookie",   "cookies",   "copyright",    "dropdown", "login",      "menu",
     "menubar",  "menus",     "nav",          "navi",     "navigation", "overlay",
     "pager",    "promotion", "rail",         "related",  "search",     "share",
     "sharebar", "sharing",   "sidebar",      "signin",   "skip",       "social",
     "sponsor",  "subscribe", "subscription", "toolbar",  "widget",     "widgets"});

// One of the former with one of the latter names a banner: "cookie-notice".
constexpr auto k_words_consent =
    std::to_array<std::string_view>({"ccpa", "consent", "cookie", "cookies", "gdpr"});
constexpr auto k_words_notice = std::to_array<std::string_view>(
    {"alert",  "banner", "bar",     "box",  "container", "dialog",       "disclaimer", "info",
     "layer",  "law",    "message", "msg",  "notice",    "notification", "overlay",    "panel",
     "prompt", "root",   "sdk",     "wall", "warning",   "wrapper"});

static_assert(std::ranges::is_sorted(k_roles_beside));

template <std::size_t N>
bool has_word(const std::array<std::string_view, N>& words, std::string_view word) {
    return std::ranges::find(words, word) != words.end();
}

// Calls `take` with each word in small letters, digits at its end aside.
template <typename Take> void for_each_word(std::string_view text, Take take) {
    std::string word;
    char before = ' ';
    const auto end_word = [&] {
        const std::size_t last = word.find_last_not_of("0123456789");
        take(std::string_view(word).substr(0, last + 1));
        word.clear();
    };
    for (const char c : text) {
        const bool part = is_lower(c) || is_upper(c) || is_digit(c);
        if (!part || (is_upper(c) && !is_upper(before))) {
            end_word();
        }
        if (part) {
            word += to_lower(c);
        }
        before = c;
    }
    end_word();
}

// "display: none" as people write it, in any case and with blanks.
bool has_style(std::string_view style, std::string_view wanted) {
    std::string packed;
    for (const char c : style) {
        if (c != ' ') {
            packed += to_lower(c);
        }
    }
    return packed.find(wanted) != std::string::npos;
}

bool is_hidden(const HtmlAttributes& attributes) {
    const std::string_view style = attributes.value("style");
    return attributes.has("hidden") || attributes.value("aria-hidden") == "true" ||
           (!style.empty() &&
            (has_style(style, "display:none") || has_style(style, "visibility:hidden")));
}

PageRole find_role(PageRole by_name, const HtmlAttributes& attributes) {
    if (attributes.value("id").starts_with("wm-ipp")) {
        return no_page;
    }
    const std::string role = lower_ascii(attributes.value("role"));
    if (role == "main" || role == "article") {
        return main;
    }
    if (role == "banner") {
        return header;
    }
    if (std::ranges::binary_search(k_roles_beside, role)) {
        return beside;
    }
    if (by_name == beside || by_name == main) {
        return by_name;
    }
    const PageRole by_id = role_by_name(attributes.value("id"));
    const PageRole by_class = role_by_name(attributes.value("class"));
    const PageRole by_words = by_id == named || by_class == none ? by_id : by_class;
    if (is_hidden(attributes)) {
        return by_words == none ? hidden : named;
    }
    return by_name == none ? by_words : by_name;
}

}  // namespace

PageRole role_by_name(std::string_view class_or_id) {
    bool is_named = false;
    bool is_hinted = false;
    bool on_consent = false;
    bool is_notice = false;
    for_each_word(class_or_id, [&](std::string_view word) {
        is_named = is_named || has_word(k_words_named, word);
        is_hinted = is_hinted || has_word(k_words_hinted, word);
        on_consent = on_consent || has_word(k_words_consent, word);
        is_notice = is_notice || has_word(k_words_notice, word);
    });
    if (is_named || (on_consent && is_notice)) {
        return named;
    }
    return is_hinted ? hinted : none;
}

Element describe_element(std::string_view name, const HtmlAttributes& attributes) {
    const auto found = std::ranges::lower_bound(k_elements, name, {}, &NamedElement::name);
    if (found == k_elements.end() || found->name != name) {
        return {apart};
    }
    Element element = found->element;
    const bool whole_page = name == "html" || name == "body";
    if (is_block_level(element.type) && !whole_page) {
        element.role = find_role(element.role, attributes);
        // The anchor of a section is named after what it is about.
        const bool of_section = element.type == heading && element.role != hidden;
        element.role = of_section ? none : element.role;
    } else if (element.type == phrase) {
        const std::string_view style = attributes.value("style");
        const bool heavy = !style.empty() && (has_style(style, "font-weight:bold") ||
                                              has_style(style, "font-weight:7"));
        element.type = heavy ? bold : phrase;
    }
    return element;
}

}  // namespace smallprint::split
