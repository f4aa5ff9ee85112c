// A ballot that was opened instead of cast is noted in the supplement (docs/strict-profile.md, section 8).
#pragma once

#include <algorithm>

#include "record/chain.hpp"
#include "service/supplement.hpp"
#include "strict/opened.hpp"

namespace folkmoot::service {

struct Spoiled {
  std::string tracker;
  bool was_there = false;  // it is known to be opened already
};

// Checks the text of an opened ballot, however hostile, and writes its tracker into the record's supplement, which
// `supplement` is. `chain` is the record's, whose voting is open and to which nothing is added meanwhile. Fails if the
// opening is not true or the ballot has been cast; then nothing has changed.
template <PrimeGroup G>
Result<Spoiled> spoil(const fs::path& record, const record::Setup<G>& setup, const record::Chain& chain,
                      strict::Supplement<G>& supplement, std::string_view opened) {
  const auto ballot = TRY(json::read_canonical(
      opened, [&](json::Value value) { return strict::read_opened_ballot<G>(setup.election.questions, value); }));
  const std::vector<std::string> wrong = strict::check_opened(setup, ballot);
  if (!wrong.empty()) return fail("{}", fmt::join(wrong, "; "));
  const std::string text = json::to_text(ballot.ballot);
  std::string tracker = election::tracker(text);
  if (chain.has(sha256(text))) return fail("ballot {} has been cast, and is in the record", tracker);
  const auto place = std::ranges::lower_bound(supplement.spoiled, tracker);
  if (place != supplement.spoiled.end() && *place == tracker) return Spoiled{std::move(tracker), true};
  strict::Supplement<G> more = supplement;
  more.spoiled.insert(more.spoiled.begin() + (place - supplement.spoiled.begin()), tracker);
  TRY(write_supplement(record, more));
  supplement = std::move(more);
  return Spoiled{std::move(tracker), false};
}

}  // namespace folkmoot::service
