#include "election/question.hpp"

#include <numeric>

namespace folkmoot::election {
namespace {

using json::read_array;
using json::read_field;
using json::read_string;

// A bound for min and max that no question reaches, well inside every integer type.
constexpr std::int64_t greatest_bound = 1 << 30;

Result<std::vector<std::string>> read_strings(json::Value value) { return read_array(value, read_string); }

void write_strings(json::Writer& writer, const std::vector<std::string>& strings) {
  writer.begin_array();
  for (const std::string& string : strings) writer.string(string);
  writer.end_array();
}

Result<HomomorphicQuestion> read_homomorphic(json::Value value) {
  HomomorphicQuestion question;
  question.answers = TRY(read_field(value, "answers", read_strings));
  if (value.has("blank")) question.blank = TRY(read_field(value, "blank", [](json::Value v) { return v.boolean(); }));
  question.min = TRY(read_field(value, "min", [](json::Value v) { return v.integer(0, greatest_bound); }));
  question.max = TRY(read_field(value, "max", [](json::Value v) { return v.integer(0, greatest_bound); }));
  if (question.max < question.min) return fail("max {} is below min {}", question.max, question.min);
  question.question = TRY(read_field(value, "question", read_string));
  return question;
}

Result<NonHomomorphicQuestion> read_non_homomorphic(json::Value value) {
  auto answers = TRY(read_field(value, "answers", read_strings));
  auto question = TRY(read_field(value, "question", read_string));
  return NonHomomorphicQuestion{std::move(answers), std::move(question)};
}

Result<ListsQuestion> read_lists(json::Value value) {
  const auto read_list = [](json::Value list) -> Result<std::vector<std::string>> {
    auto names = TRY(read_strings(list));
    if (names.empty()) return fail("a list without a name");
    return names;
  };
  auto answers = TRY(read_field(value, "answers", [&](json::Value v) { return read_array(v, read_list); }));
  auto question = TRY(read_field(value, "question", read_string));
  return ListsQuestion{std::move(answers), std::move(question)};
}

void write(json::Writer& writer, const HomomorphicQuestion& question) {
  writer.begin_object();
  write_strings(writer.key("answers"), question.answers);
  if (question.blank) writer.key("blank").boolean(*question.blank);
  writer.key("min").integer(question.min);
  writer.key("max").integer(question.max);
  writer.key("question").string(question.question);
  writer.end_object();
}

void write(json::Writer& writer, const NonHomomorphicQuestion& question) {
  writer.begin_object();
  write_strings(writer.key("answers"), question.answers);
  writer.key("question").string(question.question);
  writer.end_object();
}

void write(json::Writer& writer, const ListsQuestion& question) {
  writer.begin_object();
  writer.key("answers").begin_array();
  for (const auto& list : question.answers) write_strings(writer, list);
  writer.end_array();
  writer.key("question").string(question.question);
  writer.end_object();
}

using Numbers = std::vector<std::int64_t>;

Status check_count(std::size_t found, std::size_t expected) {
  if (found != expected) return fail("{} values for {} answers", found, expected);
  return {};
}

Status check_bits(const Numbers& bits) {
  for (const std::int64_t bit : bits) {
    if (bit != 0 && bit != 1) return fail("{} where only 0 or 1 can be", bit);
  }
  return {};
}

Status check(const HomomorphicQuestion& question, const Numbers& bits) {
  const std::size_t blank_bits = question.blank_allowed() ? 1 : 0;
  TRY(check_count(bits.size(), question.answers.size() + blank_bits));
  TRY(check_bits(bits));
  const auto chosen =
      std::accumulate(bits.begin() + static_cast<std::ptrdiff_t>(blank_bits), bits.end(), std::int64_t{});
  if (blank_bits == 1 && bits[0] == 1) {
    if (chosen != 0) return fail("blank, and yet {} chosen", chosen);
    return {};
  }
  if (chosen < question.min) return fail("chosen {}, at least {}", chosen, question.min);
  if (chosen > question.max) return fail("chosen {}, at most {}", chosen, question.max);
  return {};
}

Status check(const NonHomomorphicQuestion& question, const Numbers& numbers) {
  TRY(check_count(numbers.size(), question.answers.size()));
  for (const std::int64_t number : numbers) {
    if (number < 0 || number > 255) return fail("{} is not in 0..255", number);
  }
  return {};
}

Status check(const ListsQuestion& question, const std::vector<Numbers>& lists) {
  if (lists.size() != question.answers.size()) {
    return fail("{} lists for {}", lists.size(), question.answers.size());
  }
  std::int64_t chosen_lists = 0;
  std::int64_t chosen_candidates = 0;
  for (std::size_t i = 0; i < lists.size(); ++i) {
    const std::string where = fmt::format("list {}", i + 1);
    TRY(in(where, check_count(lists[i].size(), question.answers[i].size())));
    TRY(in(where, check_bits(lists[i])));
    const auto candidates = std::accumulate(lists[i].begin() + 1, lists[i].end(), std::int64_t{});
    if (lists[i][0] == 0 && candidates > 0) return fail("{}: candidates chosen, and not the list", where);
    chosen_lists += lists[i][0];
    chosen_candidates += candidates;
  }
  if (chosen_lists != 1) return fail("chosen {} lists, exactly 1", chosen_lists);
  if (chosen_candidates == 0) return fail("no candidate chosen, at least 1");
  return {};
}

// An answer of the other nesting than the question's.
template <class Kind, class Other>
Status check(const Kind&, const Other&) {
  return fail(std::is_same_v<Kind, ListsQuestion> ? "expected an array for each list" : "expected numbers, not lists");
}

Status check_kind(const HomomorphicQuestion& question, std::size_t) {
  const std::size_t count = question.answers.size();
  if (count == 0) return fail("no answers to choose from");
  if (static_cast<std::size_t>(question.max) > count)
    return fail("max {} is above the {} answers", question.max, count);
  return {};
}

Status check_kind(const NonHomomorphicQuestion& question, std::size_t max_ints) {
  if (question.answers.empty()) return fail("no answers to number");
  if (max_ints == 0) return fail("the group cannot carry numbers for each answer");
  if (question.answers.size() > max_ints) {
    return fail("{} answers, and the group carries {} numbers at most", question.answers.size(), max_ints);
  }
  return {};
}

Status check_kind(const ListsQuestion& question, std::size_t) {
  if (question.answers.empty()) return fail("no lists to choose from");
  for (const auto& list : question.answers) {
    if (list.size() < 2) return fail("list \"{}\" has no candidates", list.empty() ? "" : list[0]);
  }
  return {};
}

}  // namespace

std::size_t Question::ciphertexts() const {
  if (const auto* homomorphic = std::get_if<HomomorphicQuestion>(&kind)) {
    return homomorphic->answers.size() + (homomorphic->blank_allowed() ? 1 : 0);
  }
  if (needs_shuffles()) return 1;
  const auto sizes = *lists();
  return std::accumulate(sizes.begin(), sizes.end(), std::size_t{});
}

std::optional<std::vector<std::size_t>> Question::lists() const {
  const auto* question = std::get_if<ListsQuestion>(&kind);
  if (question == nullptr) return std::nullopt;
  std::vector<std::size_t> sizes;
  for (const auto& list : question->answers) sizes.push_back(list.size());
  return sizes;
}

const std::string& Question::text() const {
  return std::visit([](const auto& question) -> const std::string& { return question.question; }, kind);
}

Status check_question(const Question& question, std::size_t max_ints) {
  return std::visit([&](const auto& kind) { return check_kind(kind, max_ints); }, question.kind);
}

Status check_answer(const Question& question, const PlainAnswer& answer) {
  return std::visit([](const auto& kind, const auto& numbers) { return check(kind, numbers); }, question.kind, answer);
}

Result<std::vector<PlainAnswer>> read_plain_answers(json::Value value) {
  const auto read_number = [](json::Value number) { return number.integer(); };
  const auto read_numbers = [&](json::Value numbers) { return read_array(numbers, read_number); };
  return read_array(value, [&](json::Value answer) -> Result<PlainAnswer> {
    const json::Array items = TRY(answer.array());
    const bool lists = items.begin() != items.end() && (*items.begin()).is_array();
    if (lists) return TRY(read_array(answer, read_numbers));
    return TRY(read_numbers(answer));
  });
}

void write(json::Writer& writer, const std::vector<PlainAnswer>& answers) {
  const auto write_numbers = [&](const std::vector<std::int64_t>& numbers) {
    writer.begin_array();
    for (const std::int64_t number : numbers) writer.integer(number);
    writer.end_array();
  };
  writer.begin_array();
  for (const PlainAnswer& answer : answers) {
    if (const auto* numbers = std::get_if<std::vector<std::int64_t>>(&answer)) {
      write_numbers(*numbers);
      continue;
    }
    writer.begin_array();
    for (const auto& list : std::get<1>(answer)) write_numbers(list);
    writer.end_array();
  }
  writer.end_array();
}

Result<Question> read_question(json::Value value) {
  if (!value.has("type")) return Question{TRY(read_homomorphic(value)), std::nullopt};
  const std::string type = TRY(read_field(value, "type", read_string));
  Question question;
  if (type == "NonHomomorphic") {
    question.kind = TRY(read_field(value, "value", read_non_homomorphic));
  } else if (type == "Lists") {
    question.kind = TRY(read_field(value, "value", read_lists));
  } else {
    return fail("unknown type of question \"{}\"", type);
  }
  if (value.has("extra")) {
    const json::Value extra = TRY(value.field("extra"));
    question.extra = TRY(in("extra", extra.text()));
  }
  return question;
}

void write(json::Writer& writer, const Question& question) {
  if (const auto* homomorphic = std::get_if<HomomorphicQuestion>(&question.kind)) return write(writer, *homomorphic);
  writer.begin_object();
  writer.key("type").plain_string(question.needs_shuffles() ? "NonHomomorphic" : "Lists");
  writer.key("value");
  std::visit([&](const auto& kind) { write(writer, kind); }, question.kind);
  if (question.extra) writer.key("extra").raw(*question.extra);
  writer.end_object();
}

}  // namespace folkmoot::election
