// Rows with the reports of RCTab, round by round.
#include <algorithm>
#include <filesystem>

#include "count/format/format.hpp"
#include "count/index.hpp"

namespace folkmoot::count::test {
namespace {

constexpr const char* their_write_ins = "Undeclared Write-ins";

Result<Contest> read_papers(const Row& row) {
  if (row.file.ends_with(".csv")) return read_rank_csv(read_file(shared + row.file));
  std::vector<Contest> parts;
  std::vector<std::string> paths;
  for (const auto& file : std::filesystem::directory_iterator(shared + row.file)) paths.push_back(file.path());
  for (const std::string& path : sorted(paths)) {
    if (path.find("_cvr") == std::string::npos || path.find("expected") != std::string::npos) continue;
    auto part =
        path.ends_with(".csv") ? read_ballot_csv(read_file(path), {.first_vote_column = 4}) : read_cdf(read_file(path));
    if (!part) return part;
    parts.push_back(*std::move(part));
  }
  return join(parts);
}

}  // namespace

Verdict check_rounds(const Row& row) {
  const bool folder = !row.file.ends_with(".csv");
  std::string report_path = shared + row.expected;
  std::string config_path = report_path;
  if (folder)
    for (const auto& file : std::filesystem::directory_iterator(shared + row.file)) {
      if (file.path().string().find("expected_detailed_report") != std::string::npos) report_path = file.path();
      if (file.path().string().ends_with("_config.json")) config_path = file.path();
    }
  const json::Document report_file = read_json(report_path);
  const json::Document config_file = read_json(config_path);
  const json::Value report = folder ? report_file.root() : *report_file.root().field("expected");
  const json::Value rules = *config_file.root().field(folder ? "rules" : "rctab_config");

  Options options;
  options.seats = row.seats;
  RankedChoice& choices = options.ranked_choice;
  choices.overvote = text_in(rules, "overvoteRule") == "exhaustImmediately" ? RankedChoice::Overvote::exhaust
                                                                            : RankedChoice::Overvote::skip;
  choices.skipped_ranks = std::atoi(text_in(rules, "maxSkippedRanksAllowed").c_str());
  choices.exhaust_on_repeat = text_in(rules, "exhaustOnDuplicateCandidate") == "true";
  choices.batch = text_in(rules, "batchElimination") == "true";
  choices.until_two = text_in(rules, "continueUntilTwoCandidatesRemain") == "true";
  choices.whole_threshold = text_in(rules, "nonIntegerWinningThreshold") != "true";
  choices.write_ins = folder ? "Write-In" : "UWI";
  const auto contest = read_papers(row);
  if (!contest) return {contest.error().message};

  const std::vector<json::Value> rounds = values_in(report, "results");
  std::vector<std::string> order;  // of eliminations and elections, for lots
  for (const json::Value round : rounds)
    for (const json::Value result : values_in(round, "tallyResults"))
      for (const char* what : {"eliminated", "elected"})
        if (result.has(what)) order.push_back(text_in(result, what));
  options.lots = lots_in_order(order);
  const auto transcript = count("rcv-us", *contest, options);
  if (!transcript) return {transcript.error().message};
  if (joined(winner_names(*transcript)) != row.winners) return {"elects " + joined(winner_names(*transcript))};
  if (transcript->stages.size() != rounds.size())
    return {fmt::format("{} rounds, not {}", transcript->stages.size(), rounds.size())};
  for (std::size_t i = 0; i < rounds.size(); ++i) {
    const Stage& stage = transcript->stages[i];
    const json::Value tally = *rounds[i].field("tally");
    for (std::size_t c = 0; c < transcript->candidates.size(); ++c) {
      const std::string& ours = transcript->candidates[c];
      const std::string theirs = text_in(tally, ours == choices.write_ins ? their_write_ins : ours);
      if (theirs.empty() ? stage.votes[c] != 0 : !same_number(stage.votes[c], theirs))
        return {fmt::format("round {}: {} has {}, not {}", i + 1, ours, transcript->figure(stage.votes[c]), theirs)};
    }
    const json::Value inactive = *rounds[i].field("inactiveBallots");
    Rational sum;
    for (const char* why :
         {"exhaustedChoices", "overvotes", "repeatedRankings", "skippedRankings", "finalRoundSurplus"}) {
      Rational papers;
      if (inactive.has(why) && from_text(text_in(inactive, why), papers)) sum += papers;
    }
    if (stage.nontransferable != sum)
      return {fmt::format("round {}: {} inactive, not {}", i + 1, stage.nontransferable.get_str(), sum.get_str())};
    if (!same_number(*stage.quota, text_in(rounds[i], "threshold")))
      return {fmt::format("round {}: the threshold is {}, not {}", i + 1, transcript->figure(*stage.quota),
                          text_in(rounds[i], "threshold"))};
  }
  return {"", true};
}

}  // namespace folkmoot::count::test
