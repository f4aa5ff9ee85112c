// How far the tally of a record has come: what trustees and returning officer go on from. What the record holds is read
// here, not verified.
#pragma once

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "election/shuffles.hpp"
#include "record/opened.hpp"

namespace folkmoot::record {

template <PrimeGroup G>
struct TallySoFar {
  EventType last = EventType::setup;
  // Rankings as last shuffled. Nothing before the voting is closed.
  std::optional<election::EncryptedTally<G>> tally;
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

// Reads what follows the Setup. The record is one that verifies, or grew by what was checked.
template <PrimeGroup G>
Result<TallySoFar<G>> read_tally_so_far(Opened<G>& opened) {
  const election::Election<G>& election = opened.setup.election;
  const auto text = [&](const Entry& entry) { return opened.reader.content(entry); };
  TallySoFar<G> so_far;
  while (const auto step = TRY(opened.reader.next())) {
    so_far.last = step->event.type;
    switch (step->event.type) {
      case EventType::end_ballots:
        so_far.closing = to_hex(step->entry.hash);
        break;
      case EventType::encrypted_tally: {
        const std::string tally = TRY(text(step->referred()));
        so_far.tally = TRY(json::read_canonical(tally, election::read_encrypted_tally<G>));
        const auto sized = TRY(json::read_canonical(step->payload().content, election::read_sized_encrypted_tally));
        so_far.total_weight = sized.total_weight;
        TRY(election::check_shape(election, *so_far.tally, sized.num_tallied));
        break;
      }
      case EventType::shuffle: {
        const std::string shuffle_text = TRY(text(step->referred()));
        auto shuffle = TRY(json::read_canonical(shuffle_text, election::read_shuffle<G>));
        const auto owned = TRY(json::read_canonical(step->payload().content, election::read_owned));
        if (!so_far.tally) return fail("a shuffle of nothing");
        so_far.tally =
            TRY(election::merge_shuffled(election, *std::move(so_far.tally), std::move(shuffle.ciphertexts)));
        so_far.shufflers.push_back(owned.owner);
        break;
      }
      case EventType::partial_decryption: {
        const std::string decryption_text = TRY(text(step->referred()));
        auto decryption = TRY(json::read_canonical(decryption_text, election::read_partial_decryption<G>));
        const auto owned = TRY(json::read_canonical(step->payload().content, election::read_owned));
        so_far.decryptions.emplace_back(owned.owner, std::move(decryption));
        break;
      }
      default:
        break;
    }
  }
  return so_far;
}

}  // namespace folkmoot::record
