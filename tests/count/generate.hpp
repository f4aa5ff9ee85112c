// Random contests for property tests.
#pragma once

#include <rapidcheck.h>

#include <algorithm>
#include <numeric>

#include "count/count.hpp"
#include "count/shared.hpp"

namespace folkmoot::count::test {

// A ranking of some of `candidates`.
inline std::vector<Candidate> any_ranking(std::size_t candidates) {
  const auto keys = *rc::gen::container<std::vector<std::uint16_t>>(candidates, rc::gen::arbitrary<std::uint16_t>());
  std::vector<Candidate> ranking(candidates);
  std::iota(ranking.begin(), ranking.end(), Candidate{0});
  std::ranges::stable_sort(ranking, {}, [&](Candidate c) { return keys[c]; });
  ranking.resize(*rc::gen::inRange<std::size_t>(0, candidates + 1));
  return ranking;
}

// 1 to 7 candidates, 1 to 4 seats, up to 40 entries of strict rankings (some empty), sometimes a withdrawal.
inline Contest any_contest(std::size_t most_seats = 4) {
  Contest contest;
  const auto candidates = *rc::gen::inRange<std::size_t>(1, 8);
  for (std::size_t i = 0; i < candidates; ++i) contest.candidates.push_back(std::string(1, static_cast<char>('A' + i)));
  contest.seats = *rc::gen::inRange<std::size_t>(1, most_seats + 1);
  if (candidates > 2 && *rc::gen::inRange(0, 4) == 0)
    contest.withdrawn.push_back(*rc::gen::inRange<Candidate>(0, static_cast<Candidate>(candidates)));
  const auto entries = *rc::gen::inRange<std::size_t>(1, 40);
  for (std::size_t i = 0; i < entries; ++i) {
    contest.papers.add_ranking(any_ranking(candidates), *rc::gen::inRange(1, 30));
  }
  return contest;
}

// Counts, drawing the first of any lot; the property fails if that can't be done.
inline Transcript counted(const std::string& rule, const Contest& contest, Options options = {}) {
  options.lots = first_lot();
  const auto transcript = count(rule, contest, options);
  if (!transcript) RC_FAIL(rule + ": " + transcript.error().message);
  return *transcript;
}

inline std::size_t standing(const Contest& contest) { return contest.candidates.size() - contest.withdrawn.size(); }

}  // namespace folkmoot::count::test
