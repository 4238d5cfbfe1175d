// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/base/result.h"
#include "common/index_format/directory.h"
#include "common/text/analyzer.h"
#include "searcher/index/index.h"
#include "searcher/match/pattern.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace smallprint::match {

// The text of the clause at hand, read and taken apart only as far as somebody asks.
class LazyText {
public:
    explicit LazyText(index::Index& index) : m_index(index) {}

    void move_to(index_format::DocumentId document);

    // Each lives until move_to().
    Result<std::string_view> bytes();
    Result<const std::vector<text::Token>*> tokens();
    Result<const AnalyzedText*> words();
    Result<const std::vector<std::uint32_t>*> sentence_ends();
    Result<const std::vector<std::string>*> headings();  // above the clause

private:
    index::Index& m_index;
    text::Tokenizer m_tokenizer;
    index_format::DocumentId m_document = 0;
    // A copy: reading the next record would end the one in the store.
    std::optional<std::string> m_bytes;
    const std::vector<text::Token>* m_tokens = nullptr;
    std::optional<AnalyzedText> m_words;
    std::optional<std::vector<std::uint32_t>> m_sentence_ends;
    std::optional<std::vector<std::string>> m_headings;
};

}  // namespace smallprint::match
