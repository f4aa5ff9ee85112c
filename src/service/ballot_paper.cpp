#include "service/ballot_paper.hpp"

#include <array>
#include <numeric>

#include "base/sha256.hpp"
#include "count/count.hpp"
#include "election/election.hpp"
#include "election/ranking.hpp"
#include "group/all.hpp"
#include "secret/base58.hpp"

namespace folkmoot::service {
namespace {

using Kind = Contest::Kind;

constexpr std::array<std::string_view, 3> kind_names = {"ranking", "choice", "lists"};  // in the order of Kind

Result<Kind> read_kind(json::Value value) {
  const std::string_view name = TRY(value.string());
  for (std::size_t i = 0; i < kind_names.size(); ++i) {
    if (name == kind_names[i]) return static_cast<Kind>(i);
  }
  return fail("\"{}\": expected {}", name, fmt::join(kind_names, ", "));
}

Result<std::vector<std::string>> read_names(json::Value value) { return json::read_array(value, json::read_string); }

// By counting: no votes of a choice, or one paper that ranks everybody. Whatever the rule asks for is checked so.
Status check_rule(const Contest& contest) {
  count::Options options;
  options.lots = count::seeded_lots("");
  count::Contest trial = countable(contest);
  if (contest.kind == Kind::choice) {
    const std::vector<std::int64_t> no_votes(contest.candidates.size());
    TRY(count::count_totals(contest.rule, trial, no_votes, 0, options));
  } else {
    std::vector<count::Candidate> all(contest.candidates.size());
    std::iota(all.begin(), all.end(), count::Candidate{0});
    trial.papers.add_ranking(all, 1);
    TRY(count::count(contest.rule, trial, options));
  }
  return {};
}

Result<Contest> read_contest(json::Value value) {
  Contest contest;
  contest.kind = TRY(json::read_field(value, "kind", read_kind));
  contest.question = TRY(json::read_field(value, "question", json::read_string));
  switch (contest.kind) {
    case Kind::ranking:
      TRY(value.only_fields({"kind", "question", "candidates", "preferences", "rule", "seats"}));
      break;
    case Kind::choice:
      TRY(value.only_fields({"kind", "question", "candidates", "min", "max", "blank", "rule", "seats"}));
      break;
    case Kind::lists:
      TRY(value.only_fields({"kind", "question", "lists"}));
      contest.lists =
          TRY(json::read_field(value, "lists", [](json::Value lists) { return json::read_array(lists, read_names); }));
      return contest;
  }
  contest.candidates = TRY(json::read_field(value, "candidates", read_names));
  TRY(in("candidates", count::check(countable(contest))));
  const auto read_number = [](json::Value number) { return number.integer(0, 0xffff); };
  const auto read_flag = [](json::Value flag) { return flag.boolean(); };
  if (value.has("preferences")) {
    const auto most = static_cast<std::int64_t>(contest.candidates.size());
    contest.preferences =
        TRY(json::read_field(value, "preferences", [&](json::Value number) { return number.integer(1, most); }));
  }
  if (value.has("min")) contest.min = TRY(json::read_field(value, "min", read_number));
  if (value.has("max")) contest.max = TRY(json::read_field(value, "max", read_number));
  if (value.has("blank")) contest.blank = TRY(json::read_field(value, "blank", read_flag));
  if (value.has("seats")) contest.seats = TRY(json::read_field(value, "seats", read_number));
  if (value.has("rule")) {
    contest.rule = TRY(json::read_field(value, "rule", json::read_string));
    TRY(in("rule", check_rule(contest)));
  }
  return contest;
}

void write(json::Writer& writer, const std::vector<std::string>& names) {
  writer.begin_array();
  for (const std::string& name : names) writer.string(name);
  writer.end_array();
}

void write(json::Writer& writer, const Contest& contest) {
  writer.begin_object();
  writer.key("kind").string(kind_names[static_cast<std::size_t>(contest.kind)]);
  writer.key("question").string(contest.question);
  if (contest.kind == Kind::lists) {
    writer.key("lists").begin_array();
    for (const auto& list : contest.lists) write(writer, list);
    writer.end_array();
  } else {
    write(writer.key("candidates"), contest.candidates);
  }
  if (contest.preferences != 0) writer.key("preferences").integer(contest.preferences);
  if (contest.kind == Kind::choice) {
    writer.key("min").integer(contest.min);
    writer.key("max").integer(contest.max);
    writer.key("blank").boolean(contest.blank);
  }
  if (!contest.rule.empty()) {
    writer.key("rule").string(contest.rule);
    writer.key("seats").integer(contest.seats);
  }
  writer.end_object();
}

// "1st", "2nd", "3rd", "4th", … "11th", … "21st", …
std::string ordinal(std::size_t n) {
  const std::size_t last = n / 10 % 10 == 1 ? 0 : n % 10;
  return fmt::format("{}{}", n, last == 1 ? "st" : last == 2 ? "nd" : last == 3 ? "rd" : "th");
}

// More candidates than the group's elements carry numbers are ranked by preference slots, as many as there can be; and
// so are candidates of whom a paper may rank only some.
Result<election::Question> ranking_question(const Contest& contest, std::size_t max_ints) {
  const auto limit = static_cast<std::size_t>(contest.preferences);
  const bool limited = limit != 0 && limit < contest.candidates.size();
  if (!limited && (max_ints == 0 || contest.candidates.size() <= max_ints)) {
    return election::Question{election::NonHomomorphicQuestion{contest.candidates, contest.question}, {}};
  }
  std::vector<std::string> slots;
  const std::size_t places = limited ? std::min(limit, max_ints) : max_ints;
  for (std::size_t place = 1; place <= places; ++place) slots.push_back(ordinal(place));
  return election::RankingScheme::slots_question(contest.question, std::move(slots), contest.candidates);
}

Result<election::Question> question(const Contest& contest, std::size_t max_ints) {
  switch (contest.kind) {
    case Kind::ranking:
      return ranking_question(contest, max_ints);
    case Kind::choice:
      return election::Question{
          election::HomomorphicQuestion{contest.candidates, contest.blank ? std::optional(true) : std::nullopt,
                                        contest.min, contest.max, contest.question},
          {}};
    case Kind::lists:
      return election::Question{election::ListsQuestion{contest.lists, contest.question}, {}};
  }
  __builtin_unreachable();
}

}  // namespace

Result<BallotPaper> read_ballot_paper(std::string_view text) {
  const json::Document document = TRY(json::Document::parse(text));
  const json::Value value = document.root();
  TRY(value.only_fields({"uuid", "group", "name", "description", "lots", "contests"}));
  BallotPaper paper;
  paper.name = TRY(json::read_field(value, "name", json::read_string));
  paper.contests = TRY(json::read_field(value, "contests",
                                        [](json::Value contests) { return json::read_array(contests, read_contest); }));
  if (paper.contests.empty()) return fail("contests: there is none");
  for (const auto& [field, member] : {std::pair("uuid", &BallotPaper::uuid),
                                      {"group", &BallotPaper::group},
                                      {"description", &BallotPaper::description}}) {
    if (value.has(field)) paper.*member = TRY(json::read_field(value, field, json::read_string));
  }
  // It becomes the name of a file.
  if (!paper.uuid.empty()) TRY(in("uuid", election::check_uuid(paper.uuid)));
  if (value.has("lots")) paper.lots = TRY(json::read_field(value, "lots", json::read_string));
  return paper;
}

void write(json::Writer& writer, const BallotPaper& paper) {
  writer.begin_object();
  writer.key("uuid").string(paper.uuid);
  writer.key("group").string(paper.group);
  writer.key("name").string(paper.name);
  writer.key("description").string(paper.description);
  if (paper.lots) writer.key("lots").string(*paper.lots);
  writer.key("contests").begin_array();
  for (const Contest& contest : paper.contests) write(writer, contest);
  writer.end_array();
  writer.end_object();
}

Result<BallotPaper> draft(BallotPaper paper, std::string_view group, secret::Random& random) {
  paper.group = group;
  paper.uuid = secret::random_base58(14, random).view();
  TRY(questions(paper));
  return paper;
}

Result<std::vector<election::Question>> questions(const BallotPaper& paper) {
  return group::with_group(paper.group, [&]<group::PrimeGroup G>() -> Result<std::vector<election::Question>> {
    std::vector<election::Question> questions;
    for (const Contest& contest : paper.contests) {
      const std::string where = fmt::format("contests[{}]", questions.size());
      questions.push_back(TRY(in(where, question(contest, G::max_ints))));
      TRY(in(where, election::check_question(questions.back(), G::max_ints)));
    }
    return questions;
  });
}

count::Contest countable(const Contest& contest) {
  count::Contest countable;
  countable.title = contest.question;
  countable.candidates = contest.candidates;
  countable.seats = static_cast<std::size_t>(contest.seats);
  return countable;
}

std::string published_description(const BallotPaper& paper) {
  const std::string hash = sha256_hex(json::to_text(paper));
  return fmt::format("{}{}Ballot paper and rules of the count: SHA-256 {}", paper.description,
                     paper.description.empty() ? "" : "\n", hash);
}

}  // namespace folkmoot::service
