// Rows of rules that rank, grade or approve; constraints; equal ranks; readers.
#include <algorithm>
#include <filesystem>
#include <numeric>

#include "count/format/blt.hpp"
#include "count/format/format.hpp"
#include "count/index.hpp"
#include "count/pairwise.hpp"
#include "count/rules/rules.hpp"

namespace folkmoot::count::test {
namespace {

using Order = std::vector<std::vector<std::string>>;

// “A > B = C”
Order order_in(const std::string& text) {
  Order order;
  for (const std::string& group : split(text, " > ")) order.push_back(sorted(split(group, " = ")));
  return order;
}

Order order_of(const Transcript& transcript) {
  Order order;
  for (const std::vector<Candidate>& group : transcript.order) {
    std::vector<std::string> names;
    for (const Candidate candidate : group) names.push_back(transcript.name(candidate));
    order.push_back(sorted(names));
  }
  return order;
}

std::string written(const Order& order) {
  std::string text;
  for (const std::vector<std::string>& group : order) text += (text.empty() ? "" : " > ") + joined(group);
  return text;
}

Options one_seat() {
  Options options;
  options.seats = 1;
  options.lots = first_lot();
  return options;
}

// The winner by a rule is among the first of an order. Where a lot decides, and the reference decided otherwise, some
// lot must do so; with several first, a lot must be drawn.
std::string check_winner(std::string_view rule, const Contest& contest, const std::vector<std::string>& first) {
  std::string winner;
  for (std::size_t lot = 0; lot < contest.candidates.size(); ++lot) {
    Options options = one_seat();
    options.lots = [lot](const LotQuestion& question) -> Result<Lot> {
      return Lot{std::min(lot, question.names.size() - 1), "as tried"};
    };
    const auto transcript = count(rule, contest, options);
    if (!transcript) return transcript.error().message;
    const bool by_lot = std::ranges::any_of(transcript->ties, &Tie::by_lot);
    winner = winner_names(*transcript).front();
    if (!by_lot && first.size() > 1) return fmt::format("{} draws no lot", rule);
    if (std::ranges::count(first, winner) > 0) return {};
    if (!by_lot) break;
  }
  return fmt::format("{} elects {}", rule, winner);
}

}  // namespace

Verdict check_pairs(const Row& row) {
  const auto contest = read_cef(read_file(shared + row.file));
  if (!contest) return {contest.error().message};
  const json::Document document = read_json(shared + row.expected);
  const json::Value rankings = *document.root().field("rankings");
  const std::map<std::string, std::string> methods{{"schulze", "Schulze Winning"},
                                                   {"ranked-pairs", "Ranked Pairs Winning"},
                                                   {"minimax", "Minimax Winning"},
                                                   {"copeland", "Copeland"},
                                                   {"borda", "BordaCount"}};
  for (const auto& [rule, method] : methods) {
    const auto transcript = count(rule, *contest, one_seat());
    if (!transcript) return {transcript.error().message};
    const Order expected = order_in(text_in(rankings, method));
    if (order_of(*transcript) != expected)
      return {fmt::format("{}: {}, not {}", rule, written(order_of(*transcript)), written(expected))};
    if (rule != "borda" && winner_names(*transcript) != split(row.winners, "; "))
      return {fmt::format("{} elects {}", rule, joined(winner_names(*transcript)))};
  }
  for (const auto& [rule, method] :
       std::map<std::string, std::string>{{"plurality", "First-past-the-post voting"}, {"av", "Instant-runoff"}})
    if (const std::string wrong = check_winner(rule, *contest, order_in(text_in(rankings, method)).front());
        !wrong.empty())
      return {wrong};
  const Pairwise pairs(*contest);
  const json::Value matrix = *document.root().field("pairwise");
  for (std::size_t a = 0; a < contest->candidates.size(); ++a)
    for (std::size_t b = 0; b < contest->candidates.size(); ++b) {
      if (a == b) continue;
      const json::Value wins = *(*matrix.field(contest->candidates[a])).field("win");
      const std::string theirs = text_in(wins, contest->candidates[b]);
      const std::int64_t ours = pairs.prefer(static_cast<Candidate>(a), static_cast<Candidate>(b));
      if (theirs != std::to_string(ours))
        return {fmt::format("{} papers prefer {} to {}, not {}", ours, contest->candidates[a], contest->candidates[b],
                            theirs)};
    }
  return {"", true};
}

Verdict check_textbook(const Row& row) {
  const json::Document document = read_json(shared + row.expected);
  const std::map<std::string, std::string> methods{{"Copeland", "copeland"},
                                                   {"KemenyYoung", "kemeny"},
                                                   {"Minimax Winning", "minimax"},
                                                   {"Ranked Pairs Winning", "ranked-pairs"},
                                                   {"Schulze Winning", "schulze"}};
  const std::map<std::string, std::string> winners_only{{"InstantRunoff", "av"}, {"Fptp", "plurality"}};
  const json::Array elections = *document.root().array();
  int checked = 0;
  for (const json::Value election : elections) {
    std::string text = "#/Candidates: ";
    const std::vector<std::string> candidates = names_in(election, "candidates");
    for (const std::string& name : candidates) text += (name == candidates.front() ? "" : " ; ") + name;
    text += "\n#/Weight Allowed: true\n";
    for (const std::string& vote : names_in(election, "votes")) text += vote + "\n";
    const auto contest = read_cef(text);
    if (!contest) return {contest.error().message};
    for (const json::Value expected : values_in(election, "expected")) {
      const std::string method = text_in(expected, "method");
      Order order;
      for (const json::Value group : values_in(expected, "ranking")) {
        std::vector<std::string> names;
        const json::Array members = *group.array();
        for (const json::Value member : members) names.emplace_back(*member.string());
        order.push_back(sorted(names));
      }
      if (const auto rule = winners_only.find(method); rule != winners_only.end()) {
        if (const std::string wrong = check_winner(rule->second, *contest, order.front()); !wrong.empty())
          return {text_in(election, "id") + ": " + wrong};
        ++checked;
      } else if (const auto ranked = methods.find(method); ranked != methods.end()) {
        const auto transcript = count(ranked->second, *contest, one_seat());
        if (!transcript) return {transcript.error().message};
        if (!order.empty() && order_of(*transcript) != order)
          return {
              fmt::format("{}: {}, not {}", text_in(election, "id"), written(order_of(*transcript)), written(order))};
        if (expected.has("winner") && order_of(*transcript).front() != sorted(names_in(expected, "winner")))
          return {fmt::format("{}: {} is first", text_in(election, "id"), joined(order_of(*transcript).front()))};
        ++checked;
      }
    }
  }
  return {checked >= 24 ? "" : fmt::format("only {} elections were checked", checked), false};
}

Verdict check_approvals(const Row& row) {
  const auto contest = read_preflib(read_file(shared + row.file));
  if (!contest) return {contest.error().message};
  const auto transcript = count("approval", *contest, one_seat());
  if (!transcript) return {transcript.error().message};
  if (joined(winner_names(*transcript)) != row.winners) return {"elects " + joined(winner_names(*transcript))};
  const json::Document document = read_json(shared + row.expected);
  const json::Value scores = *document.root().field("scores");
  for (std::size_t c = 0; c < contest->candidates.size(); ++c)
    if (!same_number(transcript->stages[0].votes[c], text_in(scores, contest->candidates[c])))
      return {contest->candidates[c] + " has " + transcript->figure(transcript->stages[0].votes[c])};
  return {"", true};
}

Verdict check_judgement(const Row& row) {
  const auto contest = read_grade_csv(read_file(shared + row.file), {.best = 6, .worst = 1});
  if (!contest) return {contest.error().message};
  const auto transcript = count("majority-judgement", *contest, one_seat());
  if (!transcript) return {transcript.error().message};
  const json::Document document = read_json(shared + row.expected);
  std::vector<std::string> order;
  for (const std::vector<std::string>& group : order_of(*transcript))
    order.insert(order.end(), group.begin(), group.end());
  if (order != names_in(document.root(), "ranking_by_majority_value")) return {"the order is " + joined(order)};
  const json::Value candidates = *document.root().field("candidates");
  for (std::size_t c = 0; c < contest->candidates.size(); ++c) {
    const std::string grade = text_in(*candidates.field(contest->candidates[c]), "majority_grade");
    if (!same_number(transcript->stages[0].votes[c], grade))
      return {fmt::format("{} has the grade {}, not {}", contest->candidates[c],
                          transcript->figure(transcript->stages[0].votes[c]), grade)};
  }
  return {"", true};
}

Verdict check_judgement_tallies(const Row& row) {
  const json::Document document = read_json(shared + row.expected);
  const json::Array elections = *document.root().array();
  for (const json::Value election : elections) {
    std::vector<std::vector<std::int64_t>> tallies;  // best first
    for (const json::Value tally : values_in(election, "tallies")) {
      std::vector<std::int64_t> grades;
      const json::Array numbers = *tally.array();
      for (const json::Value number : numbers) grades.push_back(*number.integer());
      std::ranges::reverse(grades);
      tallies.push_back(std::move(grades));
    }
    const auto total = [](const std::vector<std::int64_t>& tally) {
      return std::accumulate(tally.begin(), tally.end(), std::int64_t{0});
    };
    const std::string mode = text_in(election, "mode");
    const std::int64_t participants = *(*election.field("participants")).integer();
    std::int64_t multiple = 1;
    for (const std::vector<std::int64_t>& tally : tallies) multiple = std::lcm(multiple, total(tally));
    for (std::vector<std::int64_t>& tally : tallies) {
      const std::int64_t papers = total(tally);
      if (mode == "Normalized") {
        for (std::int64_t& grade : tally) grade *= multiple / papers;
      } else if (mode == "StaticDefault") {
        const std::int64_t grade = election.has("default") ? *(*election.field("default")).integer() : 0;
        tally[tally.size() - 1 - static_cast<std::size_t>(grade)] += participants - papers;
      }
    }
    std::vector<std::size_t> expected;
    for (const json::Value rank : values_in(election, "ranks"))
      expected.push_back(static_cast<std::size_t>(*rank.integer()));
    if (majority_ranks(tallies) != expected) return {text_in(election, "title")};
  }
  return {};
}

Verdict check_constraints(const Row& row) {
  const auto contest = read_blt(read_file(shared + row.file));
  if (!contest) return {contest.error().message};
  const json::Document document = read_json(shared + row.expected);
  const json::Value groups = *document.root().field("groups");
  const json::Value limits = *document.root().field("constraints");
  Options options;
  options.seats = row.seats;
  options.lots = first_lot();
  for (const char* group : {"woman", "black"}) {
    if (!groups.has(group)) continue;
    Constraint constraint{group, {}};
    for (const std::string& name : names_in(groups, group))
      constraint.members.push_back(*find_candidate(*contest, name));
    const json::Value limit = *limits.field(group);
    if (limit.has("min")) constraint.least = static_cast<std::size_t>(*(*limit.field("min")).integer());
    if (limit.has("max")) constraint.most = static_cast<std::size_t>(*(*limit.field("max")).integer());
    options.constraints.push_back(std::move(constraint));
  }
  for (const Rule* rule : rules()) {
    if (!rule->traits.has(Trait::keeps_constraints)) continue;
    const auto transcript = count(rule->name, *contest, options);
    if (!transcript) return {transcript.error().message};
    if (sorted(winner_names(*transcript)) != sorted(split(row.winners, "; ")))
      return {fmt::format("{} elects {}", rule->name, joined(winner_names(*transcript)))};
  }
  return {};
}

// The rounds of stv-rs's log: of each the figures that the round's first action decided on, to six decimals: where
// papers share ranks it rounds other parts of them than we do, and the last of its nine digits differ.
std::vector<Figures> rounds_in(const std::string& log) {
  const auto rounded = [](const std::string& text) {
    Rational value;
    EXPECT_TRUE(from_text(text, value)) << text;
    return to_text(value + Rational(1, 2'000'000), 6);
  };
  std::vector<Figures> table;
  bool open = false;
  for (const std::string& line : split(log, "\n")) {
    if (line.starts_with("Round ")) {
      table.emplace_back().with_loss = true;
      open = true;
    }
    if (!open) continue;
    if (line.starts_with("\tResidual: ")) {
      table.back().nontransferable = rounded(line.substr(11));
      open = false;
    }
    // “\tHopeful:  Ada (1.5)”, “\tDefeated: Ben, Cem (0.0)”
    const std::size_t bracket = line.rfind(" (");
    if (bracket == std::string::npos || line.size() < 11 || line.front() != '\t') continue;
    for (const std::string& name : split(line.substr(11, bracket - 11), ", "))
      table.back().votes[name] = rounded(line.substr(bracket + 2, line.size() - bracket - 3));
  }
  return table;
}

// stv-rs counts shared ranks in two ways; its log says whom each elects, who lost the ties, and every round's figures.
Verdict check_equal_ranks(const Row& row) {
  const auto contest = read_blt(read_file(shared + row.file));
  if (!contest) return {contest.error().message};
  int logs = 0;
  for (const auto& [suffix, equal] : std::map<std::string, EqualRanks>{
           {"__meek-fixed9.txt", EqualRanks::share}, {"__meek-equalize-fixed9.txt", EqualRanks::permute}}) {
    const std::string log = read_file(shared + "expected/" + row.name + suffix);
    if (log.empty()) continue;
    std::vector<std::string> elected;
    std::vector<std::string> losers;
    for (const std::string& line : split(log, "\n")) {
      if (line.starts_with("Action: Elect: ")) elected.push_back(line.substr(15));
      if (line.starts_with("Action: Elect remaining: ")) elected.push_back(line.substr(25));
      if (line.starts_with("Action: Break tie")) losers.push_back(line.substr(line.find("-> ") + 3));
    }
    Options options;
    options.seats = row.seats;
    options.equal_ranks = equal;
    options.lots = lots_in_order(losers);
    const auto transcript = count("meek-prf", *contest, options);
    if (!transcript) return {transcript.error().message};
    if (winner_names(*transcript) != elected)
      return {suffix + ": elects " + joined(winner_names(*transcript)) + ", not " + joined(elected)};
    if (const std::string wrong = compare_stages(*transcript, rounds_in(log)); !wrong.empty())
      return {suffix + ": " + wrong};
    ++logs;
  }
  return {logs == 2 ? "" : "a log is missing", true};
}

Verdict check_reading(const Row& row) {
  if (row.file.ends_with("blt-format")) {
    for (const char* folder : {"should-fail", "should-pass"})
      for (const auto& file : std::filesystem::directory_iterator(shared + row.file + "/" + folder))
        if (read_blt(read_file(file.path()), BltDialect::strict).has_value() != (folder == std::string("should-pass")))
          return {file.path().filename().string() + " " + folder};
    return {};
  }
  int files = 0;
  for (const auto& file : std::filesystem::directory_iterator(shared + row.file)) {
    const std::string text = read_file(file.path());
    const auto format = guess_format(file.path().string(), text);
    if (!format) return {file.path().filename().string() + ": the format is not recognised"};
    const auto contest = read_contest(*format, text);
    if (!contest) return {file.path().filename().string() + ": " + contest.error().message};
    if (contest->papers.total() == 0) return {file.path().filename().string() + ": no papers"};
    ++files;
  }
  return {files > 0 ? "" : "no files"};
}

}  // namespace folkmoot::count::test
