// A record only ever grows: nothing is removed, nothing rewritten (specification, sections 3.5.1 and 4.4).
#pragma once

#include <cstdint>

#include "record/source.hpp"

namespace folkmoot::record {

// Checks that `later` begins with all of `earlier`, an older copy of it, byte for byte, and that `earlier` ends where
// an entry does. As each event holds the hash of the one before, the last event of `earlier` then is an ancestor of the
// last one of `later`. Gives the number of entries, the header among them, that stand unchanged; fails with the place
// where the two part. Neither need be a valid record otherwise. Streams both.
Result<std::uint64_t> check_growth(const ByteSource& earlier, const ByteSource& later);

}  // namespace folkmoot::record
