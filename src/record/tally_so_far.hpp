// How far the tally of a record has come: what trustees and returning officer go on from. What the record holds is read
// here, not verified.
#pragma once

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "election/read_long.hpp"
#include "election/shuffles.hpp"
#include "record/opened.hpp"

namespace folkmoot::record {

template <PrimeGroup G>
struct TallySoFar {
  EventType last = EventType::setup;
  // Rankings as last shuffled. Nothing before the voting is closed.
  std::optional<election::EncryptedTally<G>> tally;
  std::uint64_t ballots = 0;  // that were tallied
  std::uint64_t total_weight = 0;
  std::string closing;  // the hash of the EndBallots event, in hexadecimal
  std::vector<std::int64_t> shufflers;
  std::vector<std::pair<std::int64_t, election::PartialDecryption<G>>> decryptions;  // with their trustees

  [[nodiscard]] bool may_shuffle(const election::Election<G>& election) const {
    return election.needs_shuffles() && (last == EventType::encrypted_tally || last == EventType::shuffle);
  }
  [[nodiscard]] bool may_decrypt(const election::Election<G>& election) const {
    return last == EventType::end_shuffles || last == EventType::partial_decryption ||
           (last == EventType::encrypted_tally && !election.needs_shuffles());
  }
  [[nodiscard]] bool has_shuffled(std::int64_t trustee) const {
    return std::ranges::find(shufflers, trustee) != shufflers.end();
  }
  [[nodiscard]] bool has_decrypted(std::int64_t trustee) const {
    return std::ranges::any_of(decryptions, [&](const auto& decryption) { return decryption.first == trustee; });
  }
};

// Reads what follows the Setup, long texts in pieces by `for_each`. The record is one that verifies, or grew by what
// was checked.
template <PrimeGroup G>
Result<TallySoFar<G>> read_tally_so_far(Opened<G>& opened, const ForEach& for_each) {
  const election::Election<G>& election = opened.setup.election;
  const auto text = [&](const Entry& entry) { return opened.reader.long_content(entry); };
  TallySoFar<G> so_far;
  std::optional<Entry> last_shuffle;
  while (const auto step = TRY(opened.reader.next())) {
    so_far.last = step->event.type;
    switch (step->event.type) {
      case EventType::end_ballots:
        so_far.closing = to_hex(step->entry.hash);
        break;
      case EventType::encrypted_tally: {
        so_far.tally = TRY(election::read_long_encrypted_tally<G>(text(step->referred()), for_each));
        const auto sized = TRY(json::read_canonical(step->payload().content, election::read_sized_encrypted_tally));
        so_far.ballots = sized.num_tallied;
        so_far.total_weight = sized.total_weight;
        TRY(election::check_shape(election, *so_far.tally, sized.num_tallied));
        break;
      }
      case EventType::shuffle: {
        const auto owned = TRY(json::read_canonical(step->payload().content, election::read_owned));
        if (!so_far.tally) return fail("a shuffle of nothing");
        so_far.shufflers.push_back(owned.owner);
        last_shuffle = step->referred();
        break;
      }
      case EventType::partial_decryption: {
        auto decryption = TRY(election::read_long_partial_decryption<G>(text(step->referred()), for_each));
        const auto owned = TRY(json::read_canonical(step->payload().content, election::read_owned));
        so_far.decryptions.emplace_back(owned.owner, std::move(decryption));
        break;
      }
      default:
        break;
    }
  }
  if (last_shuffle) {
    auto shuffled = TRY(election::read_long_shuffled<G>(text(*last_shuffle), for_each));
    so_far.tally = TRY(election::merge_shuffled(election, *std::move(so_far.tally), std::move(shuffled)));
  }
  return so_far;
}

}  // namespace folkmoot::record
