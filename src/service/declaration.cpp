#include "service/declaration.hpp"

#include "audit/poll.hpp"
#include "count/count.hpp"
#include "count/format/blt.hpp"
#include "count/render/text.hpp"
#include "service/auditor.hpp"
#include "store/file_source.hpp"

namespace folkmoot::service {
namespace {

using Numbers = std::vector<std::vector<std::uint64_t>>;

count::Options options(const std::optional<std::string>& seed) {
  count::Options options;
  if (seed) options.lots = count::seeded_lots(*seed);
  return options;
}

Result<DeclaredContest> declare_ranking(DeclaredContest declared, const election::Question& question,
                                        const Numbers& ballots, const std::optional<std::string>& seed) {
  const auto scheme = TRY(election::RankingScheme::of(question));
  count::Contest countable = service::countable(declared.contest);
  countable.papers = audit::papers_of(scheme, ballots);
  declared.blt = count::write_blt(countable);
  if (!declared.contest.rule.empty()) {
    declared.transcript = TRY(count_papers(declared.contest, std::move(countable.papers), seed));
  }
  return declared;
}

Result<DeclaredContest> declare_choice(DeclaredContest declared, std::vector<std::uint64_t> totals,
                                       std::uint64_t total_weight, const std::optional<std::string>& seed) {
  if (declared.contest.blank) {
    declared.blank = totals.front();
    totals.erase(totals.begin());
  }
  declared.totals = std::move(totals);
  if (!declared.contest.rule.empty()) {
    const std::vector<std::int64_t> votes(declared.totals.begin(), declared.totals.end());
    declared.transcript =
        TRY(count::count_totals(declared.contest.rule, countable(declared.contest), votes,
                                static_cast<std::int64_t>(total_weight - declared.blank), options(seed)));
  }
  return declared;
}

Result<DeclaredContest> declare_contest(const Contest& contest, const election::Question& question,
                                        const election::QuestionResult& result, std::uint64_t total_weight,
                                        const std::optional<std::string>& seed) {
  DeclaredContest declared;
  declared.contest = contest;
  switch (contest.kind) {
    case Contest::Kind::ranking:
      return declare_ranking(std::move(declared), question, std::get<Numbers>(result), seed);
    case Contest::Kind::choice:
      return declare_choice(std::move(declared), std::get<std::vector<std::uint64_t>>(result), total_weight, seed);
    case Contest::Kind::lists:
      for (const auto& list : std::get<Numbers>(result)) {
        declared.totals.insert(declared.totals.end(), list.begin(), list.end());
      }
      return declared;
  }
  __builtin_unreachable();
}

void append_lists(std::string& text, const DeclaredContest& declared) {
  text += declared.contest.question + "\n";
  std::size_t next = 0;
  for (const auto& list : declared.contest.lists) {
    for (std::size_t i = 0; i < list.size(); ++i) {
      text += fmt::format("{:>10}  {}{}\n", declared.totals[next++], i == 0 ? "" : "  ", list[i]);
    }
  }
}

}  // namespace

Result<count::Transcript> count_papers(const Contest& contest, count::Papers papers,
                                       const std::optional<std::string>& seed) {
  count::Contest countable = service::countable(contest);
  countable.papers = std::move(papers);
  return in(contest.question, count::count(contest.rule, countable, options(seed)));
}

Result<Declaration> declare(const fs::path& record, const BallotPaper& paper, const std::optional<std::string>& seed,
                            const Progress& progress) {
  GoodRecord good = TRY(expect_good_record(record, progress));
  record::Report& report = good.record;
  if (report.verdict() != record::Verdict::valid) return fail("{}: the election has no result yet", record.string());
  if (seed && paper.lots) return fail("the ballot paper has the seed for lots already: no other can be used");
  const store::FileSource source = TRY(store::FileSource::open(record));
  const record::Finished finished = TRY(in(record.string(), record::read_finished(source)));
  if (finished.uuid != paper.uuid || finished.description != published_description(paper)) {
    return fail("the ballot paper is not the one of this election: \"{}\"", finished.description);
  }
  Declaration declaration;
  declaration.name = finished.name;
  declaration.uuid = finished.uuid;
  declaration.fingerprint = finished.fingerprint;
  declaration.last_event = to_hex(finished.last);
  declaration.voters = finished.credentials;
  declaration.ballots = report.ballots;
  declaration.voted = report.tallied;
  declaration.report = std::move(report);
  declaration.strict = std::move(good.strict);
  declaration.total_weight = finished.weight;
  for (std::size_t i = 0; i < paper.contests.size(); ++i) {
    progress("contests counted", i, paper.contests.size());
    declaration.contests.push_back(
        TRY(declare_contest(paper.contests[i], finished.questions[i], finished.result.questions[i], finished.weight,
                            paper.lots ? paper.lots : seed)));
  }
  return declaration;
}

std::string to_text(const Declaration& declaration) {
  const double turnout = 100.0 * static_cast<double>(declaration.voted) / static_cast<double>(declaration.voters);
  std::string text = fmt::format("DECLARATION OF RESULT\n\n{}\n\n", declaration.name);
  text += fmt::format("Election      {}\nFingerprint   {}\nLast event    {}\n", declaration.uuid,
                      declaration.fingerprint, declaration.last_event);
  text +=
      fmt::format("Voters        {}\nVoted         {} ({:.1f} %)\n", declaration.voters, declaration.voted, turnout);
  if (declaration.ballots != declaration.voted) {
    text += fmt::format("Ballots cast  {}, of which each voter's last counts\n", declaration.ballots);
  }
  if (declaration.total_weight != declaration.voted)
    text += fmt::format("Weight        {}\n", declaration.total_weight);
  for (std::size_t i = 0; i < declaration.contests.size(); ++i) {
    const DeclaredContest& declared = declaration.contests[i];
    text += fmt::format("\nContest {}\n\n", i + 1);
    if (declared.transcript) {
      text += count::to_table(*declared.transcript);
    } else if (declared.contest.kind == Contest::Kind::ranking) {
      text +=
          declared.contest.question + "\nThe ballot paper names no rule by which to count; the papers are published.\n";
    } else if (declared.contest.kind == Contest::Kind::lists) {
      append_lists(text, declared);
    } else {
      text += declared.contest.question + "\n";
      for (std::size_t candidate = 0; candidate < declared.totals.size(); ++candidate) {
        text += fmt::format("{:>10}  {}\n", declared.totals[candidate], declared.contest.candidates[candidate]);
      }
    }
    if (declared.contest.blank) text += fmt::format("{:>10}  blank\n", declared.blank);
  }
  return text;
}

Status write_declaration(const Declaration& declaration, const fs::path& folder) {
  for (std::size_t i = 0; i < declaration.contests.size(); ++i) {
    const DeclaredContest& declared = declaration.contests[i];
    const fs::path file = folder / fmt::format("contest-{}", i + 1);
    if (declared.transcript) TRY(write_file(file.string() + ".json", count::to_json(*declared.transcript) + "\n"));
    if (!declared.blt.empty()) TRY(write_file(file.string() + ".blt", declared.blt));
  }
  return write_file(folder / "declaration.txt", to_text(declaration));
}

}  // namespace folkmoot::service
