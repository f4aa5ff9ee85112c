#include "record/verify_decryption.hpp"

#include <algorithm>
#include <deque>

#include "election/read_long.hpp"
#include "group/all.hpp"
#include "record/outcome.hpp"

namespace folkmoot::record {
namespace {

using namespace election;

// So many ciphertexts of a question are one task for a thread.
constexpr std::size_t part_size = 256;

}  // namespace

// Puts the ciphertexts of all questions through `some`, on all threads, as far as they are this process's. Whether
// nothing was wrong. `others_too`: for what `some` computes, those of other processes, whose failures these tell.
template <PrimeGroup G>
bool DecryptionVerifier<G>::check_parts(const EncryptedTally<G>& tally, const Some& some, const std::string& where,
                                        Tasks& tasks, bool others_too) {
  std::vector<std::optional<std::uint64_t>> numbers;
  std::deque<Future<std::vector<std::string>>> parts;
  for (std::size_t i = 0; i < tally.questions.size(); ++i) {
    const std::size_t size = tally.questions[i].size();
    for (std::size_t first = 0; first < size; first += part_size) {
      const std::size_t last = std::min(size, first + part_size);
      if (const auto task = tasks.next(last - first); task || others_too) {
        numbers.push_back(task);
        parts.push_back(workers_.run([&some, i, first, last] { return some(i, first, last); }));
      }
    }
  }
  Workers::wait(parts);
  bool good = true;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const auto messages = parts[i].get();
    if (!numbers[i]) continue;
    for (const std::string& message : messages) {
      tasks.fail(*numbers[i], where + message);
      good = false;
    }
  }
  return good;
}

// Whether there is such a trustee and they have not decrypted already.
template <PrimeGroup G>
bool DecryptionVerifier<G>::check_owner(const Owned& owned, const std::string& where) {
  if (!setup_.trustees) return false;
  Check& check = report_[CheckId::decryptions];
  const std::size_t trustees = setup_.trustees->verification_keys().size();
  if (owned.owner < 1 || static_cast<std::uint64_t>(owned.owner) > trustees) {
    check.fail(fmt::format("{}: owner {} is no trustee: they count from 1 to {}", where, owned.owner, trustees));
    return false;
  }
  if (!by_owner_.try_emplace(owned.owner).second) {
    check.fail(fmt::format("{}: trustee {} decrypts again", where, owned.owner));
    return false;
  }
  return true;
}

template <PrimeGroup G>
void DecryptionVerifier<G>::decryption(const std::optional<EncryptedTally<G>>& tally, const LongText& text,
                                       std::string_view owned_text) {
  const std::string where = fmt::format("partial decryption {}", ++decryptions_);
  Check& check = report_[CheckId::decryptions];
  check.add_items();
  const auto owned = json::read_canonical(owned_text, read_owned);
  if (!owned) check.fail(owned.error().in(where + ": owned_partial_decryption").message);
  const bool owner_good = owned && check_owner(*owned, where);
  auto decryption = read_long_partial_decryption<G>(
      text, [this](std::size_t count, const auto& step) { workers_.for_each(count, step); });
  const Status fits = !decryption ? Failure(decryption.error()) : tally ? check_shape(*tally, *decryption) : Status();
  if (!fits) check.fail(fits.error().in(where).message);
  if (observer_) {
    if (!fits) observer_->unreadable(fits.error().in(where));
    const bool complete = fits && tally;
    observer_->decryption(owned ? std::optional(*owned) : std::nullopt, tally ? &*tally : nullptr,
                          complete ? &*decryption : nullptr);
  }
  if (!fits || !tally || !owner_good) {
    proofs_checked_ = false;
    return;
  }
  const auto index = static_cast<std::size_t>(owned->owner - 1);
  const typename G::FixedBase key(setup_.trustees->verification_keys()[index]);
  const bool good = check_parts(
      *tally,
      [&](std::size_t question, std::size_t first, std::size_t last) {
        return check_factors<G>(setup_.fingerprint, key, *tally, *decryption, question, first, last);
      },
      fmt::format("{}: trustee {}: ", where, owned->owner), proofs_);
  if (!good) wrong_.push_back(owned->owner);
  by_owner_[owned->owner] = *std::move(decryption);
}

// Whether enough trustees have decrypted, be it well or badly.
template <PrimeGroup G>
void DecryptionVerifier<G>::check_enough() {
  Check& check = report_[CheckId::decryptions];
  std::int64_t owner = 0;
  for (const auto& kind : setup_.trustees->kinds) {
    if (std::holds_alternative<TrusteePublicKey<G>>(kind)) {
      if (!by_owner_.contains(++owner)) check.fail(fmt::format("trustee {} has not decrypted", owner));
      continue;
    }
    const auto& group = std::get<ThresholdParameters<G>>(kind);
    const auto end = owner + static_cast<std::int64_t>(group.verification_keys.size());
    const auto present = std::distance(by_owner_.upper_bound(owner), by_owner_.upper_bound(end));
    if (present < group.threshold) {
      check.fail(fmt::format("of the trustees {} to {}, {} have decrypted, but {} must", owner + 1, end, present,
                             group.threshold));
    }
    owner = end;
  }
}

// What decrypts: of each threshold group no more than are needed, those of the lowest numbers, as the original tools
// do. Any others give the same, their proofs being right. Where they are not, nothing is said of the result (conclude
// in part.hpp): another process may know.
template <PrimeGroup G>
std::vector<OwnedDecryption<G>> DecryptionVerifier<G>::sufficient() const {
  std::vector<OwnedDecryption<G>> chosen;
  std::int64_t owner = 0;
  for (const auto& kind : setup_.trustees->kinds) {
    const auto* group = std::get_if<ThresholdParameters<G>>(&kind);
    const std::int64_t size = group ? static_cast<std::int64_t>(group->verification_keys.size()) : 1;
    std::int64_t wanted = group ? group->threshold : 1;
    for (const std::int64_t end = owner + size; owner < end;) {
      const auto found = by_owner_.find(++owner);
      if (found == by_owner_.end() || !found->second || wanted == 0) continue;
      chosen.push_back({owner, &*found->second});
      --wanted;
    }
  }
  return chosen;
}

template <PrimeGroup G>
void DecryptionVerifier<G>::result(const std::optional<EncryptedTally<G>>& tally, std::string_view text) {
  stop();
  const auto result = json::read_canonical(text, read_election_result);
  if (!result) {
    values_.fail(result.error().message);
    return;
  }
  json::Writer writer;
  write(writer, *result);
  constexpr std::string_view opening = "{\"result\":";
  report_.result = writer.text().substr(opening.size(), writer.text().size() - opening.size() - 1);
  if (!tally || !setup_.trustees) return;
  check_enough();
  const std::vector<OwnedDecryption<G>> chosen = sufficient();
  const auto combination = Combination<G>::make(*setup_.trustees, chosen);
  if (!combination) return;  // some are missing, or unfit
  for (const auto& one : chosen) decrypted_by_.push_back(one.owner);
  if (const Status fits = check_shape(setup_.election, *tally, *result); !fits) {
    values_.fail(fits.error().message);
    return;
  }
  report_.outcome = describe(setup_.election.questions, *result);
  // What rankings decrypt to, for who looks on.
  const bool shown = observer_ && wrong_.empty();
  std::vector<std::vector<typename G::Element>> plaintexts(tally->questions.size());
  for (std::size_t i = 0; shown && i < plaintexts.size(); ++i) {
    if (setup_.election.questions[i].needs_shuffles()) plaintexts[i].resize(tally->questions[i].size());
  }
  check_parts(
      *tally,
      [&](std::size_t question, std::size_t first, std::size_t last) {
        return check_values<G>(setup_.election, *tally, *combination, *result, question, first, last,
                               plaintexts[question]);
      },
      "", values_, shown);
  values_.finish();
  for (std::size_t i = 0; i < plaintexts.size(); ++i) {
    if (plaintexts[i].empty()) continue;
    observer_->plaintexts(i, plaintexts[i], std::get<std::vector<std::vector<std::uint64_t>>>(result->questions[i]));
  }
}

template <PrimeGroup G>
void DecryptionVerifier<G>::stop() {
  if (decryptions_ == 0) return;
  if (setup_.trustees) report_[CheckId::decryptions].finish();
  if (proofs_checked_) proofs_.finish();
}

#define FOLKMOOT_INSTANTIATE(G) template class DecryptionVerifier<G>;
FOLKMOOT_FOR_EACH_GROUP(FOLKMOOT_INSTANTIATE)

}  // namespace folkmoot::record
