// The ballots of a record: each is read and its claims are verified, many at a time on all threads; then, in the order
// of the record, it replaces the same voter's earlier one and is added up.
#pragma once

#include <deque>
#include <functional>
#include <future>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "election/accumulator.hpp"
#include "election/claims.hpp"
#include "record/entry.hpp"
#include "record/observer.hpp"
#include "record/verify_setup.hpp"
#include "record/workers.hpp"

namespace folkmoot::record {

template <PrimeGroup G>
class BallotVerifier {
 public:
  // The content of an entry that stands in the record: for ballots that are replaced.
  using ReadAgain = std::function<Result<std::string>(const Entry&)>;

  // `tracker` is that of a ballot to look for, or empty; `observer` may be null. What is given must outlive this.
  BallotVerifier(const Setup<G>& setup, std::string_view tracker, ReadAgain read_again, Workers& workers,
                 Observer<G>* observer, Report& report);

  // The next ballot of the record, with its content.
  void add(Entry entry);
  // Verifies what has been added and waits: the report and the sum are then complete.
  void finish();

  // The last ballots of all voters.
  [[nodiscard]] const election::Accumulator<G>& sum() const { return sum_; }
  // Where in the record the ballots that have been verified end.
  [[nodiscard]] std::uint64_t verified_to() const { return verified_to_; }

 private:
  // What a thread found out about one ballot.
  struct Outcome {
    Entry entry;
    std::optional<election::Ballot<G>> ballot;
    std::vector<election::BallotFailure> failures;
  };
  using Outcomes = std::vector<Outcome>;

  struct Voter {
    std::uint64_t weight = 1;
    std::optional<Entry> last;  // their last ballot so far, without its content
  };

  static Outcomes verify(const Setup<G>& setup, std::vector<Entry> entries);
  void start_batch();
  void take_oldest_batch();
  void take(Outcome outcome);
  void count(Outcome outcome, const std::string& where);
  void track(const Voter& voter, const Entry& entry);

  const Setup<G>& setup_;
  std::string tracker_;
  ReadAgain read_again_;
  Workers& workers_;
  Observer<G>* observer_;
  Report& report_;
  // A digest's first bytes hash it well enough.
  struct FirstBytes {
    std::size_t operator()(const Digest& digest) const;
  };
  std::unordered_map<Digest, Voter, FirstBytes> voters_;  // by the SHA-256 of the credential's text
  std::vector<Entry> batch_;
  std::deque<std::future<Outcomes>> running_;
  election::Accumulator<G> sum_;
  std::uint64_t verified_to_ = 0;
};

}  // namespace folkmoot::record
