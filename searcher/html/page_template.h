// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "searcher/html/web/web_files.h"

#include <initializer_list>
#include <kainjow/mustache.hpp>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

namespace smallprint::html {

// The values that a template is filled with. A name that is missing is looked for in the
// surrounding view, so whoever fills a list sets every name of its items.
using View = kainjow::mustache::data;

View text_view(std::string_view text);    // of an archive or a user: made harmless; see markup.h
View html_view(const std::string& html);  // for {{{...}}}: what markup.h or svg.h made
View list_view();

// A name with its value: a view, a text, or whether something is so.
struct Named {
    template <typename Value>
    Named(const char* name_of_value, Value&& value)  // NOLINT(*-explicit-*): written in lists
        : name(name_of_value) {
        if constexpr (std::is_convertible_v<Value, std::string_view>) {
            view = text_view(std::forward<Value>(value));
        } else {
            using Plain = std::remove_cvref_t<Value>;
            static_assert(std::is_same_v<Plain, bool> || std::is_same_v<Plain, View>);
            view = View(std::forward<Value>(value));
        }
    }

    const char* name;
    mutable View view;  // moved out of the list that it was written in
};

View make_view(std::initializer_list<Named> values);
void fill(View& view, std::initializer_list<Named> values);

// The text; false where there is none, so that a template leaves out what stands around it.
View text_or_false(std::string_view text);

// A view of each item.
template <typename Items, typename Make> View list_of(const Items& items, const Make& make) {
    View list = list_view();
    for (const auto& item : items) {
        list.push_back(make(item));
    }
    return list;
}

// A hint as a sentence; false if there is none, or one about the command line.
View hint_view(std::string_view hint);

// Fills the template `name`.mustache; `{{> part}}` stands for part.mustache. Values are escaped.
// A template that is built in is parsed once a thread. An unknown or broken template shows its
// error.
std::string rendered(const WebFiles& files, std::string_view name, const View& view);

}  // namespace smallprint::html
