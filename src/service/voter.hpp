// The voter: makes a ballot, and looks up later what became of it (specification, section 3.2 "Vote").
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "election/question.hpp"
#include "secret/credentials.hpp"
#include "service/files.hpp"

namespace folkmoot::service {

// How a voter fills in the paper.
//   names    for each question the names of candidates: of a ranking in order of preference, of a choice those chosen
//            (none: a blank vote), of lists the list's name and then its candidates
//   plain    the JSON of the original tools, [[0,1,0],[2,1]]: a number for each answer
struct FilledPaper {
  std::vector<std::vector<std::string>> names;
  std::string plain;  // used if it is not empty
};

struct MadeBallot {
  std::string text;     // one line of canonical JSON, for the returning officer
  std::string tracker;  // for the voter to keep
};

// Makes the ballot of the voter with that credential, for the election that the record begins with. Checks that the
// election is sound and the credential one of its. The ballot is not in the record before the returning officer has
// accepted it; a voter may vote again, and the last ballot accepted counts.
Result<MadeBallot> make_ballot(const fs::path& record, const secret::PrivateCredential& credential,
                               const FilledPaper& paper);

// The same for a voter who wants to know whether the device can be trusted (docs/strict-profile.md, section 8): the
// ballot goes into a new secret file, `prepared`, and only its tracker comes back. Then it is either cast or opened, as
// the voter pleases; the device has no way to know which before it has made the ballot.
Result<std::string> prepare_ballot(const fs::path& record, const secret::PrivateCredential& credential,
                                   const FilledPaper& paper, const fs::path& prepared);
// Writes the ballot for the returning officer to `out`, and deletes the prepared one: nobody can open it any more.
Status cast_prepared(const fs::path& prepared, const fs::path& out);
// Writes the opened ballot, with the votes and the randomness, to `out`, and deletes the prepared one. Whoever has it
// can check it (`folkmoot-verify ballot`); it must not be cast, which spoil_ballot (officer.hpp) sees to.
Status open_prepared(const fs::path& prepared, const fs::path& out);

// What the voter may answer, for a message or a form: the questions of the record's election.
Result<std::vector<election::Question>> read_questions(const fs::path& record);

// One question with its candidates, for a voter who asks what there is to answer.
std::string describe(const election::Question& question);

// The answer to one question in clear. Fails for a name that is not on the paper or given twice, and for what the
// question does not allow.
Result<election::PlainAnswer> answer_by_names(const election::Question& question,
                                              const std::vector<std::string>& names);

// What became of a ballot.
struct TrackedBallot {
  std::uint64_t number = 0;  // of the ballot in the record, from 1
  std::uint64_t weight = 1;
  bool replaced = false;     // by a later one of the same voter, which counts instead
  std::string replaced_by;   // its tracker
  bool voting_open = false;  // it may still be replaced
};
// Looks the tracker up. Fails if no ballot of the record has it. Reads the record's chain; who wants to know that every
// ballot is good verifies it (auditor.hpp).
Result<TrackedBallot> look_up(const fs::path& record, std::string_view tracker);

}  // namespace folkmoot::service
