// From TOML to Charter, one function a table. Keys without a default must be there.
#include <algorithm>

#include "charter/check.hpp"
#include "charter/toml.hpp"

namespace folkmoot::charter {
namespace {

using toml_text::Table;

Organ read_organ(Table& t) {
  Organ organ;
  organ.place = t.place();
  organ.title = t.text("title");
  organ.kind = t.choice("kind", {"committee", "membership", "conference", "group", "affiliate", "supporters"});
  organ.above = t.name("above", "");
  organ.secretary = t.name("secretary");
  organ.quorum = t.threshold("quorum", Threshold{.number = 1});
  organ.reserved = t.names("reserved");
  organ.votes = t.number("votes", 1, 1);
  for (Table& c : t.list("composition")) {
    Composition composition;
    composition.place = c.place();
    composition.share = c.threshold("share");
    composition.elected_by = c.name("elected_by");
    organ.composition.push_back(std::move(composition));
    c.end();
  }
  return organ;
}

Post read_post(Table& t) {
  Post post;
  post.place = t.place();
  post.title = t.text("title");
  post.organ = t.name("organ", "");
  post.seats = t.number("seats", 1, 1);
  post.contest = t.name("contest", "");
  post.appointed_by = t.name("appointed_by", "");
  post.term = t.length("term");
  post.max_terms = t.number("max_terms", 0, 0);
  post.interim = t.name("interim", "");
  post.interim_for = t.length("interim_for", days(90));
  post.call_within = t.length("call_within", days(28));
  post.answers_to = t.name("answers_to", "");
  post.report_every = t.length("report_every", Length{});
  return post;
}

Electorate read_electorate(Table& t) {
  Electorate electorate;
  electorate.place = t.place();
  electorate.of = t.name("of");
  electorate.sections = t.names("sections");
  electorate.organs = t.names("organs");
  electorate.member_for = t.length("member_for", Length{});
  return electorate;
}

ContestRule read_contest(Table& t) {
  ContestRule rule;
  rule.place = t.place();
  rule.electorate = t.name("electorate");
  rule.rule = t.name("rule");
  rule.notice = t.length("notice");
  rule.applications = t.length("applications");
  rule.campaign = t.length("campaign");
  rule.ballot = t.length("ballot");
  rule.nominations = t.number("nominations", 0, 0);
  rule.member_for = t.length("member_for", Length{});
  rule.unopposed = t.choice("unopposed", {"elected", "ballot", "reopen"});
  rule.reopen_for = t.length("reopen_for");
  rule.withdrawal_window = t.length("withdrawal_window", Length{});
  rule.suspended = t.choice("suspended", {"stays", "struck"});
  rule.vacancy = t.choice("vacancy", {"contest", "countback"}, "contest");
  rule.appeals = t.name("appeals", "");
  for (Table& m : t.list("minima")) {
    Minimum minimum;
    minimum.place = m.place();
    minimum.characteristic = m.name("of");
    minimum.at_least = m.number("at_least", 1);
    rule.minima.push_back(std::move(minimum));
    m.end();
  }
  return rule;
}

SlateRule read_slate(Table& t) {
  SlateRule rule;
  rule.place = t.place();
  rule.organ = t.name("organ");
  rule.electorate = t.name("electorate");
  rule.contest = t.name("contest");
  rule.rule = t.name("rule");
  rule.size = t.number("size", 1);
  rule.proposals = t.length("proposals");
  rule.ballot = t.length("ballot");
  return rule;
}

PetitionRule read_petition(Table& t) {
  PetitionRule rule;
  rule.place = t.place();
  rule.electorate = t.name("electorate");
  rule.threshold = t.threshold("threshold");
  rule.open_for = t.length("open_for");
  rule.private_signatures = t.flag("private_signatures");
  rule.triggers = t.choice("triggers", {"motion", "recall"});
  if (rule.triggers == "motion") {
    rule.motion = t.name("motion");
  } else {
    rule.recall_electorate = t.name("recall_electorate");
    rule.ballot_within = t.length("ballot_within");
    rule.ballot = t.length("ballot");
    rule.majority = t.threshold("majority");
  }
  return rule;
}

MotionRule read_motion(Table& t) {
  MotionRule rule;
  rule.place = t.place();
  rule.organ = t.name("organ");
  rule.electorate = t.name("electorate");
  rule.seconders = t.number("seconders", 0, 0);
  rule.amendments = t.length("amendments");
  rule.amendment_seconders = t.number("amendment_seconders", 1, 0);
  rule.debate = t.length("debate");
  rule.ballot_within = t.length("ballot_within");
  rule.ballot = t.length("ballot");
  rule.majority = t.threshold("majority");
  rule.turnout = t.threshold("turnout", Threshold{});
  rule.changes_charter = t.flag("changes_charter");
  return rule;
}

Discipline read_discipline(Table& t) {
  Discipline rules;
  rules.place = t.place();
  rules.rules = t.names("rules");
  rules.panel = t.name("panel");
  rules.panel_size = t.number("panel_size", 1, 3);
  rules.appeals = t.name("appeals");
  rules.notice = t.length("notice");
  rules.decide_within = t.length("decide_within");
  rules.appeal_within = t.length("appeal_within");
  rules.appeal_decided_within = t.length("appeal_decided_within");
  rules.longest_suspension = t.length("longest_suspension");
  return rules;
}

// Reads each table of the table `key` with `read`.
template <class T>
void read_each(Table& root, std::string_view key, T (*read)(Table&), Named<T>& into) {
  for (auto& [name, table] : root.tables(key)) {
    into.emplace(name, read(table));
    table.end();
  }
}

template <class Read>
void read_table(Table& root, std::string_view key, Read read) {
  Table table = root.table(key);
  read(table);
  table.end();
}

Charter read(Table& root) {
  Charter charter;
  charter.name = root.text("name");
  charter.supporters = root.flag("supporters");
  charter.affiliates_answered_within = root.length("affiliates_answered_within", days(28));
  charter.privileged = root.names("privileged");
  read_table(root, "duties", [&](Table& t) {
    for (const std::string_view duty : all_duties) charter.duties.emplace(duty, t.names(duty));
  });
  read_each(root, "organs", read_organ, charter.organs);
  read_each(root, "posts", read_post, charter.posts);
  read_each(root, "electorates", read_electorate, charter.electorates);
  read_each(root, "contests", read_contest, charter.contests);
  read_each(root, "slates", read_slate, charter.slates);
  read_each(root, "petitions", read_petition, charter.petitions);
  read_each(root, "motions", read_motion, charter.motions);
  read_table(root, "discipline", [&](Table& t) { charter.discipline = read_discipline(t); });
  read_table(root, "accountability", [&](Table& t) {
    charter.accountability = {t.place(), t.length("answer_within"), t.length("report_within")};
  });
  read_table(root, "spending", [&](Table& t) {
    charter.spending = {t.place(), t.number("limit", 0), t.name("mandates")};
  });
  read_table(root, "caucuses", [&](Table& t) {
    charter.caucuses = {t.place(), t.number("members", 1), t.number("statement_length", 1), t.number("mailings", 0)};
  });
  read_table(root, "moderation", [&](Table& t) {
    charter.moderation = {t.place(), t.length("decide_within"), t.name("appeals")};
  });
  read_table(root, "elections", [&](Table& t) {
    charter.elections = {t.place(), t.number("trustees", 1), t.number("threshold", 1)};
  });
  root.end();
  return charter;
}

}  // namespace

tl::expected<Charter, std::vector<Problem>> read_charter(std::string_view text) {
  const auto item = toml_text::parse(text);
  if (!item) return tl::unexpected(std::vector{item.error()});
  std::vector<Problem> problems;
  Table root(*item, "", problems);
  Charter charter = read(root);
  charter.text = text;
  if (problems.empty()) problems = check(charter);
  if (problems.empty()) return charter;
  std::ranges::sort(problems, [](const Problem& a, const Problem& b) {
    return std::tie(a.line, a.rule, a.message) < std::tie(b.line, b.rule, b.message);
  });
  return tl::unexpected(std::move(problems));
}

std::string describe(const std::vector<Problem>& problems) {
  std::string text;
  for (const Problem& problem : problems) {
    text +=
        fmt::format("line {}: {}{}{}\n", problem.line, problem.rule, problem.rule.empty() ? "" : ": ", problem.message);
  }
  return text;
}

bool Charter::has(std::string_view what, std::string_view it) const {
  if (what == "@organ") return organs.contains(it);
  if (what == "@post") return posts.contains(it);
  if (what == "@electorate") return electorates.contains(it);
  if (what == "@contest") return contests.contains(it);
  if (what == "@slate") return slates.contains(it);
  if (what == "@petition") return petitions.contains(it);
  if (what == "@motion") return motions.contains(it);
  if (what == "@conduct") return std::ranges::find(discipline.rules, it) != discipline.rules.end();
  return false;
}

bool Charter::binds(std::string_view organ, std::string_view other) const {
  // A checked charter has no cycle; the bound keeps the walk finite for any other.
  for (std::size_t steps = 0; steps <= organs.size(); ++steps) {
    if (organ == other) return true;
    const auto found = organs.find(other);
    if (found == organs.end() || found->second.above.empty()) return false;
    other = found->second.above;
  }
  return false;
}

const std::string* Charter::reserved_to(std::string_view power) const {
  for (const auto& [organ, rules] : organs) {
    if (std::ranges::find(rules.reserved, power) != rules.reserved.end()) return &organ;
  }
  return nullptr;
}

const Names& Charter::posts_for(std::string_view duty) const {
  static const Names none;
  const auto found = duties.find(duty);
  return found == duties.end() ? none : found->second;
}

}  // namespace folkmoot::charter
