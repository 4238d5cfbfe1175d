// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "common/base/hash.h"
#include "common/model/policy.h"
#include "common/model/section.h"
#include "common/model/snapshot.h"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace smallprint::runs {

// Turns the snapshots of one policy, added in order of time, into its distinct passages and their
// runs. A text that vanishes and comes back is one passage with two runs; snapshots without a date
// come first, and since their order is not known, none of them continues a run.
class RunBuilder {
public:
    // `policy` has everything but title, headings, snapshots and the counts.
    explicit RunBuilder(Policy policy);

    // `snapshot` has everything but its order.
    void add(Snapshot snapshot, const std::vector<Piece>& pieces);

    // Adds a snapshot with the pieces of the one before it, which there has to be. Reads no text.
    void repeat(Snapshot snapshot);

    // Ends the building. Passages are numbered in the order of the text over all snapshots: what
    // is new in one comes right after the passage it follows there, so that the wordings a clause
    // had one after the other are neighbours.
    PolicyHistory take();

private:
    Step heading_step(const Piece& piece, std::vector<std::uint32_t>& path);
    std::uint32_t passage_number(const Piece& piece, std::uint32_t previous);
    void renumber();

    PolicyHistory m_history;
    // Keys are texts, since equal hashes must not make two texts one.
    std::unordered_map<std::string, std::uint32_t, TextHash, std::equal_to<>> m_headings;
    std::unordered_map<std::string, std::uint32_t, TextHash, std::equal_to<>> m_passages;
    // While building, passages are numbered as they come; the order of the text is a linked list:
    // m_next[n] is the passage after n, 0 ends it, m_next[0] starts it.
    std::vector<std::uint32_t> m_next = {0};
};

// Adds a snapshot to the runs of what stands in it. `continues`: it is known to be the next after
// the one before it.
void extend_runs(std::vector<Run>& runs, std::uint32_t snapshot, bool continues);

// The pieces that RunBuilder was given for a snapshot of `history`, had back from it, so that
// snapshots can be added to a policy whose sources are gone: building anew from the pieces of all
// snapshots gives the same history. What depends on the occurrence (place in the source, lead-in,
// links) is known in the newest snapshot with a passage only, and only there does it count.
std::vector<Piece> restore_pieces(const PolicyHistory& history, std::size_t snapshot);

}  // namespace smallprint::runs
