// Checkpoints: a log's tree head as the text of a note (c2sp.org/tlog-checkpoint).
#pragma once

#include <string>
#include <vector>

#include "ledger/merkle.hpp"
#include "ledger/note.hpp"

namespace folkmoot::ledger {

struct Checkpoint {
  std::string origin;  // which log: not empty, no newline
  TreeHead head;
  std::vector<std::string> extensions;  // opaque lines, none empty
};

// The text that is signed: three lines and the extensions.
std::string to_text(const Checkpoint& checkpoint);
// The reverse. A size is below 2^63; the root of a size 0 is checked where it matters (verify_consistency).
Result<Checkpoint> parse_checkpoint(std::string_view text);

// A note whose text is a checkpoint. Nothing about its signatures has been checked: policy.hpp does.
struct SignedCheckpoint {
  Note note;
  Checkpoint checkpoint;
};
Result<SignedCheckpoint> parse_signed_checkpoint(std::string_view text);

}  // namespace folkmoot::ledger
