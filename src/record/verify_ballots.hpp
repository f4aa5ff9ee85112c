// The ballots of a record: each is read and its claims are verified, many at a time on all threads; then, in the order
// of the record, it replaces the same voter's earlier one and is added up. Other processes' ballots are only counted.
// Of ballots that a state knows it is only noted which are their voters' last.
#pragma once

#include <deque>
#include <functional>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "election/accumulator.hpp"
#include "election/claims.hpp"
#include "record/entry.hpp"
#include "record/observer.hpp"
#include "record/part.hpp"
#include "record/verify_setup.hpp"
#include "record/workers.hpp"

namespace folkmoot::record {

template <PrimeGroup G>
class BallotVerifier {
 public:
  // The content of an entry that stands in the record: for ballots that are replaced.
  using ReadAgain = std::function<Result<std::string>(const Entry&)>;

  // `tracker` is that of a ballot to look for, or empty; `state` and `observer` may be null. What is given must outlive
  // this.
  BallotVerifier(const Setup<G>& setup, Share share, std::string_view tracker, const Part* state, ReadAgain read_again,
                 Workers& workers, Observer<G>* observer, Report& report);

  // The next ballot of the record, with its content.
  void add(Entry entry);
  // Takes over what the state says, which has been found to be of this record; all ballots that it knows, and no other,
  // have been added. Fails if it does not fit them.
  Status resume();
  // Verifies what has been added and waits: the report and the sum are then complete.
  void finish();

  // The last ballots of all voters.
  [[nodiscard]] const election::Accumulator<G>& sum() const { return sum_; }
  // Gives back the memory that it takes: of rankings, a ciphertext for each ballot.
  void forget_sum() { sum_ = election::Accumulator<G>(setup_.election); }
  // The numbers of those that could not be read.
  [[nodiscard]] const std::vector<std::uint64_t>& unreadable() const { return unreadable_; }
  // Where in the record the ballots that have been verified end.
  [[nodiscard]] std::uint64_t verified_to() const { return verified_to_; }

 private:
  struct Numbered {
    std::uint64_t number;  // of the ballot in the record, from 1
    Entry entry;
    bool is_own;  // of this process's share; if not, it is only shown to the observer
  };
  // What a thread found out about one ballot.
  struct Outcome {
    std::uint64_t number;
    Entry entry;
    bool is_own;
    std::optional<election::Ballot<G>> ballot;
    std::vector<election::BallotFailure> failures;
  };
  using Outcomes = std::vector<Outcome>;

  struct Voter {
    std::uint64_t weight = 1;
    std::optional<Entry> last;  // their last ballot so far, without its content
  };

  static Outcomes verify(const Setup<G>& setup, std::vector<Numbered> ballots);
  void pass_over(std::uint64_t number, const Entry& entry);
  void start_batch();
  void take_oldest_batch();
  void take(const Outcome& outcome);
  void count(const Outcome& outcome, const std::string& where);
  void track(const Voter& voter, std::uint64_t number, const Entry& entry);
  // What reading has refused already: rankings are never weighted.
  [[nodiscard]] std::uint64_t weight_of(const Voter& voter) const {
    return setup_.election.needs_shuffles() ? 1 : voter.weight;
  }

  const Setup<G>& setup_;
  Share share_;
  std::string tracker_;
  const Part* state_;
  ReadAgain read_again_;
  Workers& workers_;
  Observer<G>* observer_;
  Report& report_;
  // A digest's first bytes hash it well enough.
  struct FirstBytes {
    std::size_t operator()(const Digest& digest) const;
  };
  std::unordered_map<Digest, Voter, FirstBytes> voters_;  // by the SHA-256 of the credential's text
  std::vector<Numbered> batch_;
  std::uint64_t batch_bytes_ = 0;
  std::deque<Future<Outcomes>> running_;
  election::Accumulator<G> sum_;
  std::vector<std::uint64_t> unreadable_;
  std::uint64_t verified_to_ = 0;
};

}  // namespace folkmoot::record
