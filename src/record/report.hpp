// What verifying a record has found: numbered checks, each with the section of the specification that asks for it.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/check.hpp"

namespace folkmoot::record {

using folkmoot::Check;

// In the order in which a report lists them. report.cpp has their names, titles and sections.
enum class CheckId {
  archive,
  chain,
  growth,
  election,
  trustees,
  public_key,
  credentials,
  ballot_form,
  ballot_unique,
  ballot_credential,
  ballot_signature,
  ballot_proofs,
  tally,
  shuffles,
  shuffle_proofs,
  decryptions,
  decryption_proofs,
  result,
};
inline constexpr std::size_t check_count = static_cast<std::size_t>(CheckId::result) + 1;

enum class Verdict {
  valid,       // a finished election, and every check passed
  invalid,     // some check failed
  incomplete,  // an election that is not finished, and all that is there is good
};
std::string_view name(Verdict verdict);

// What became of the ballot with a tracker that somebody asked for.
struct TrackedBallot {
  std::uint64_t number = 0;  // of the ballot in the record, from 1
  std::uint64_t weight = 0;
  std::optional<std::string> replaced_by;  // the tracker of the voter's later ballot, which counts instead
};

struct ElectionIdentity {
  std::string uuid;
  std::string name;
  std::string fingerprint;
};

class Report {
 public:
  Report();

  std::optional<ElectionIdentity> election;  // nothing if it could not be read
  std::uint64_t ballots = 0;                 // all ballots of the record
  std::uint64_t tallied = 0;                 // those that count: the last of each voter
  std::optional<std::string> result;         // the "result" field as the record has it; nothing until it has one
  std::vector<std::string> outcome;          // the same in words, line by line
  std::optional<TrackedBallot> tracked;      // nothing if the tracker is not in the record

  [[nodiscard]] Check& operator[](CheckId id) { return checks_[static_cast<std::size_t>(id)]; }
  [[nodiscard]] const Check& operator[](CheckId id) const { return checks_[static_cast<std::size_t>(id)]; }
  // Those that this report makes: without `growth` where no earlier copy was given.
  [[nodiscard]] std::vector<const Check*> checks() const;
  void compare_growth() { compares_growth_ = true; }
  [[nodiscard]] bool compares_growth() const { return compares_growth_; }

  // Valid only if every check has been finished and none failed.
  [[nodiscard]] Verdict verdict() const;
  [[nodiscard]] bool any_failed() const;

 private:
  std::vector<Check> checks_;
  bool compares_growth_ = false;
};

// What the report has found wrong first, if anything.
Status first_failure(const Report& report);

// {"verdict":…, "election":{uuid,name,fingerprint}, "ballots":…, "tallied":…, "result":…,
//  "checks":[{"id","title","spec","items","ok","detail"}]}
// `ok` is null for a check that was not finished: its part of the record is not there yet, or could not be reached.
std::string to_json(const Report& report);

// The same for people.
std::string to_text(const Report& report);

}  // namespace folkmoot::record
