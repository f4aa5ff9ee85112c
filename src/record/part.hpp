// What one run of the verification has found out, in a form that can be written down, and gone on from:
//
//   a part    of several processes (share.hpp), each has verified its share of one record; join() makes one of them all
//   a state   of one process that has verified all that there was: when the record has grown, the next run passes over
//             the ballots that the state knows (VerifyOptions::state)
//
// Whoever has made a part or a state trusts it as they trust their own eyes: nothing proves that its maker did what it
// says. What it is bound to is the record: each event names the one before by its hash, and each entry bears the hash
// of its content, so where the last event is the same, all is.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/sha256.hpp"
#include "record/report.hpp"
#include "record/share.hpp"

namespace folkmoot::record {

// The beginning of a record: up to an event, which fixes all of it.
struct Extent {
  std::uint64_t bytes = 0;
  std::uint64_t entries = 0;  // its header among them
  std::int64_t events = 0;
  Digest last{};  // the hash of the last event, if there is one
  friend bool operator==(const Extent&, const Extent&) = default;
};

// The ballots that count, added up; `tally` is an encrypted_tally, as text.
struct BallotSum {
  std::uint64_t ballots = 0;
  std::uint64_t total_weight = 0;
  std::string tally;
};

// The encrypted tally that the record has: what it says of its size, and its text; each only if it could be read.
struct PublishedTally {
  struct Size {
    std::uint64_t num_tallied = 0;
    std::uint64_t total_weight = 0;
  };
  std::optional<Size> size;
  std::string text;
};

struct Part {
  Share share;

  // What all processes find out alike. `report` also has what is the part's own: items and failures of the checks that
  // are divided, the tracked ballot, and how many ballots count.
  std::uint64_t timestamp = 0;  // of the record's header,
  std::uint64_t size = 0;       // and its bytes
  Extent read;                  // as far as its steps are good
  Extent voted;                 // up to the last ballot
  std::string tracker;          // that was looked for
  std::string election;         // its text; empty if it could not be read
  bool credentials = false;     // whether those could be read: else nobody knows which ballots count
  Report report;
  std::vector<std::int64_t> decrypted_by;  // the trustees whose decryptions the result follows from

  // The part's own.
  std::optional<PublishedTally> tally;  // of the leading one of several: to be compared with the sum of them all
  std::vector<std::int64_t> wrong_decryptions;  // by trustees whose proofs are wrong
  std::vector<std::uint64_t> unreadable;        // the numbers of ballots that are none
  std::optional<BallotSum> sum;                 // nothing if the election could not be read
};

// What is found out about ballots one by one; the places of what is wrong are their numbers, from 1.
inline constexpr std::array checks_of_ballots{CheckId::ballot_form, CheckId::ballot_credential,
                                              CheckId::ballot_signature, CheckId::ballot_proofs};
// Whether the check's work is divided among processes; if not, each does it.
bool is_divided(CheckId id);

// {"folkmoot_part":1,"shard":[i,n],…}, canonical JSON.
void write(json::Writer& writer, const Part& part);
// Only what all parts of one verification have in common: these are the same to the byte.
std::string common_text(const Part& part);
// Reads what write() wrote. Refuses another version of the form, numbers beyond 2^53, places that decrease, and
// extents that cannot be.
Result<Part> read_part(json::Value value);

// Whether verifying can go on from the part: it is of a whole process, and of a sound archive, up to its end.
Status check_state(const Part& part);

// All parts of one verification, in any order, as one: its report is the one that a single process would have made.
// Refuses parts of different records or elections, a part that is missing or there twice, and parts that do not agree
// on what each of them has checked.
Result<Part> join(std::vector<Part> parts);

// What no process alone may say of the result: it has not been checked if a decryption that it follows from is wrong.
void conclude(Part& part);

}  // namespace folkmoot::record
