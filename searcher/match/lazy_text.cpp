// SPDX-License-Identifier: GPL-2.0-or-later
#include "searcher/match/lazy_text.h"

#include "common/base/result.h"
#include "common/index_format/bytes.h"
#include "common/index_format/directory.h"
#include "common/model/policy.h"
#include "common/text/analyzer.h"
#include "common/text/sentences.h"
#include "searcher/index/index.h"
#include "searcher/match/pattern.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace smallprint::match {

void LazyText::move_to(index_format::DocumentId document) {
    m_document = document;
    m_bytes.reset();
    m_tokens = nullptr;
    m_words.reset();
    m_sentence_ends.reset();
    m_headings.reset();
}

Result<std::string_view> LazyText::bytes() {
    if (!m_bytes) {
        TRY_ASSIGN(const std::string_view text, m_index.text(m_document));
        m_bytes.emplace(text);
    }
    return std::string_view(*m_bytes);
}

Result<const std::vector<text::Token>*> LazyText::tokens() {
    if (m_tokens == nullptr) {
        TRY_ASSIGN(const std::string_view text, bytes());
        m_tokens = &m_tokenizer.tokenize(text);
    }
    return m_tokens;
}

Result<const AnalyzedText*> LazyText::words() {
    if (!m_words) {
        TRY_ASSIGN(const std::vector<text::Token>* read, tokens());
        m_words.emplace(*read);
    }
    return &*m_words;
}

Result<const std::vector<std::uint32_t>*> LazyText::sentence_ends() {
    if (!m_sentence_ends) {
        TRY_ASSIGN(const std::string_view text, bytes());
        m_sentence_ends = smallprint::text::sentence_ends(text);
    }
    return &*m_sentence_ends;
}

Result<const std::vector<std::string>*> LazyText::headings() {
    if (!m_headings) {
        TRY_ASSIGN(const Passage passage, m_index.passage(m_document));
        TRY_ASSIGN(const index::PolicyPointer policy,
                   m_index.policy(m_index.directory().policy_of(m_document)));
        std::vector<std::string> texts;
        for (const std::uint32_t heading : passage.heading_path) {
            if (heading >= policy->headings.size()) {
                return index_format::damaged_index("a clause of the index does not fit its policy");
            }
            texts.push_back(policy->headings[heading].text);
        }
        m_headings = std::move(texts);
    }
    return &*m_headings;
}

}  // namespace smallprint::match
