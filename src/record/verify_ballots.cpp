#include "record/verify_ballots.hpp"

#include <algorithm>
#include <cassert>
#include <cstring>

#include "group/ahead.hpp"
#include "group/all.hpp"

namespace folkmoot::record {
namespace {

using namespace election;

// A batch ends with so many ballots, or so many bytes of them: enough for a group to compute many products together,
// little enough to keep all threads busy.
constexpr std::size_t batch_ballots = 512;
constexpr std::uint64_t largest_batch = std::uint64_t{1} << 21;
// Batches that may be under way for each thread.
constexpr std::size_t batches_ahead = 3;

CheckId check_of(BallotFailure::Kind kind) {
  switch (kind) {
    case BallotFailure::Kind::form:
      return CheckId::ballot_form;
    case BallotFailure::Kind::signature:
      return CheckId::ballot_signature;
    case BallotFailure::Kind::proof:
      break;
  }
  return CheckId::ballot_proofs;
}

template <PrimeGroup G>
auto reader(const Election<G>& election) {
  return [&election](json::Value value) { return read_ballot<G>(election.questions, value); };
}

// The text of the credential, if the ballot is canonical: the first field of that name. (Quotes within a text are
// escaped.)
std::string_view credential_of(std::string_view ballot) {
  constexpr std::string_view opening = R"("credential":")";
  const std::size_t at = ballot.find(opening);
  if (at == std::string_view::npos) return {};
  const std::string_view text = ballot.substr(at + opening.size());
  return text.substr(0, text.find('"'));
}

// By which ballots are divided: the same for all ballots of a voter.
std::uint64_t voter_number(std::string_view ballot) {
  const Digest hash = sha256(credential_of(ballot));
  std::uint64_t number = 0;
  for (std::size_t i = 0; i < sizeof number; ++i) number = number << 8 | hash[i];
  return number;
}

}  // namespace

template <PrimeGroup G>
std::size_t BallotVerifier<G>::FirstBytes::operator()(const Digest& digest) const {
  std::size_t value;
  std::memcpy(&value, digest.data(), sizeof value);
  return value;
}

template <PrimeGroup G>
BallotVerifier<G>::BallotVerifier(const Setup<G>& setup, Share share, std::string_view tracker, const Part* state,
                                  ReadAgain read_again, Workers& workers, Observer<G>* observer, Report& report)
    : setup_(setup),
      share_(share),
      tracker_(tracker),
      state_(state),
      read_again_(std::move(read_again)),
      workers_(workers),
      observer_(observer),
      report_(report),
      sum_(setup.election) {
  if (!setup.credentials) return;
  voters_.reserve(setup.credentials->credentials.size());
  for (const auto& credential : setup.credentials->credentials) {
    voters_.emplace(sha256(credential.key.text()), Voter{credential.weight, std::nullopt});
  }
}

template <PrimeGroup G>
void BallotVerifier<G>::add(Entry entry) {
  const std::uint64_t number = ++report_.ballots;
  if (state_ && number <= state_->report.ballots) {
    pass_over(number, entry);
    return;
  }
  const bool is_own = share_.whole() || share_.has(voter_number(entry.content));
  if (!is_own && !observer_) return;
  batch_bytes_ += entry.size;
  batch_.push_back({number, std::move(entry), is_own});
  if (batch_.size() == batch_ballots || batch_bytes_ >= largest_batch) start_batch();
}

template <PrimeGroup G>
void BallotVerifier<G>::pass_over(std::uint64_t number, const Entry& entry) {
  verified_to_ = entry.end();
  if (std::ranges::binary_search(state_->unreadable, number)) return;
  const auto found = voters_.find(sha256(credential_of(entry.content)));
  if (found == voters_.end()) return;
  track(found->second, number, entry);
  found->second.last = entry.without_content();
}

template <PrimeGroup G>
Status BallotVerifier<G>::resume() {
  assert(batch_.empty() && running_.empty());
  const BallotSum& sum = *state_->sum;
  std::uint64_t ballots = 0;
  std::uint64_t weight = 0;
  for (const auto& [hash, voter] : voters_) {
    if (!voter.last) continue;
    ++ballots;
    weight += weight_of(voter);
  }
  if (report_.ballots != state_->report.ballots || ballots != sum.ballots || weight != sum.total_weight) {
    return fail("{} ballots, of which {} count, with a weight of {}; but the record has {}, {} and {}",
                state_->report.ballots, sum.ballots, sum.total_weight, report_.ballots, ballots, weight);
  }
  const group::DecodeAhead<G> ahead({sum.tally});
  auto tally = TRY(in("sum", json::read_canonical(sum.tally, read_encrypted_tally<G>)));
  TRY(in("sum", check_shape(setup_.election, tally, sum.ballots)));
  sum_ = Accumulator<G>(setup_.election, std::move(tally), sum.ballots, sum.total_weight);
  unreadable_ = state_->unreadable;
  report_.tallied = sum.ballots;
  for (const CheckId id : checks_of_ballots) report_[id].merge(state_->report[id]);
  return {};
}

template <PrimeGroup G>
void BallotVerifier<G>::finish() {
  start_batch();
  while (!running_.empty()) take_oldest_batch();
}

template <PrimeGroup G>
void BallotVerifier<G>::start_batch() {
  if (batch_.empty()) return;
  running_.push_back(
      workers_.run([this, ballots = std::move(batch_)]() mutable { return verify(setup_, std::move(ballots)); }));
  batch_.clear();
  batch_bytes_ = 0;
  if (running_.size() > batches_ahead * workers_.size()) take_oldest_batch();
}

// Runs on any thread: touches nothing but what it is given.
template <PrimeGroup G>
typename BallotVerifier<G>::Outcomes BallotVerifier<G>::verify(const Setup<G>& setup, std::vector<Numbered> ballots) {
  Outcomes outcomes;
  outcomes.reserve(ballots.size());
  Batch<G> batch(setup.public_key);
  std::vector<std::pair<Outcome*, BallotClaims<G>>> claims;
  std::vector<std::string_view> texts;
  for (auto& [number, entry, is_own] : ballots)
    texts.emplace_back(outcomes.emplace_back(Outcome{number, std::move(entry), is_own, {}, {}}).entry.content);
  const group::DecodeAhead<G> ahead(std::move(texts));
  for (Outcome& outcome : outcomes) {
    auto ballot = json::read_canonical(outcome.entry.content, reader(setup.election));
    if (!ballot) {
      outcome.failures.push_back({BallotFailure::Kind::form, ballot.error().message});
      continue;
    }
    outcome.ballot = *std::move(ballot);
    if (!outcome.is_own) continue;
    claims.emplace_back(
        &outcome, BallotClaims<G>(batch, setup.election, setup.fingerprint, *outcome.ballot, outcome.entry.content));
  }
  batch.run();
  for (const auto& [outcome, claim] : claims) outcome->failures = claim.failures(batch);
  return outcomes;
}

template <PrimeGroup G>
void BallotVerifier<G>::take_oldest_batch() {
  const Outcomes outcomes = running_.front().get();
  running_.pop_front();
  for (const Outcome& outcome : outcomes) take(outcome);
}

template <PrimeGroup G>
void BallotVerifier<G>::take(const Outcome& outcome) {
  verified_to_ = outcome.entry.end();
  const std::string where = fmt::format("ballot {} ({})", outcome.number, to_base64(outcome.entry.hash));
  if (observer_) {
    if (!outcome.ballot) observer_->unreadable(Error{outcome.failures.front().message}.in(where));
    observer_->ballot(outcome.entry.hash, outcome.ballot ? &*outcome.ballot : nullptr);
  }
  if (!outcome.is_own) return;
  for (const CheckId id : {CheckId::ballot_form, CheckId::ballot_signature, CheckId::ballot_proofs}) {
    report_[id].add_items();
  }
  for (const BallotFailure& failure : outcome.failures) {
    report_[check_of(failure.kind)].fail(where + ": " + failure.message, outcome.number);
  }
  if (!outcome.ballot) unreadable_.push_back(outcome.number);
  if (outcome.ballot) count(outcome, where);
}

// Ballots with a wrong proof are counted too: whether the tally is the sum of the ballots is another question than
// whether they are good.
template <PrimeGroup G>
void BallotVerifier<G>::count(const Outcome& outcome, const std::string& where) {
  Check& check = report_[CheckId::ballot_credential];
  check.add_items();
  const auto found = voters_.find(sha256(outcome.ballot->credential.text()));
  if (found == voters_.end()) {
    if (setup_.credentials) check.fail(where + ": the credential is not on the list", outcome.number);
    return;
  }
  Voter& voter = found->second;
  const std::uint64_t weight = weight_of(voter);
  if (voter.last) {
    const auto text = read_again_(*voter.last);
    const group::DecodeAhead<G> ahead({text ? std::string_view(*text) : std::string_view()});
    auto earlier = text ? json::read_canonical(*text, reader(setup_.election)) : Failure(text.error());
    if (earlier) {
      sum_.remove(*earlier, weight);
    } else {
      report_[CheckId::archive].fail(earlier.error().message);  // the source has changed
    }
  }
  sum_.add(*outcome.ballot, weight);
  report_.tallied = sum_.ballots();
  track(voter, outcome.number, outcome.entry);
  voter.last = outcome.entry.without_content();
}

template <PrimeGroup G>
void BallotVerifier<G>::track(const Voter& voter, std::uint64_t number, const Entry& entry) {
  if (tracker_.empty()) return;
  if (const std::string tracker = to_base64(entry.hash); tracker == tracker_) {
    report_.tracked = {number, voter.weight, std::nullopt};
  } else if (voter.last && to_base64(voter.last->hash) == tracker_ && report_.tracked) {
    report_.tracked->replaced_by = tracker;
  }
}

#define FOLKMOOT_INSTANTIATE(G) template class BallotVerifier<G>;
FOLKMOOT_FOR_EACH_GROUP(FOLKMOOT_INSTANTIATE)

}  // namespace folkmoot::record
