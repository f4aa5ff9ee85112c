// A finished record as those see it who declare its result, or check the declaration.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/sha256.hpp"
#include "election/question.hpp"
#include "election/tally.hpp"
#include "record/source.hpp"

namespace folkmoot::record {

struct Finished {
  std::string uuid, name, description;
  std::string fingerprint;  // base64
  std::vector<election::Question> questions;
  std::uint64_t credentials = 0;         // that may vote,
  std::uint64_t credentials_weight = 0;  // together
  std::int64_t trustees = 0;
  std::int64_t needed = 0;  // of them, to decrypt anything
  // The hash of the event that ended the voting. It covers every ballot, and was fixed before anything was decrypted:
  // a seed for lots that nobody could choose knowing the result.
  Digest closing{};
  Digest last{};              // of the last event, which fixes all of the record
  std::uint64_t ballots = 0;  // in the record
  std::uint64_t tallied = 0;  // the last of each voter,
  std::uint64_t weight = 0;   // together
  election::ElectionResult result;
};

// Reads a record that verifies (verify.hpp) and is finished; fails if it is not finished, or cannot be read.
Result<Finished> read_finished(const ByteSource& source);

}  // namespace folkmoot::record
