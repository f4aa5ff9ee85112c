// The questions of a ballot paper (specification, section 4.9 "Questions"), and what a voter may answer.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/json.hpp"

namespace folkmoot::election {

// Choose min..max of the answers; with `blank`, a blank vote is allowed besides. Only totals are ever decrypted.
// As read, 0 ≤ min ≤ max.
struct HomomorphicQuestion {
  std::vector<std::string> answers;
  std::optional<bool> blank;  // as written: absent and false mean the same and are different texts
  std::int64_t min = 0;
  std::int64_t max = 0;
  std::string question;
  [[nodiscard]] bool blank_allowed() const { return blank.value_or(false); }
};

// A number 0..255 for each answer (ranks, grades, or, with preference slots, candidates). Tallied through shuffles.
struct NonHomomorphicQuestion {
  std::vector<std::string> answers;
  std::string question;
};

// Choose one list, and at least one candidate of it. The first of each inner vector is the list's name; as read, there
// is always one.
struct ListsQuestion {
  std::vector<std::vector<std::string>> answers;
  std::string question;
};

struct Question {
  std::variant<HomomorphicQuestion, NonHomomorphicQuestion, ListsQuestion> kind;
  // The compact JSON of the "extra" field of a non-homomorphic or lists question: a hint at the counting method.
  std::optional<std::string> extra;

  // How many ciphertexts an answer to it has: one for a non-homomorphic question.
  [[nodiscard]] std::size_t ciphertexts() const;
  [[nodiscard]] bool needs_shuffles() const { return std::holds_alternative<NonHomomorphicQuestion>(kind); }
  // For a lists question, the number of answers of each list, names included: how its ciphertexts are nested.
  [[nodiscard]] std::optional<std::vector<std::size_t>> lists() const;
  [[nodiscard]] const std::string& text() const;
};

// Refuses a question that nobody could answer, or a group could not carry: no answers, max above their number, a list
// without candidates, more numbers than `max_ints` (G::max_ints of the election's group). Reading accepts such
// questions, as the original tools do; opening an election must not.
Status check_question(const Question& question, std::size_t max_ints);

// A voter's answer in clear. Homomorphic: a bit for each answer, led by the blank bit where blank is allowed.
// Non-homomorphic: a number for each answer. Lists: a vector of bits for each list, led by the list's own.
using PlainAnswer = std::variant<std::vector<std::int64_t>, std::vector<std::vector<std::int64_t>>>;

// Refuses an answer that the question does not allow, saying why ("chosen 3, at most 2").
Status check_answer(const Question& question, const PlainAnswer& answer);

// [[0,1,0],[2,1]] — the form in which the original tools take a vote.
Result<std::vector<PlainAnswer>> read_plain_answers(json::Value value);
void write(json::Writer& writer, const std::vector<PlainAnswer>& answers);

Result<Question> read_question(json::Value value);
void write(json::Writer& writer, const Question& question);

}  // namespace folkmoot::election
