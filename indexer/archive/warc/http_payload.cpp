// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/archive/warc/http_payload.h"

#include "common/base/error.h"
#include "common/base/result.h"
#include "common/base/strings.h"
#include "common/model/listing.h"
#include "indexer/archive/decompression.h"
#include "indexer/archive/limits.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

namespace smallprint::archive {
namespace {

constexpr std::size_t k_most_codings = 4;  // one upon the other
constexpr std::string_view k_blanks = " \t\r\n";

// Codings browsers know and we do not; whatever else is no coding ("utf-8", "none") they ignore.
constexpr std::array<std::string_view, 4> k_unsupported = {"compress", "x-compress", "dcb", "dcz"};

// Takes the next line off the front, without its end.
std::string_view next_line(std::string_view& text) {
    std::string_view line = cut_until(text, '\n');
    if (line.ends_with('\r')) {
        line.remove_suffix(1);
    }
    return line;
}

std::string_view behind_line_ends(std::string_view text) {
    return text.substr(std::min(text.find_first_not_of("\r\n"), text.size()));
}

// The items of a list such as "gzip, chunked", lower case.
std::vector<std::string> parse_list(std::string_view list) {
    std::vector<std::string> items;
    while (!list.empty()) {
        if (const std::string_view item = trimmed(cut_until(list, ','), k_blanks); !item.empty()) {
            items.push_back(lower_ascii(item));
        }
    }
    return items;
}

// The target of rel="original" in `<http://a.example/>; rel="original", <...>; rel="timemap"`.
std::string original_in(std::string_view links) {
    while (links.find('<') != std::string_view::npos) {
        links.remove_prefix(links.find('<') + 1);
        const std::string_view target = cut_until(links, '>');
        const std::string facts = lower_ascii(links.substr(0, links.find('<')));
        if (facts.find("rel=\"original") != std::string::npos ||
            facts.find("rel=original") != std::string::npos) {
            return std::string(trimmed(target, k_blanks));
        }
    }
    return "";
}

void apply_field(std::string_view name, std::string_view value, HttpHead& head) {
    const std::string lower = lower_ascii(trimmed(name, k_blanks));
    if (lower == "content-type" && !is_blank(value, k_blanks)) {
        head.content_type = parse_content_type(value);
    } else if (lower == "content-length") {
        head.length = parse_number<std::uint64_t>(trimmed(value, k_blanks));
    } else if (lower == "memento-datetime") {
        head.memento_datetime = trimmed(value, k_blanks);
    } else if (lower == "link" && head.original.empty()) {
        head.original = original_in(value);
    } else if (lower == "content-encoding") {
        std::ranges::move(parse_list(value), std::back_inserter(head.codings));
    } else if (lower == "transfer-encoding") {
        for (std::string& coding : parse_list(value)) {
            if (coding == "chunked") {
                head.chunked = true;
            } else {
                head.codings.push_back(std::move(coding));
            }
        }
    }
}

// "HTTP/1.1 200 OK"; 0 where there is no number.
int status_in(std::string_view line) {
    const std::size_t space = line.find(' ');
    const std::string_view rest =
        space == std::string_view::npos ? "" : trimmed(line.substr(space), k_blanks);
    int status = 0;
    std::from_chars(rest.data(), rest.data() + std::min<std::size_t>(rest.size(), 3), status);
    return status;
}

// The size of a chunk from its line; nothing if the line has none.
std::optional<std::uint64_t> chunk_size(std::string_view line) {
    std::uint64_t size = 0;
    const auto [end, error] = std::from_chars(line.data(), line.data() + line.size(), size, 16);
    const std::string_view rest =
        trimmed(line.substr(static_cast<std::size_t>(end - line.data())), k_blanks);
    const bool is_size = error == std::errc() && (rest.empty() || rest.front() == ';');
    return is_size ? std::optional(size) : std::nullopt;
}

HttpBody join_chunks(std::string_view body) {
    HttpBody joined;
    const std::string_view whole = body;
    while (true) {
        if (body.empty()) {
            joined.missing = "the last chunk is missing";
            return joined;
        }
        const std::optional<std::uint64_t> size = chunk_size(next_line(body));
        if (!size && joined.bytes.empty()) {
            return {std::string(whole), "declared as chunked, but is not", ""};
        }
        if (!size) {
            joined.missing = "a chunk has no size; what follows it is lost";
            return joined;
        }
        if (*size == 0) {
            return joined;
        }
        if (*size > body.size()) {
            joined.bytes += body;
            joined.missing = "the last chunk is cut off";
            return joined;
        }
        joined.bytes += body.substr(0, static_cast<std::size_t>(*size));
        body.remove_prefix(static_cast<std::size_t>(*size));
        body.remove_prefix(body.starts_with("\r\n") ? 2 : body.starts_with('\n') ? 1 : 0);
    }
}

// Tells which form the bytes have, whatever they are labelled as. "deflate" is zlib's form by the
// standard, but was often sent without its frame.
Compression detect_form(std::string_view coding, std::string_view bytes) {
    if (const Compression form = detect_compression(bytes); form != Compression::none) {
        return form;
    }
    const bool is_short = bytes.size() < 2;
    const unsigned first = is_short ? 0 : static_cast<unsigned char>(bytes[0]);
    const unsigned second = is_short ? 0 : static_cast<unsigned char>(bytes[1]);
    if ((first & 0x0FU) == 8 && (first * 256U + second) % 31 == 0 && coding != "br") {
        return Compression::zlib;
    }
    return coding == "br"        ? Compression::brotli
           : coding == "deflate" ? Compression::deflate
                                 : Compression::none;
}

bool is_told_by_bytes(Compression form) {
    return form == Compression::gzip || form == Compression::zlib || form == Compression::zstd;
}

// At a glance, and of any charset that ASCII is a part of.
bool is_text(std::string_view bytes) {
    constexpr std::size_t k_glance = 512;
    return std::ranges::none_of(bytes.substr(0, k_glance), [](char c) {
        return static_cast<unsigned char>(c) < ' ' && !is_one_of(c, k_blanks);
    });
}

// Takes one coding off `body`.
Result<void> undo(std::string_view coding, HttpBody& body, std::uint64_t limit) {
    const bool is_unsupported = std::ranges::find(k_unsupported, coding) != k_unsupported.end();
    const bool is_known = coding == "gzip" || coding == "x-gzip" || coding == "deflate" ||
                          coding == "zstd" || coding == "br" || is_unsupported;
    if (!is_known || body.bytes.empty()) {
        return {};
    }
    const Compression form = detect_form(coding, body.bytes);
    auto unpacked =
        form == Compression::none
            ? Result<Unpacked>(fail(ErrorCode::input, fmt::format("Content-Encoding {} is not "
                                                                  "supported",
                                                                  coding)))
            : unpack(form, body.bytes, limit);
    // Text is hardly ever taken for raw deflate or brotli without an error.
    if (!unpacked && unpacked.error().code == ErrorCode::input && !is_told_by_bytes(form) &&
        (is_text(body.bytes) || (form == Compression::none && !is_unsupported))) {
        body.note = fmt::format("declared as {}, but is not", coding);
        return {};
    }
    TRY_ASSIGN(Unpacked inner, std::move(unpacked));
    body.bytes = std::move(inner.bytes);
    if (inner.is_cut) {
        body.missing = "compressed data that is cut off";
    }
    return {};
}

// Finds out what is missing at the end of a body that is not made of chunks: the header says how
// many bytes there were, unless whoever stored the body undid its coding.
void compare_length(const HttpHead& head, std::string_view stored, HttpBody& body) {
    if (!head.chunked && body.note.empty() && body.missing.empty() && head.length &&
        *head.length > stored.size()) {
        body.missing = fmt::format("{} of its {} bytes are there", stored.size(), *head.length);
    }
}

constexpr std::array<std::string_view, 2> k_html_types = {"text/html", "application/xhtml+xml"};
constexpr std::array<std::string_view, 3> k_text_types = {"text/plain", "text/markdown",
                                                          "text/x-markdown"};
// Types that servers give to what they do not know, and ARC to what said nothing of itself.
constexpr std::array<std::string_view, 9> k_vague_types = {"",
                                                           "application/octet-stream",
                                                           "application/unknown",
                                                           "unknown/unknown",
                                                           "*/*",
                                                           "unknown",
                                                           "text",
                                                           "no-type",
                                                           "binary/octet-stream"};

// HTML begins with these, behind white space.
constexpr std::array<std::string_view, 20> k_html_openings = {
    "<!doctype html", "<html", "<head", "<body", "<script", "<style", "<title", "<meta", "<link",
    "<div",           "<p",    "<h1",   "<h2",   "<table",  "<a",     "<br",    "<b",    "<font",
    "<iframe",        "<!--"};

template <typename Types> bool is_one_of(std::string_view type, const Types& types) {
    return std::ranges::find(types, type) != types.end();
}

bool has_mark_of_utf16(std::string_view opening) {
    return opening.starts_with("\xFF\xFE") || opening.starts_with("\xFE\xFF");
}

bool opens_as_html(std::string_view opening) {
    opening.remove_prefix(opening.starts_with("\xEF\xBB\xBF") ? 3 : 0);
    const std::size_t begin = opening.find_first_not_of(" \t\r\n\f");
    if (begin == std::string_view::npos) {
        return false;
    }
    const std::string start = lower_ascii(opening.substr(begin, 32));
    return std::ranges::any_of(k_html_openings, [&](std::string_view tag) {
        const bool ends = tag == "<!--" || start.size() <= tag.size() || start[tag.size()] == ' ' ||
                          start[tag.size()] == '>' || start[tag.size()] == '\n' ||
                          start[tag.size()] == '\r' || start[tag.size()] == '\t';
        return start.starts_with(tag) && ends;
    });
}

// Controls that no text has.
bool is_binary_byte(char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte <= 0x08 || byte == 0x0B || (byte >= 0x0E && byte <= 0x1A) ||
           (byte >= 0x1C && byte <= 0x1F);
}

// Names what bytes are that are not text; empty if they may be.
std::string_view binary_form(const ContentType& declared, std::string_view opening) {
    if (opening.starts_with("%PDF-")) {
        return "a PDF";
    }
    if (opening.starts_with("\x89PNG") || opening.starts_with("GIF8") ||
        opening.starts_with("\xFF\xD8\xFF")) {
        return "an image";
    }
    const bool may_have_zeros = has_mark_of_utf16(opening) ||
                                lower_ascii(declared.charset).starts_with("utf-16") ||
                                lower_ascii(declared.charset).starts_with("utf-32");
    // HTML may hold a stray control; where it begins as HTML, that is what it is.
    const bool is_binary =
        !may_have_zeros && !opens_as_html(opening) && std::ranges::any_of(opening, is_binary_byte);
    return is_binary ? "binary data" : "";
}

}  // namespace

ContentType parse_content_type(std::string_view value) {
    ContentType parsed;
    parsed.type = lower_ascii(trimmed(cut_until(value, ';'), k_blanks));
    while (!value.empty()) {
        std::string_view charset = cut_until(value, ';');
        const std::string_view name = cut_until(charset, '=');
        if (!parsed.charset.empty() || !equals_ignoring_case(trimmed(name, k_blanks), "charset")) {
            continue;
        }
        charset = trimmed(charset, k_blanks);
        while (!charset.empty() && (charset.front() == '"' || charset.front() == '\'')) {
            charset.remove_prefix(1);
        }
        parsed.charset = charset.substr(0, charset.find_first_of("\"'"));
    }
    return parsed;
}

bool begins_http_message(std::string_view message) {
    const std::string_view begin = behind_line_ends(message);
    return begin.starts_with("HTTP/") || begin.starts_with("ICY ");
}

Result<HttpHead> parse_http_head(std::string_view message) {
    HttpHead head;
    if (!begins_http_message(message)) {
        head.status = 200;
        return head;
    }
    const std::string_view whole = message.substr(0, k_largest_http_head);
    std::string_view rest = behind_line_ends(whole);
    head.status = status_in(next_line(rest));
    std::string field;  // with the lines that continue it
    const auto finish = [&] {
        if (const std::size_t colon = field.find(':'); colon != std::string::npos) {
            const std::string_view view = field;
            apply_field(view.substr(0, colon), view.substr(colon + 1), head);
        }
        field.clear();
    };
    while (!rest.empty()) {
        const std::string_view line = next_line(rest);
        if (line.empty()) {
            finish();
            head.size = whole.size() - rest.size();
            return head;
        }
        if (line.front() != ' ' && line.front() != '\t') {
            finish();
        }
        field += line;
    }
    if (message.size() >= k_largest_http_head) {
        return fail(ErrorCode::limit, fmt::format("its HTTP header is over the limit of {} bytes",
                                                  k_largest_http_head));
    }
    finish();
    head.size = message.size();
    return head;
}

Result<HttpBody> decode_http_body(const HttpHead& head, std::string_view body,
                                  std::uint64_t limit) {
    if (head.codings.size() > k_most_codings) {
        return fail(ErrorCode::limit,
                    fmt::format("its body is coded {} times over", head.codings.size()));
    }
    HttpBody decoded = head.chunked ? join_chunks(body) : HttpBody{std::string(body), "", ""};
    for (auto coding = head.codings.rbegin(); coding != head.codings.rend(); ++coding) {
        TRY(undo(*coding, decoded, limit));
    }
    compare_length(head, body, decoded);
    TRY_ASSIGN(Unpacked unpacked, unpack_unlabelled(std::move(decoded.bytes), limit));
    decoded.bytes = std::move(unpacked.bytes);
    if (unpacked.is_cut) {
        decoded.missing = "compressed data that is cut off";
    }
    if (decoded.bytes.size() > limit) {
        return fail(ErrorCode::limit, fmt::format("its text is over the limit of {} bytes", limit));
    }
    return decoded;
}

Result<HttpPayload> read_http_payload(std::string_view message) {
    HttpPayload payload;
    TRY_ASSIGN(payload.head, parse_http_head(message));
    TRY_ASSIGN(payload.body,
               decode_http_body(payload.head, message.substr(payload.head.size), k_largest_text));
    return payload;
}

PageKind page_kind(const ContentType& declared, std::string_view opening) {
    const bool is_vague = is_one_of(declared.type, k_vague_types);
    const bool is_html = is_one_of(declared.type, k_html_types);
    if (!is_vague && !is_html && !is_one_of(declared.type, k_text_types)) {
        return {TextForm::markdown, fmt::format("{}, not text", declared.type)};
    }
    // A page may be in UTF-16 and say so in no way that could be read here.
    const std::string_view binary = binary_form(declared, opening);
    if (!binary.empty() && !(is_html && binary == "binary data")) {
        return {TextForm::markdown,
                is_vague ? std::string(binary) + ", not text"
                         : fmt::format("declared as {}, but {}", declared.type, binary)};
    }
    const bool is_page = is_html || (is_vague && opens_as_html(opening));
    return {is_page ? TextForm::html : TextForm::markdown, ""};
}

}  // namespace smallprint::archive
