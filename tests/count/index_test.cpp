// Every row of ../shared/count/INDEX.tsv: the winners, and the stage tables where no tie was broken.
#include <gtest/gtest.h>

#include <iostream>
#include <map>

#include "base/json.hpp"
#include "count/count.hpp"
#include "count/format/blt.hpp"
#include "count/shared.hpp"

namespace folkmoot::count {
namespace {

struct Row {
  std::string name, file, rule, params, seats, winners, order, expected, ties;
};

std::vector<Row> read_index() {
  std::vector<Row> rows;
  const std::vector<std::string> lines = test::split(test::read_file(test::shared + "INDEX.tsv"), "\n");
  for (std::size_t i = 1; i < lines.size(); ++i) {
    const std::vector<std::string> f = test::split(lines[i], "\t");
    if (f.size() < 16) continue;
    rows.push_back({f[0], f[1], f[2], f[3], f[4], f[8], f[9], f[10], f[13]});
  }
  return rows;
}

// The index's name of a rule → ours.
const std::map<std::string, std::string> rule_names{
    {"scottish-stv", "scottish-2011"},
    {"scotland", "scottish-2011"},
    {"wigm-prf", "wigm-prf"},
    {"wigm-prf-batch", "wigm-prf-batch"},
    {"wigm-rational", "wigm-exact"},
    {"minneapolis-stv", "minneapolis"},
    {"cfer", "cfer"},
    {"ers97", "ers97"},
    {"ni-local-1985", "ni-1985"},
    {"meek-prf", "meek-prf"},
    {"meek-nz", "meek-nz"},
    {"av", "av"},
    {"av-optional-preferential", "av"},
};

// One column of a reference's stage table, whatever program wrote it.
struct Figures {
  std::map<std::string, std::string> votes;
  std::string nontransferable;
  bool with_loss = false;  // OpenSTV counts what fractions lose as exhausted
};

std::string string_of(json::Value value) { return value.is_string() ? std::string(*value.string()) : value.text(); }

std::vector<Figures> figures_of(json::Value expected) {
  std::vector<Figures> table;
  if (!expected.has("stages")) return table;
  const bool meek = expected.has("method") && string_of(*expected.field("method")) == "meek";
  std::string last_round;
  const json::Array stages = *expected.field("stages")->array();
  const json::Array names = *expected.field("candidates")->array();
  for (const json::Value stage : stages) {
    if (!stage.has("votes")) continue;
    // droop repeats figures at other events than these; of a round of Meek's method the first event has those that
    // decided it.
    const std::string round = stage.has("round") ? string_of(*stage.field("round")) : "";
    if (meek && (round == "0" || round == last_round)) continue;
    last_round = round;
    const std::string event = stage.has("event") ? string_of(*stage.field("event")) : "";
    if (!meek && !event.empty() && event != "transfer" && !((event == "begin" || event == "count") && table.empty()))
      continue;
    Figures figures;
    const json::Value votes = *stage.field("votes");
    for (const json::Value name : names) {
      const std::string key(*name.string());
      if (votes.has(key)) figures.votes[key] = string_of(*votes.field(key));
    }
    for (const char* key : {"nt_votes", "exhausted", "residual", "non_transferable"})
      if (stage.has(key)) figures.nontransferable = string_of(*stage.field(key));
    figures.with_loss = stage.has("residual") || (stage.has("exhausted") && !stage.has("lost_by_fraction"));
    table.push_back(std::move(figures));
  }
  return table;
}

// Equal to as many decimals as theirs shows, to the nearest; a rule that rounds to fewer must agree exactly.
bool same_number(const Rational& ours, const std::string& theirs) {
  Rational value;
  if (!from_text(theirs, value)) return false;
  const std::size_t point = theirs.find('.');
  const int shown = point == std::string::npos ? 0 : static_cast<int>(theirs.size() - point - 1);
  Rational half(1, 2);
  for (int i = 0; i < shown; ++i) half /= 10;
  Rational rounded;
  return from_text(to_text(ours + half, shown), rounded) && rounded == value;
}

// What differs, or nothing.
std::string compare_stages(const Transcript& transcript, const std::vector<Figures>& table) {
  if (transcript.stages.size() != table.size())
    return fmt::format("{} stages, not {}", transcript.stages.size(), table.size());
  for (std::size_t i = 0; i < table.size(); ++i) {
    const Stage& stage = transcript.stages[i];
    for (std::size_t c = 0; c < transcript.candidates.size(); ++c) {
      const auto theirs = table[i].votes.find(transcript.candidates[c]);
      if (theirs != table[i].votes.end() && !same_number(stage.votes[c], theirs->second))
        return fmt::format("stage {}: {} has {}, not {}", i + 1, transcript.candidates[c],
                           transcript.figure(stage.votes[c]), theirs->second);
    }
    const Rational nontransferable = stage.nontransferable + (table[i].with_loss ? stage.loss : Rational(0));
    if (!table[i].nontransferable.empty() && !same_number(nontransferable, table[i].nontransferable))
      return fmt::format("stage {}: {} not transferable, not {}", i + 1, transcript.figure(nontransferable),
                         table[i].nontransferable);
  }
  return {};
}

std::string joined_winners(const Transcript& transcript) {
  std::string names;
  for (const Candidate winner : transcript.winners) names += (names.empty() ? "" : "; ") + transcript.name(winner);
  return names;
}

TEST(Index, EveryRow) {
  NEED_SHARED();
  int winners = 0;
  int stages = 0;
  for (const Row& row : read_index()) {
    SCOPED_TRACE(row.name + " by " + row.rule);
    const auto name = rule_names.find(row.rule);
    if (name == rule_names.end()) continue;
    auto contest = read_blt(test::read_file(test::shared + row.file));
    ASSERT_TRUE(contest) << contest.error().message;
    if (row.params.find(R"("withdrawn": "none")") != std::string::npos) contest->withdrawn.clear();
    Options options;
    options.seats = static_cast<std::size_t>(std::stoi(row.seats));
    options.lots = test::first_lot();
    const auto transcript = count(name->second, *contest, options);
    ASSERT_TRUE(transcript) << transcript.error().message;
    EXPECT_EQ(joined_winners(*transcript), row.winners);
    ++winners;
    if (!row.ties.empty() && row.ties != "0") continue;
    const std::string text = test::read_file(test::shared + row.expected);
    const auto document = json::Document::parse(text);
    ASSERT_TRUE(document) << document.error().message;
    EXPECT_EQ(compare_stages(*transcript, figures_of(document->root())), "");
    ++stages;
  }
  std::cout << "winners of " << winners << " rows, stage tables of " << stages << " of them\n";
  EXPECT_GT(winners, 0);
}

}  // namespace
}  // namespace folkmoot::count
