#include "election/ranking.hpp"

#include <algorithm>
#include <cassert>

namespace folkmoot::election {
namespace {

constexpr std::string_view slots_type = "PreferenceSlots";
constexpr std::size_t most_candidates = 255;  // what fits in a number of eight bits, 0 being none

Status check_candidates(std::size_t count) {
  if (count == 0 || count > most_candidates) return fail("{} candidates, and 1 to {} can be", count, most_candidates);
  return {};
}

// The candidates that an extra field gives, or none if it does not say preference slots.
Result<std::vector<std::string>> slot_candidates(const std::string& extra) {
  const json::Document document = TRY(json::Document::parse(extra));
  const json::Value value = document.root();
  if (!value.has("type")) return std::vector<std::string>();
  const auto type = json::read_field(value, "type", json::read_string);
  if (!type || *type != slots_type) return std::vector<std::string>();
  auto candidates = TRY(json::read_field(value, "candidates",
                                         [](json::Value names) { return json::read_array(names, json::read_string); }));
  TRY(check_candidates(candidates.size()));
  return candidates;
}

}  // namespace

RankingScheme::RankingScheme(bool slots, std::vector<std::string> candidates, std::size_t answers)
    : slots_(slots),
      candidates_(std::move(candidates)),
      answers_(answers),
      places_(std::min(answers, candidates_.size())) {}

Result<RankingScheme> RankingScheme::of(const Question& question) {
  const auto* numbers = std::get_if<NonHomomorphicQuestion>(&question.kind);
  if (numbers == nullptr) return fail("only a non-homomorphic question can ask for a ranking");
  if (question.extra) {
    auto candidates = TRY(in("extra", slot_candidates(*question.extra)));
    if (!candidates.empty()) return RankingScheme(true, std::move(candidates), numbers->answers.size());
  }
  return RankingScheme(false, numbers->answers, numbers->answers.size());
}

Result<Question> RankingScheme::slots_question(std::string question, std::vector<std::string> slots,
                                               std::vector<std::string> candidates) {
  if (slots.empty()) return fail("a ranking needs at least one place");
  TRY(check_candidates(candidates.size()));
  json::Writer extra;
  extra.begin_object();
  extra.key("type").plain_string(slots_type);
  extra.key("candidates").begin_array();
  for (const std::string& candidate : candidates) extra.string(candidate);
  extra.end_array();
  extra.end_object();
  return Question{NonHomomorphicQuestion{std::move(slots), std::move(question)}, extra.take()};
}

Ranking RankingScheme::read(std::span<const std::uint64_t> numbers) const {
  assert(numbers.size() == answers_);
  Ranking ranking;
  if (slots_) {
    std::vector<bool> ranked(candidates_.size());
    for (const std::uint64_t number : numbers) {
      if (number == 0 || number > candidates_.size() || ranked[number - 1]) continue;
      ranked[number - 1] = true;
      ranking.push_back(number - 1);
    }
    return ranking;
  }
  for (std::size_t candidate = 0; candidate < numbers.size(); ++candidate) {
    if (numbers[candidate] != 0) ranking.push_back(candidate);
  }
  const auto rank = [&](std::size_t candidate) { return numbers[candidate]; };
  std::ranges::sort(ranking, {}, rank);
  const auto repeated = std::ranges::adjacent_find(ranking, {}, rank);
  ranking.erase(repeated, ranking.end());
  return ranking;
}

Result<std::vector<std::int64_t>> RankingScheme::write(const Ranking& ranking) const {
  if (ranking.size() > places_) return fail("{} candidates ranked, at most {}", ranking.size(), places_);
  std::vector<bool> ranked(candidates_.size());
  std::vector<std::int64_t> numbers(answers_);
  for (std::size_t place = 0; place < ranking.size(); ++place) {
    const std::size_t candidate = ranking[place];
    if (candidate >= candidates_.size()) return fail("place {}: there is no candidate {}", place + 1, candidate + 1);
    if (ranked[candidate]) return fail("place {}: \"{}\" is ranked already", place + 1, candidates_[candidate]);
    ranked[candidate] = true;
    numbers[slots_ ? place : candidate] = static_cast<std::int64_t>((slots_ ? candidate : place) + 1);
  }
  return numbers;
}

}  // namespace folkmoot::election
