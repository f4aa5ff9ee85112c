// From the result in a record to who is elected: each contest of the ballot paper is counted by its published rule.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/progress.hpp"
#include "count/transcript.hpp"
#include "record/report.hpp"
#include "service/ballot_paper.hpp"
#include "service/files.hpp"
#include "strict/report.hpp"

namespace folkmoot::service {

struct DeclaredContest {
  Contest contest;
  std::optional<count::Transcript> transcript;  // nothing where the paper names no rule
  std::vector<std::uint64_t> totals;            // of a choice, or of lists one after the other, names included
  std::uint64_t blank = 0;                      // of a choice
  std::string blt;                              // of a ranking: every paper, for whoever counts again
};

struct Declaration {
  std::string name;
  std::string uuid;
  std::string fingerprint;
  std::string last_event;  // hash of the record's last event, which fixes all of the record
  std::uint64_t voters = 0;
  std::uint64_t ballots = 0;
  std::uint64_t voted = 0;
  std::uint64_t total_weight = 0;
  std::vector<DeclaredContest> contests;
  record::Report report;                 // of the record, which is valid
  std::optional<strict::Report> strict;  // with its supplement, if it has one
};

// Verifies the record, which must be of a finished election and valid, checks that the ballot paper is the one that its
// voters saw, and counts. `seed` is used for lots if the paper has none: it is to be drawn in public after the voting
// has closed. Fails if lots must be drawn and there is no seed.
Result<Declaration> declare(const fs::path& record, const BallotPaper& paper, const std::optional<std::string>& seed,
                            const Progress& progress = no_progress);

// Counts papers of a contest that has a rule, with lots from the seed.
Result<count::Transcript> count_papers(const Contest& contest, count::Papers papers,
                                       const std::optional<std::string>& seed);

// The declaration as a text for people, with the table of stages of each contest.
std::string to_text(const Declaration& declaration);

// Writes declaration.txt, and for contest N contest-N.json (the transcript) and contest-N.blt (the papers).
Status write_declaration(const Declaration& declaration, const fs::path& folder);

}  // namespace folkmoot::service
