// The returning officer, who runs an election's record (specification, section 3; Belenios: server and administrator).
// In order: open_election, accept_ballots as often as ballots come, close_voting, collect (shuffles), end_shuffles,
// collect (decryptions), publish_result, declare (declaration.hpp). What others send is checked before it enters the
// record; what has entered stays.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/progress.hpp"
#include "service/ballot_paper.hpp"
#include "service/files.hpp"

namespace folkmoot::service {

// Reads the trustees' public keys, each from a .pubkey file (a trustee who is needed to decrypt) or a ceremony's
// threshold.json (a group of whom a threshold is needed), checks them, and puts them together. The order is that in
// which trustees are numbered.
struct AssembledTrustees {
  std::string structure;  // the trustees structure, as JSON
  // The ceremonies of the supplement, as a JSON array: what stands in threshold.strict.json beside each threshold.json.
  // Nothing if one has none, because other tools made the key.
  std::optional<std::string> ceremonies;
};
Result<AssembledTrustees> assemble_trustees(std::string_view group, const std::vector<fs::path>& files);

// Whether an election is held under the strict profile (docs/strict-profile.md). Version 1 alone is for trustees who
// work with other tools.
enum class Profile { strict, version_1 };

struct OpenedElection {
  fs::path record;          // FOLDER/UUID.bel
  std::string fingerprint;  // φ
  std::size_t voters = 0;
  std::string credentials_hash;  // SHA-256 of the published list, for the registrar to compare
};
// Opens the election of a drafted ballot paper: makes its record in the folder, and puts the paper's canonical text
// beside it, as ballot-paper.json, and the supplement. `trustees` is what assemble_trustees gave, `credentials` the
// registrar's published list. Fails unless all of it fits together: one group, sound keys and questions, no weights
// with rankings, ceremonies if the profile is strict.
Result<OpenedElection> open_election(const BallotPaper& paper, const AssembledTrustees& trustees,
                                     const std::string& credentials, const fs::path& folder,
                                     Profile profile = Profile::strict);

struct RefusedBallot {
  std::string where;  // file and line
  std::string reason;
};
struct Acceptance {
  std::uint64_t accepted = 0;
  std::vector<RefusedBallot> refused;
};
// Takes ballots into the record: files with one ballot a line, in order. Each is checked entirely first: canonical
// form, election, credential, proofs, signature, and that it is not there already. One that is wrong does not stop the
// others. What is reported as accepted is on disk. Memory does not grow with the number of ballots, except for the
// refused ones. Fails if a file cannot be read or the record not be written.
Result<Acceptance> accept_ballots(const fs::path& record, const std::vector<fs::path>& files,
                                  const Progress& progress = no_progress);

// Notes in the supplement that a ballot was opened, so that it is not accepted any more (docs/strict-profile.md,
// section 8). The file holds the opened ballot: whoever shows it knows the randomness. Gives the tracker. Fails if the
// opening is wrong, the ballot in the record already, the voting closed, or the election not held under the strict
// profile.
Result<std::string> spoil_ballot(const fs::path& record, const fs::path& opened_ballot);

struct ClosedVoting {
  std::uint64_t ballots = 0;
  std::uint64_t tallied = 0;  // one for each voter
  bool needs_shuffles = false;
  std::string closing;  // the hash of the event, and so of every ballot, in hexadecimal
};
// Ends the voting and publishes the encrypted tally of each voter's last ballot. Fails if nobody has voted. Called
// again after a crash, it goes on where it was.
Result<ClosedVoting> close_voting(const fs::path& record, const Progress& progress = no_progress);

struct Collected {
  bool shuffle = false;      // or else a decryption
  std::int64_t trustee = 0;  // whose, from 1
  bool was_there = false;    // it is in the record already
};
// Takes a trustee's shuffle or partial decryption, as the trustee's command or the original tools write it (two lines:
// the data, and {"owner":…,"payload":…}), checks its proofs, and adds it to the record. Under the strict profile the
// trustee's command writes a third line, which is checked and goes into the supplement.
Result<Collected> collect(const fs::path& record, const fs::path& file, const Progress& progress = no_progress);
// The same of the file's content, however hostile.
Result<Collected> collect_text(const fs::path& record, std::string_view text, const Progress& progress = no_progress);

// Ends the shuffling, of which there must be one at least.
Status end_shuffles(const fs::path& record);

// Computes the result from the partial decryptions and publishes it; gives its JSON. Fails, naming who is missing,
// while there are too few.
Result<std::string> publish_result(const fs::path& record, const Progress& progress = no_progress);

}  // namespace folkmoot::service
