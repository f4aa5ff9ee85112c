#include "record/outcome.hpp"

#include <cassert>

namespace folkmoot::record {
namespace {

using namespace election;
using Lines = std::vector<std::string>;
using Totals = std::vector<std::uint64_t>;

void add_totals(Lines& lines, const std::vector<std::string>& names, const Totals& totals) {
  assert(names.size() == totals.size());
  for (std::size_t i = 0; i < names.size(); ++i) lines.push_back(fmt::format("  {:>9}  {}", totals[i], names[i]));
}

void add(Lines& lines, const HomomorphicQuestion& question, const QuestionResult& result) {
  std::vector<std::string> names = question.answers;
  if (question.blank_allowed()) names.insert(names.begin(), "(blank)");
  add_totals(lines, names, std::get<Totals>(result));
}

void add(Lines& lines, const NonHomomorphicQuestion& question, const QuestionResult& result) {
  const std::size_t ballots = std::visit([](const auto& values) { return values.size(); }, result);
  lines.push_back(
      fmt::format("  {:>9}  ballots, each with a number for each of {} answers", ballots, question.answers.size()));
}

void add(Lines& lines, const ListsQuestion& question, const QuestionResult& result) {
  const auto& totals = std::get<std::vector<Totals>>(result);
  for (std::size_t i = 0; i < totals.size(); ++i) add_totals(lines, question.answers[i], totals[i]);
}

}  // namespace

Lines describe(const std::vector<Question>& questions, const ElectionResult& result) {
  Lines lines;
  for (std::size_t i = 0; i < questions.size(); ++i) {
    lines.push_back(questions[i].text());
    std::visit([&](const auto& question) { add(lines, question, result.questions[i]); }, questions[i].kind);
  }
  return lines;
}

}  // namespace folkmoot::record
