// What verifying a record with its supplement has found: two verdicts, kept apart.
#pragma once

#include <string>
#include <vector>

#include "record/report.hpp"

namespace folkmoot::strict {

// In the order in which a report lists them (docs/strict-profile.md, section 9). report.cpp has their texts.
enum class CheckId {
  supplement,
  elements,
  key_ceremony,
  spoiled,
  shuffle_signatures,
  batched_proofs,
  decryption_signatures,
  plaintexts,
};
inline constexpr std::size_t check_count = static_cast<std::size_t>(CheckId::plaintexts) + 1;

class Report {
 public:
  Report();

  record::Report record;             // under Belenios 3.3.0
  std::vector<std::string> remarks;  // what voters did that no device should, and that makes nothing invalid

  [[nodiscard]] Check& operator[](CheckId id) { return checks_[static_cast<std::size_t>(id)]; }
  [[nodiscard]] const Check& operator[](CheckId id) const { return checks_[static_cast<std::size_t>(id)]; }
  [[nodiscard]] const std::vector<Check>& checks() const { return checks_; }

  // Under the strict profile: at best what the record is under Belenios 3.3.0.
  [[nodiscard]] record::Verdict verdict() const;

 private:
  std::vector<Check> checks_;
};

// {"belenios":…, "strict":{"verdict":…,"checks":[…],"remarks":[…]}}: record::to_json, and the same of the profile.
std::string to_json(const Report& report);
// For people. It ends with a line for each verdict.
std::string to_text(const Report& report);

}  // namespace folkmoot::strict
