#include "record/verify_tally.hpp"

#include <algorithm>

#include "group/all.hpp"

namespace folkmoot::record {
namespace {

using namespace election;

// The first ciphertexts in which the two tallies differ, or nothing.
template <PrimeGroup G>
std::optional<std::string> difference(const EncryptedTally<G>& found, const EncryptedTally<G>& expected) {
  for (std::size_t i = 0; i < expected.questions.size(); ++i) {
    const auto& a = found.questions[i].values;
    const auto& b = expected.questions[i].values;
    const auto [at, other] = std::ranges::mismatch(a, b);
    if (at == a.end() && other != b.end()) return fmt::format("question {}: ciphertexts are missing", i + 1);
    if (at != a.end()) return fmt::format("question {}: ciphertext {} is another one", i + 1, at - a.begin() + 1);
  }
  return std::nullopt;
}

}  // namespace

template <PrimeGroup G>
PublishedTally TallyVerifier<G>::tally(const LongText& text, std::string_view sized_text, bool keep_text) {
  Check& check = report_[CheckId::tally];
  PublishedTally published;
  const auto sized = json::read_canonical(sized_text, read_sized_encrypted_tally);
  if (sized) {
    published.size = {sized->num_tallied, sized->total_weight};
  } else {
    check.fail(sized.error().in("sized_encrypted_tally").message);
  }
  auto tally = read_long_encrypted_tally<G>(text, for_each());
  // A tally of nobody knows how many ballots has no shape.
  const Status fits = !tally  ? Failure(tally.error())
                      : sized ? check_shape(setup_.election, *tally, sized->num_tallied)
                              : Status();
  if (!fits) {
    check.fail(fits.error().in("encrypted_tally").message);
    if (observer_) observer_->unreadable(fits.error().in("encrypted_tally"));
  } else {
    if (observer_) observer_->tally(*tally);
    if (!sized) return published;
    tally_ = *std::move(tally);
    if (!keep_text) return published;
    auto whole = text.part(0, text.size);
    if (!whole) check.fail(whole.error().in("encrypted_tally").message);
    published.text = std::move(whole).value_or("");
  }
  return published;
}

template <PrimeGroup G>
void compare_tally(const PublishedTally& published, const EncryptedTally<G>* tally, const Accumulator<G>& sum,
                   bool comparable, Check& check) {
  check.add_items(sum.ballots());
  if (!comparable) return;
  const auto compare = [&](std::string_view name, std::uint64_t found, std::uint64_t expected) {
    if (found != expected) check.fail(fmt::format("{}: {}, but the ballots make {}", name, found, expected));
  };
  if (published.size) {
    compare("num_tallied", published.size->num_tallied, sum.ballots());
    compare("total_weight", published.size->total_weight, sum.total_weight());
  }
  if (!tally) return;  // it could not be read, which has been said
  if (const auto where = difference(*tally, sum.tally())) check.fail("encrypted_tally: " + *where);
  check.finish();
}

template <PrimeGroup G>
void TallyVerifier<G>::check_owner(std::int64_t owner) {
  Check& check = report_[CheckId::shuffles];
  if (!shufflers_.insert(owner).second)
    check.fail(fmt::format("shuffle {}: trustee {} shuffles again", shuffles_, owner));
  if (!setup_.trustees) return;
  const std::size_t trustees = setup_.trustees->verification_keys().size();
  if (owner < 1 || static_cast<std::uint64_t>(owner) > trustees) {
    check.fail(fmt::format("shuffle {}: owner {} is no trustee: they count from 1 to {}", shuffles_, owner, trustees));
  }
}

template <PrimeGroup G>
void TallyVerifier<G>::shuffle(const LongText& text, std::string_view owned_text) {
  const std::string where = fmt::format("shuffle {}", ++shuffles_);
  Check& check = report_[CheckId::shuffles];
  check.add_items();
  if (!setup_.election.needs_shuffles()) check.fail(where + ": the election has nothing to shuffle");
  const auto owned = json::read_canonical(owned_text, read_owned);
  if (owned) {
    check_owner(owned->owner);
  } else {
    check.fail(owned.error().in(where + ": owned_shuffle").message);
  }
  auto shuffle = read_long_shuffle<G>(text, for_each());
  if (observer_) {
    if (!shuffle) observer_->unreadable(shuffle.error().in(where));
    observer_->shuffle(owned ? std::optional(*owned) : std::nullopt, shuffle ? &*shuffle : nullptr);
  }
  if (!shuffle) {
    check.fail(shuffle.error().in(where).message);
    tally_.reset();  // what comes out of it is not known
    proofs_checked_ = false;
    return;
  }
  if (!tally_) {
    proofs_checked_ = false;
    return;
  }
  if (!check_proofs(*shuffle, where)) return;
  auto shuffled = shuffle->ciphertexts.begin();
  for (std::size_t i = 0; i < tally_->questions.size(); ++i) {
    if (setup_.election.questions[i].needs_shuffles()) tally_->questions[i].values = std::move(*shuffled++);
  }
}

// Whether the shuffle has the shape of what it shuffles; its proofs are checked then.
template <PrimeGroup G>
bool TallyVerifier<G>::check_proofs(const Shuffle<G>& shuffle, const std::string& where) {
  std::vector<std::size_t> rankings;
  for (std::size_t i = 0; i < setup_.election.questions.size(); ++i) {
    if (setup_.election.questions[i].needs_shuffles()) rankings.push_back(i);
  }
  if (shuffle.ciphertexts.size() != rankings.size() || shuffle.proofs.size() != rankings.size()) {
    proofs_.fail(fmt::format("{}: {} vectors of ciphertexts and {} proofs for {} questions", where,
                             shuffle.ciphertexts.size(), shuffle.proofs.size(), rankings.size()));
    tally_.reset();
    return false;
  }
  for (std::size_t j = 0; j < rankings.size(); ++j) {
    const auto task = proofs_.next(1);
    if (!task) continue;
    const auto& before = tally_->questions[rankings[j]].values;
    const auto& after = shuffle.ciphertexts[j];
    const auto& proof = shuffle.proofs[j];
    const std::string what = fmt::format("{}: question {}", where, rankings[j] + 1);
    if (!proof::well_formed<G>(before, after, proof)) {
      proofs_.fail(*task, fmt::format("{}: the proof is not one of {} ciphertexts becoming {}", what, before.size(),
                                      after.size()));
    } else if (!proof::verify_shuffle<G>(setup_.fingerprint, setup_.public_key, before, after, proof, for_each())) {
      proofs_.fail(*task, what + ": the proof is wrong");
    }
  }
  return true;
}

template <PrimeGroup G>
void TallyVerifier<G>::end_shuffles() {
  if (ended_) return;
  ended_ = true;
  if (setup_.election.needs_shuffles() && shuffles_ == 0) {
    report_[CheckId::shuffles].fail("rankings are decrypted without any shuffle: votes can be told from their ballots");
  }
  stop();
}

template <PrimeGroup G>
void TallyVerifier<G>::stop() {
  if (!ended_ && shuffles_ == 0) return;
  if (setup_.trustees) report_[CheckId::shuffles].finish();
  if (proofs_checked_) proofs_.finish();
}

#define FOLKMOOT_INSTANTIATE(G)    \
  template class TallyVerifier<G>; \
  template void compare_tally(const PublishedTally&, const EncryptedTally<G>*, const Accumulator<G>&, bool, Check&);
FOLKMOOT_FOR_EACH_GROUP(FOLKMOOT_INSTANTIATE)

}  // namespace folkmoot::record
