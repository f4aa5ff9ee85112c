// From the encrypted tally through the shuffles to what the trustees decrypt.
#pragma once

#include <optional>
#include <set>
#include <string>

#include "election/accumulator.hpp"
#include "election/tally.hpp"
#include "record/observer.hpp"
#include "record/verify_setup.hpp"
#include "record/workers.hpp"

namespace folkmoot::record {

template <PrimeGroup G>
class TallyVerifier {
 public:
  // What is given must outlive this; `observer` may be null.
  TallyVerifier(const Setup<G>& setup, Workers& workers, Observer<G>* observer, Report& report)
      : setup_(setup), workers_(workers), observer_(observer), report_(report) {}

  // The encrypted tally and its sized form, as texts, against the sum of the ballots.
  void tally(std::string_view text, std::string_view sized_text, const election::Accumulator<G>& sum);
  // A shuffle, and the text that says whose it is.
  void shuffle(std::string_view text, std::string_view owned_text);
  // No shuffle is to come: EndShuffles, or the first partial decryption.
  void end_shuffles();
  // The record ends here, before its election.
  void stop();

  // What is to be decrypted: the tally that the record has, its rankings as last shuffled. Nothing if there is none
  // that could be read.
  [[nodiscard]] const std::optional<election::EncryptedTally<G>>& to_decrypt() const { return tally_; }

 private:
  void check_owner(std::int64_t owner);
  bool check_proofs(const election::Shuffle<G>& shuffle, const std::string& where);

  const Setup<G>& setup_;
  Workers& workers_;
  Observer<G>* observer_;
  Report& report_;
  std::optional<election::EncryptedTally<G>> tally_;
  std::uint64_t shuffles_ = 0;
  std::set<std::int64_t> shufflers_;
  bool proofs_checked_ = true;  // none had to be left out
  bool ended_ = false;
};

}  // namespace folkmoot::record
