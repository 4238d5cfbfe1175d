// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/html/page_template.h"

#include "searcher/html/markup.h"
#include "searcher/html/web/web_files.h"

#include <cstddef>
#include <functional>
#include <initializer_list>
#include <kainjow/mustache.hpp>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

namespace smallprint::html {
namespace {

using kainjow::mustache::mustache;

constexpr int k_deepest_part = 8;

// The text of a template with its parts in place.
std::string whole_template(const WebFiles& files, std::string_view name,
                           int depth) {  // NOLINT(misc-no-recursion)
    const WebFile* file = files.find(std::string(name) + ".mustache");
    if (file == nullptr || depth > k_deepest_part) {
        return "[no template " + std::string(name) + "]";
    }
    constexpr std::string_view opening = "{{> ";
    constexpr std::string_view closing = "}}";
    std::string_view rest = file->bytes;
    std::string whole;
    for (auto at = rest.find(opening); at != std::string_view::npos; at = rest.find(opening)) {
        const std::size_t end = rest.find(closing, at);
        if (end == std::string_view::npos) {
            break;
        }
        whole += rest.substr(0, at);
        whole += whole_template(files, rest.substr(at + opening.size(), end - at - opening.size()),
                                depth + 1);
        rest.remove_prefix(end + closing.size());
    }
    return whole + std::string(rest);
}

mustache parsed_template(const WebFiles& files, std::string_view name) {
    mustache parsed(whole_template(files, name, 0));
    parsed.set_custom_escape([](const std::string& text) { return escaped(text); });
    return parsed;
}

}  // namespace

View text_view(std::string_view text) {
    return {std::string(text)};
}

View html_view(const std::string& html) {
    return {html};
}

View list_view() {
    return {View::type::list};
}

View make_view(std::initializer_list<Named> values) {
    View view;
    fill(view, values);
    return view;
}

void fill(View& view, std::initializer_list<Named> values) {
    for (const Named& value : values) {
        view[value.name] = std::move(value.view);
    }
}

View text_or_false(std::string_view text) {
    return text.empty() ? View(false) : text_view(text);
}

View hint_view(std::string_view hint) {
    const bool is_for_terminals = hint.find("`smallprint") != std::string_view::npos ||
                                  hint.find("--") != std::string_view::npos ||
                                  hint.find("search result") != std::string_view::npos;
    return is_for_terminals ? View(false) : text_or_false(sentence(hint));
}

std::string rendered(const WebFiles& files, std::string_view name, const View& view) {
    if (&files != &WebFiles::built_in()) {
        mustache fresh = parsed_template(files, name);
        return fresh.is_valid() ? fresh.render(view) : fresh.error_message();
    }
    thread_local std::map<std::string, std::unique_ptr<mustache>, std::less<>> parsed;
    auto found = parsed.find(name);
    if (found == parsed.end()) {
        found = parsed
                    .emplace(std::string(name),
                             std::make_unique<mustache>(parsed_template(files, name)))
                    .first;
    }
    return found->second->is_valid() ? found->second->render(view) : found->second->error_message();
}

}  // namespace smallprint::html
