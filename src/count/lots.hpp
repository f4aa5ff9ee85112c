// Drawing lots, where a rule leaves a tie to chance.
#pragma once

#include <functional>
#include <span>
#include <string>

#include "base/result.hpp"

namespace folkmoot::count {

// What has to be drawn: one of these candidates (in order of nomination, at least two), for this purpose: "exclusion"
// (the one drawn is excluded), "surplus" (… is transferred first), "election" (… is elected).
struct LotQuestion {
  std::string purpose;
  std::span<const std::string> names;
};

struct Lot {
  std::size_t index;  // into the question's names
  std::string how;    // for the transcript
};

// Answers a question, or fails with the reason why it can't. A prompt is one of these; so are the two below.
using DrawLot = std::function<Result<Lot>(const LotQuestion&)>;

// Fails, naming the tie: for a count nobody has given a way to draw lots.
DrawLot no_lots();

// From a published seed: k = SHA-256(seed "," counter), a big-endian integer, with a decimal counter that starts at 0
// and goes up by one for each hash; a k ≥ ⌊2²⁵⁶/n⌋·n is passed over, so that each of the n candidates is as likely; the
// one with index k mod n is drawn.
DrawLot seeded_lots(std::string seed);

}  // namespace folkmoot::count
