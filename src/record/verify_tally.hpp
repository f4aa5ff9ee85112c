// From the encrypted tally through the shuffles to what the trustees decrypt.
#pragma once

#include <optional>
#include <set>
#include <string>

#include "election/accumulator.hpp"
#include "election/read_long.hpp"
#include "record/observer.hpp"
#include "record/part.hpp"
#include "record/verify_setup.hpp"
#include "record/workers.hpp"

namespace folkmoot::record {

template <PrimeGroup G>
class TallyVerifier {
 public:
  // What is given must outlive this; `observer` may be null.
  TallyVerifier(const Setup<G>& setup, Share share, Workers& workers, Observer<G>* observer, Report& report)
      : setup_(setup),
        workers_(workers),
        observer_(observer),
        report_(report),
        proofs_(report[CheckId::shuffle_proofs], share) {}

  // The encrypted tally and its sized form, as texts. Gives what there is to compare with the sum of the ballots; its
  // text only if `keep_text`.
  PublishedTally tally(const LongText& text, std::string_view sized_text, bool keep_text);
  // A shuffle, and the text that says whose it is.
  void shuffle(const LongText& text, std::string_view owned_text);
  // No shuffle is to come: EndShuffles, or the first partial decryption.
  void end_shuffles();
  // The record ends here, before its election.
  void stop();

  // What is to be decrypted: the tally that the record has, its rankings as last shuffled. Nothing if there is none
  // that could be read.
  [[nodiscard]] const std::optional<election::EncryptedTally<G>>& to_decrypt() const { return tally_; }

 private:
  [[nodiscard]] ForEach for_each() const {
    return [this](std::size_t count, const auto& step) { workers_.for_each(count, step); };
  }
  void check_owner(std::int64_t owner);
  bool check_proofs(const election::Shuffle<G>& shuffle, const std::string& where);

  const Setup<G>& setup_;
  Workers& workers_;
  Observer<G>* observer_;
  Report& report_;
  Tasks proofs_;  // one for each question of a shuffle
  std::optional<election::EncryptedTally<G>> tally_;
  std::uint64_t shuffles_ = 0;
  std::set<std::int64_t> shufflers_;
  bool proofs_checked_ = true;  // none had to be left out
  bool ended_ = false;
};

// Compares what the record has with the sum of all ballots; `tally` is null if that could not be read. `comparable`:
// the credentials could be read, so it is known which ballots count.
template <PrimeGroup G>
void compare_tally(const PublishedTally& published, const election::EncryptedTally<G>* tally,
                   const election::Accumulator<G>& sum, bool comparable, Check& check);

}  // namespace folkmoot::record
