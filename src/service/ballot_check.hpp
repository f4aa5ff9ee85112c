// Whether ballots may enter a record: each on its own, many at a time.
#pragma once

#include <deque>
#include <thread>
#include <unordered_set>

#include "election/claims.hpp"
#include "group/ahead.hpp"
#include "secret/work.hpp"
#include "service/supplement.hpp"
#include "strict/elements.hpp"

namespace folkmoot::service {

// Longer texts are no ballots: a hundred answers in the largest group take a tenth of this.
inline constexpr std::size_t longest_ballot = std::size_t{1} << 23;

// For ballots of one election. From any thread.
template <PrimeGroup G>
class BallotCheck {
 public:
  // `setup` must outlive this. `supplement`: of an election that is held under the strict profile.
  BallotCheck(const record::Setup<G>& setup, const std::optional<strict::Supplement<G>>& supplement)
      : setup_(setup), strict_(supplement.has_value()) {
    if (supplement) spoiled_.insert(supplement->spoiled.begin(), supplement->spoiled.end());
    for (const auto& credential : setup.credentials->credentials) voters_.insert(credential.key.text());
  }

  // For each text what is wrong with it; empty for a ballot in canonical form (specification, section 4.11), of this
  // election and one of its credentials, with sound proofs and signature. Whether it is there already is not looked at.
  // On all cores.
  [[nodiscard]] std::vector<std::string> operator()(std::span<const std::string_view> texts) const {
    std::vector<std::string> wrong(texts.size());
    const std::size_t cores = std::max(1U, std::thread::hardware_concurrency());
    const std::size_t size = std::clamp((texts.size() + cores - 1) / cores, smallest_batch, largest_batch);
    secret::parallel_for((texts.size() + size - 1) / size, {}, [&](std::size_t batch) {
      const std::size_t begin = batch * size;
      auto some = together(texts.subspan(begin, std::min(size, texts.size() - begin)));
      std::ranges::move(some, wrong.begin() + static_cast<std::ptrdiff_t>(begin));
    });
    return wrong;
  }

  // The same on this thread: the more, the less each costs, up to some hundreds (docs/performance.md).
  [[nodiscard]] std::vector<std::string> together(std::span<const std::string_view> texts) const {
    std::vector<std::string> wrong(texts.size());
    group::Batch<G> batch(setup_.public_key);
    const group::DecodeAhead<G> ahead({texts.begin(), texts.end()});
    std::deque<Pending> pending;  // what a batch refers to must stay where it is
    for (std::size_t i = 0; i < texts.size(); ++i) {
      auto ballot = read(texts[i]);
      if (!ballot) {
        wrong[i] = ballot.error().message;
        continue;
      }
      Pending& added = pending.emplace_back(Pending{i, *std::move(ballot), {}});
      added.claims.emplace(batch, setup_.election, setup_.fingerprint, added.ballot, texts[i]);
    }
    batch.run();
    for (const Pending& checked : pending) {
      std::vector<std::string> failures;
      for (const auto& failure : checked.claims->failures(batch)) failures.push_back(failure.message);
      wrong[checked.number] = fmt::format("{}", fmt::join(failures, "; "));
    }
    return wrong;
  }

 private:
  // The larger, the less each ballot costs; and the longer some core has nothing to do.
  static constexpr std::size_t smallest_batch = 128, largest_batch = 256;

  struct Pending {
    std::size_t number;
    election::Ballot<G> ballot;
    std::optional<election::BallotClaims<G>> claims;
  };

  Result<election::Ballot<G>> read(std::string_view text) const {
    if (text.size() > longest_ballot) return fail("too long for a ballot");
    auto ballot = TRY(json::read_canonical(
        text, [&](json::Value value) { return election::read_ballot<G>(setup_.election.questions, value); }));
    if (!voters_.contains(ballot.credential.text())) return fail("its credential is not one of this election's");
    if (strict_) {
      if (!spoiled_.empty() && spoiled_.contains(election::tracker(text)))
        return fail("it was opened, and cannot be cast any more");
      if (const auto places = strict::identities(ballot); !places.empty()) return fail("{}", places.front());
    }
    return ballot;
  }

  const record::Setup<G>& setup_;
  bool strict_;
  std::unordered_set<std::string> voters_;
  std::unordered_set<std::string> spoiled_;  // trackers
};

}  // namespace folkmoot::service
