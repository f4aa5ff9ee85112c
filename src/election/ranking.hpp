// Rankings as answers to non-homomorphic questions: what the numbers of a decrypted ballot mean, and which numbers a
// ranking becomes. Belenios leaves the meaning to whoever counts; this is Folkmoot's reading.
//
// A question's numbers mean one of two things:
// - Ranks (the usual): answers are the candidates, and each number is that candidate's rank; 0 is unranked.
// - Preference slots: answers are the places of a ranking ("1st", "2nd", …), and the number in each is a candidate's,
//   from 1; 0 leaves the place empty. So a group that carries 30 numbers can ask for 30 preferences among 255
//   candidates. The question's "extra" field says so and names the candidates:
//     {"type":"PreferenceSlots","candidates":["…","…"]}
//   (a "type" is how the original system marks its counting methods there; it keeps any it does not know).
//
// Whoever casts a ballot with other software may have encrypted any numbers, so every vector of numbers has a reading:
// - Ranks: candidates in the order of their ranks. Only the order of the numbers matters: a gap (1, 3) is closed up. A
//   rank given to more than one candidate ends the ranking before them, since the voter did not say which comes first.
// - Slots: candidates in the order of the slots. Empty slots and numbers of no candidate are passed over, and so is a
//   candidate who has a higher place already.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "election/question.hpp"

namespace folkmoot::election {

// Candidates by their index from 0, the most preferred first; each at most once.
using Ranking = std::vector<std::size_t>;

class RankingScheme {
 public:
  // The scheme of a non-homomorphic question. Fails for other questions, and for an extra field that says preference
  // slots and does not give 1 to 255 candidates.
  static Result<RankingScheme> of(const Question& question);

  // A new question with preference slots named by `slots`. Fails if there are no slots, or not 1 to 255 candidates.
  static Result<Question> slots_question(std::string question, std::vector<std::string> slots,
                                         std::vector<std::string> candidates);

  [[nodiscard]] const std::vector<std::string>& candidates() const { return candidates_; }
  // How many candidates a ballot can rank: all of them, or as many as there are slots.
  [[nodiscard]] std::size_t places() const { return places_; }
  [[nodiscard]] bool slots() const { return slots_; }

  // The reading above. `numbers` has as many as the question has answers, each 0..255.
  [[nodiscard]] Ranking read(std::span<const std::uint64_t> numbers) const;
  // The numbers that read as `ranking`: ranks or slots 1, 2, 3 … Fails if it has more than places(), a candidate that
  // there is not, or one twice.
  [[nodiscard]] Result<std::vector<std::int64_t>> write(const Ranking& ranking) const;

 private:
  RankingScheme(bool slots, std::vector<std::string> candidates, std::size_t answers);

  bool slots_;
  std::vector<std::string> candidates_;
  std::size_t answers_;  // how many numbers a ballot has
  std::size_t places_;
};

}  // namespace folkmoot::election
