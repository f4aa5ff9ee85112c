// The returning officer's part in an organisation's election: what its ballot paper is, and what its record comes to.
// audit/poll.hpp says what the charter asks of a record, and checks it.
#pragma once

#include "audit/poll.hpp"
#include "service/ballot_paper.hpp"
#include "service/organisation.hpp"

namespace folkmoot::service {

// What the charter calls for on the paper of an election whose electorate is frozen: one question with that text, the
// candidates in the drawn order, the rule and the places of the contest or slate; of a motion or recall, for or
// against. `name_of` gives the name under which a candidate, a member's reference, is known.
Result<BallotPaper> paper_for(const charter::State& state, const std::string& election, const std::string& question,
                              const std::function<std::string(const std::string& member)>& name_of, charter::Time now);

// The fingerprint φ of a Belenios election (base64 of a SHA-256) as election.open has it, in hexadecimal.
Result<std::string> fingerprint_in_hex(std::string_view fingerprint);

// Checks that the record is of that election and finished, counts it, and puts the record and the transcripts among
// what is published. Gives the body of the act election.declare.
Result<charter::Body> declaration_of(Organisation& organisation, const std::string& election, const fs::path& record,
                                     charter::Time now);

// The same for who knows the poll already (audit::poll_of), without the organisation: `publish` keeps bytes among what
// is published, and gives their SHA-256. It takes as long as verifying the record does.
using Publish = std::function<Result<std::string>(std::string_view bytes)>;
Result<charter::Body> declaration_of(const audit::Poll& poll, const fs::path& record, const Publish& publish);

// Counts the published record of the election that filled the seat back, and publishes the transcript. Gives the body
// of the act seat.count_back. Fails if the seat was filled by no election, or nobody is left to take it.
Result<charter::Body> countback_of(Organisation& organisation, const std::string& seat, charter::Time now);

}  // namespace folkmoot::service
