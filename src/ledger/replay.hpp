// Reading a whole log: every entry, every tile.
#pragma once

#include <functional>

#include "ledger/edge.hpp"

namespace folkmoot::ledger {

// Goes on from `edge`, the right edge of the log's earlier entries (none, or what an earlier replay left), to `head`,
// which comes from a verified checkpoint. Hands each entry to `visit` with its index, in order; an error of its ends
// the replay. Afterwards `edge` is that of `head`.
//
// Succeeds only if the entries are those of `head`, they follow the earlier ones, and each tile and bundle that the log
// must publish for `head` is there and right. An entry that is visited has been compared with its tile, but only
// success says that all of them are the checkpoint's. Reads one bundle at a time; memory is bounded whatever the source
// says.
using Visit = std::function<Status(std::uint64_t index, ByteView entry)>;
Status replay(const Source& source, RightEdge& edge, const TreeHead& head, const Visit& visit = {});

}  // namespace folkmoot::ledger
