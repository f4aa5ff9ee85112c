// A ballot that was opened instead of cast is noted in the supplement (docs/strict-profile.md, section 8).
#pragma once

#include <algorithm>
#include <span>

#include "service/supplement.hpp"
#include "strict/opened.hpp"

namespace folkmoot::service {

// The ballot in the text of an opened one, however hostile, once its opening has been found true: whoever shows it
// knows its randomness.
template <PrimeGroup G>
Result<election::Ballot<G>> opened_ballot(const record::Setup<G>& setup, std::string_view opened) {
  auto ballot = TRY(json::read_canonical(
      opened, [&](json::Value value) { return strict::read_opened_ballot<G>(setup.election.questions, value); }));
  const std::vector<std::string> wrong = strict::check_opened(setup, ballot);
  if (!wrong.empty()) return fail("{}", fmt::join(wrong, "; "));
  return std::move(ballot.ballot);
}

// Writes those trackers into the record's supplement, which there must be; gives how many did not stand there. Fails
// with nothing changed.
template <PrimeGroup G>
Result<std::size_t> keep_spoiled(const fs::path& record, std::span<const std::string> trackers) {
  auto supplement = TRY(read_supplement<G>(record));
  if (!supplement) return fail("{}: has no supplement any more", record.string());
  std::size_t added = 0;
  for (const std::string& tracker : trackers) {
    const auto place = std::ranges::lower_bound(supplement->spoiled, tracker);
    if (place != supplement->spoiled.end() && *place == tracker) continue;
    supplement->spoiled.insert(place, tracker);
    ++added;
  }
  if (added > 0) TRY(write_supplement(record, *supplement));
  return added;
}

}  // namespace folkmoot::service
