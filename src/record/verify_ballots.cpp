#include "record/verify_ballots.hpp"

#include <cstring>

#include "group/ahead.hpp"
#include "group/all.hpp"

namespace folkmoot::record {
namespace {

using namespace election;

// A batch ends with so many ballots, or so many bytes of them: enough for a group to compute many products together,
// little enough to keep all threads busy.
constexpr std::size_t batch_ballots = 256;
constexpr std::uint64_t batch_bytes = std::uint64_t{1} << 20;
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

}  // namespace

template <PrimeGroup G>
std::size_t BallotVerifier<G>::FirstBytes::operator()(const Digest& digest) const {
  std::size_t value;
  std::memcpy(&value, digest.data(), sizeof value);
  return value;
}

template <PrimeGroup G>
BallotVerifier<G>::BallotVerifier(const Setup<G>& setup, std::string_view tracker, ReadAgain read_again,
                                  Workers& workers, Observer<G>* observer, Report& report)
    : setup_(setup),
      tracker_(tracker),
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
  batch_.push_back(std::move(entry));
  std::uint64_t bytes = 0;
  for (const Entry& ballot : batch_) bytes += ballot.size;
  if (batch_.size() == batch_ballots || bytes >= batch_bytes) start_batch();
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
      workers_.run([this, entries = std::move(batch_)]() mutable { return verify(setup_, std::move(entries)); }));
  batch_.clear();
  if (running_.size() > batches_ahead * workers_.size()) take_oldest_batch();
}

// Runs on any thread: touches nothing but what it is given.
template <PrimeGroup G>
typename BallotVerifier<G>::Outcomes BallotVerifier<G>::verify(const Setup<G>& setup, std::vector<Entry> entries) {
  Outcomes outcomes;
  outcomes.reserve(entries.size());
  Batch<G> batch(setup.public_key);
  std::vector<std::pair<Outcome*, BallotClaims<G>>> claims;
  std::vector<std::string_view> texts;
  for (Entry& entry : entries)
    texts.emplace_back(outcomes.emplace_back(Outcome{std::move(entry), {}, {}}).entry.content);
  const group::DecodeAhead<G> ahead(std::move(texts));
  for (Outcome& outcome : outcomes) {
    auto ballot = json::read_canonical(outcome.entry.content, reader(setup.election));
    if (!ballot) {
      outcome.failures.push_back({BallotFailure::Kind::form, ballot.error().message});
      continue;
    }
    outcome.ballot = *std::move(ballot);
    claims.emplace_back(
        &outcome, BallotClaims<G>(batch, setup.election, setup.fingerprint, *outcome.ballot, outcome.entry.content));
  }
  batch.run();
  for (const auto& [outcome, claim] : claims) outcome->failures = claim.failures(batch);
  return outcomes;
}

template <PrimeGroup G>
void BallotVerifier<G>::take_oldest_batch() {
  Outcomes outcomes = running_.front().get();
  running_.pop_front();
  for (Outcome& outcome : outcomes) take(std::move(outcome));
}

template <PrimeGroup G>
void BallotVerifier<G>::take(Outcome outcome) {
  verified_to_ = outcome.entry.end();
  ++report_.ballots;
  const std::string where = fmt::format("ballot {} ({})", report_.ballots, to_base64(outcome.entry.hash));
  for (const CheckId id : {CheckId::ballot_form, CheckId::ballot_signature, CheckId::ballot_proofs}) {
    report_[id].add_items();
  }
  for (const BallotFailure& failure : outcome.failures) {
    report_[check_of(failure.kind)].fail(where + ": " + failure.message);
  }
  if (observer_) {
    if (!outcome.ballot) observer_->unreadable(Error{outcome.failures.front().message}.in(where));
    observer_->ballot(outcome.entry.hash, outcome.ballot ? &*outcome.ballot : nullptr);
  }
  if (outcome.ballot) count(std::move(outcome), where);
}

// Ballots with a wrong proof are counted too: whether the tally is the sum of the ballots is another question than
// whether they are good.
template <PrimeGroup G>
void BallotVerifier<G>::count(Outcome outcome, const std::string& where) {
  Check& check = report_[CheckId::ballot_credential];
  check.add_items();
  const auto found = voters_.find(sha256(outcome.ballot->credential.text()));
  if (found == voters_.end()) {
    if (setup_.credentials) check.fail(where + ": the credential is not on the list");
    return;
  }
  Voter& voter = found->second;
  // What reading has refused already: rankings are never weighted.
  const std::uint64_t weight = setup_.election.needs_shuffles() ? 1 : voter.weight;
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
  outcome.entry.content.clear();
  track(voter, outcome.entry);
  voter.last = std::move(outcome.entry);
}

template <PrimeGroup G>
void BallotVerifier<G>::track(const Voter& voter, const Entry& entry) {
  if (tracker_.empty()) return;
  if (const std::string tracker = to_base64(entry.hash); tracker == tracker_) {
    report_.tracked = {report_.ballots, voter.weight, std::nullopt};
  } else if (voter.last && to_base64(voter.last->hash) == tracker_ && report_.tracked) {
    report_.tracked->replaced_by = tracker;
  }
}

#define FOLKMOOT_INSTANTIATE(G) template class BallotVerifier<G>;
FOLKMOOT_FOR_EACH_GROUP(FOLKMOOT_INSTANTIATE)

}  // namespace folkmoot::record
