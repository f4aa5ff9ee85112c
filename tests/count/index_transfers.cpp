// Rows with stage tables of the reference programs.
#include <algorithm>

#include "count/analysis.hpp"
#include "count/format/blt.hpp"
#include "count/index.hpp"

namespace folkmoot::count::test {
namespace {

// The index's name of a rule → ours.
const std::map<std::string, std::string> rule_names{
    {"scottish-stv", "scottish-2011"},     {"scotland", "scottish-2011"},
    {"wigm-rational", "wigm-exact"},       {"minneapolis-stv", "minneapolis"},
    {"ni-local-1985", "ni-1985"},          {"meek", "meek-1987"},
    {"meek-rational", "meek-1987"},        {"warren-rational", "warren"},
    {"senate-aec2016", "senate-2016"},     {"senate-aec2019", "senate-2019"},
    {"cambridge-cincinnati", "cambridge"}, {"av-optional-preferential", "av-optional"},
};

std::vector<Figures> figures_of(json::Value expected) {
  std::vector<Figures> table;
  const std::string method = text_in(expected, "method");
  std::string last_round;
  for (const json::Value stage : values_in(expected, "stages")) {
    if (!stage.has("votes")) continue;
    // droop repeats figures at other events than these; of a round of Meek's method the first event has those that
    // decided it.
    const std::string event = text_in(stage, "event");
    const std::string round = text_in(stage, "round");
    if (method == "meek") {
      if (round == "0" || round == last_round) continue;
      last_round = round;
    } else if (method == "qpq") {
      if (event != "transfer") continue;
    } else if (!event.empty() && event != "transfer" && !((event == "begin" || event == "count") && table.empty())) {
      continue;
    }
    Figures figures;
    for (const std::string& name : names_in(expected, "candidates")) {
      const json::Value votes = *stage.field("votes");
      if (votes.has(name)) figures.votes[name] = text_in(votes, name);
      if (stage.has("papers")) figures.papers[name] = text_in(*stage.field("papers"), name);
    }
    for (const char* key : {"nt_votes", "exhausted", "residual", "non_transferable"})
      if (stage.has(key)) figures.nontransferable = text_in(stage, key);
    figures.loss = text_in(stage, "lost_by_fraction");
    figures.with_loss = stage.has("residual") || (stage.has("exhausted") && figures.loss.empty());
    table.push_back(std::move(figures));
  }
  return table;
}

}  // namespace

std::string compare_stages(const Transcript& transcript, const std::vector<Figures>& table) {
  if (transcript.stages.size() != table.size())
    return fmt::format("{} stages, not {}", transcript.stages.size(), table.size());
  std::vector<bool> elected(transcript.candidates.size());
  std::vector<bool> excluded(transcript.candidates.size());
  for (std::size_t i = 0; i < table.size(); ++i) {
    const Stage& stage = transcript.stages[i];
    const Figures& theirs = table[i];
    for (std::size_t c = 0; c < transcript.candidates.size(); ++c) {
      const std::string& name = transcript.candidates[c];
      // droop shows an old figure for candidates who are no longer hopeful in QPQ.
      if (!stage.quotients.empty() && (elected[c] || excluded[c])) continue;
      if (const auto votes = theirs.votes.find(name);
          votes != theirs.votes.end() && !same_number(stage.votes[c], votes->second))
        return fmt::format("stage {}: {} has {}, not {}", i + 1, name, transcript.figure(stage.votes[c]),
                           votes->second);
      if (const auto papers = theirs.papers.find(name);
          papers != theirs.papers.end() && !same_number(rational(stage.papers[c]), papers->second))
        return fmt::format("stage {}: {} holds {} papers, not {}", i + 1, name, stage.papers[c], papers->second);
    }
    const Rational nontransferable = stage.nontransferable + (theirs.with_loss ? stage.loss : Rational(0));
    if (!theirs.nontransferable.empty() && !same_number(nontransferable, theirs.nontransferable))
      return fmt::format("stage {}: {} not transferable, not {}", i + 1, transcript.figure(nontransferable),
                         theirs.nontransferable);
    if (!theirs.loss.empty() && !same_number(stage.loss, theirs.loss))
      return fmt::format("stage {}: {} lost, not {}", i + 1, transcript.figure(stage.loss), theirs.loss);
    for (const Event& event : stage.events)
      for (const Candidate candidate : event.candidates) {
        if (event.kind == Event::Kind::elected) elected[candidate] = true;
        if (event.kind != Event::Kind::excluded) continue;
        excluded[candidate] = true;
        std::fill(elected.begin(), elected.end(), false);
      }
  }
  return {};
}

Verdict check_transfers(const Row& row) {
  const auto name = rule_names.find(row.rule);
  auto contest = read_blt(read_file(shared + row.file));
  if (!contest) return {contest.error().message};
  if (row.params.find(R"("withdrawn": "none")") != std::string::npos) contest->withdrawn.clear();
  Options options;
  options.seats = row.seats;
  options.lots = first_lot();
  const auto transcript = count(name == rule_names.end() ? row.rule : name->second, *contest, options);
  if (!transcript) return {transcript.error().message};
  const std::vector<std::string> winners = winner_names(*transcript);
  const std::vector<std::string> expected_winners = split(row.winners, "; ");
  const bool same = row.order == "set" ? sorted(winners) == sorted(expected_winners) : winners == expected_winners;
  if (!same) return {"elects " + joined(winners) + ", not " + row.winners};
  if ((!row.ties.empty() && row.ties != "0") || !row.expected.ends_with(".json")) return {};
  const json::Document document = read_json(shared + row.expected);
  const std::vector<Figures> table = figures_of(document.root());
  if (table.empty()) return {};
  return {compare_stages(*transcript, table), true};
}

Verdict check_countback(const Row& row) {
  const auto contest = read_blt(read_file(shared + row.file));
  if (!contest) return {contest.error().message};
  const auto params = json::Document::parse(row.params);
  const auto leaver = find_candidate(*contest, text_in(params->root(), "vacated"));
  if (!leaver) return {leaver.error().message};
  Options options;
  options.seats = row.seats;
  options.lots = first_lot();
  const auto transcript = fill_vacancy(Vacancy::act_countback, "act-2021", *contest, *leaver, {}, options);
  if (!transcript) return {transcript.error().message};
  if (joined(winner_names(*transcript)) != row.winners) return {"elects " + joined(winner_names(*transcript))};
  const json::Document document = read_json(shared + row.expected);
  const json::Value expected = document.root();
  std::vector<json::Value> stages = values_in(expected, "stages");
  if (stages.size() != transcript->stages.size())
    return {fmt::format("{} stages, not {}", transcript->stages.size(), stages.size())};
  for (std::size_t i = 0; i < stages.size(); ++i) {
    const Stage& stage = transcript->stages[i];
    for (std::size_t c = 0; c < transcript->candidates.size(); ++c) {
      const std::string theirs = text_in(*stages[i].field("votes"), transcript->candidates[c]);
      if (!theirs.empty() && !same_number(stage.votes[c], theirs))
        return {fmt::format("stage {}: {} has {}, not {}", i + 1, transcript->candidates[c],
                            transcript->figure(stage.votes[c]), theirs)};
    }
    if (!same_number(stage.nontransferable, text_in(stages[i], "exhausted")))
      return {fmt::format("stage {}: {} exhausted, not {}", i + 1, transcript->figure(stage.nontransferable),
                          text_in(stages[i], "exhausted"))};
  }
  return {"", true};
}

}  // namespace folkmoot::count::test
