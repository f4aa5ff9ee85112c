// A whole election in one go (played_election.hpp), counted and verified. Its organisation is invented, or its ballots
// are real ones from a file; its cryptography and its count are the real thing.
#pragma once

#include <optional>
#include <string>

#include "service/declaration.hpp"
#include "service/played_election.hpp"

namespace folkmoot::service {

struct DemoOptions {
  std::size_t members = 1000;
  std::optional<fs::path> folder;      // must not hold anything yet; without it, ./demo-UUID
  std::optional<fs::path> ballots;     // a BLT file, whose papers are cast instead of invented ones
  std::string rule = "scottish-2011";  // for the papers of that file
  std::size_t seats = 0;               // the same; 0: as many as the file says
};

struct DemoOutcome {
  fs::path folder;
  fs::path record;
  Declaration declaration;    // with the report of the public verifier on the whole record
  bool counts_agree = false;  // the count of the decrypted ballots is that of the votes as they were meant

  [[nodiscard]] bool good() const {
    return declaration.strict && declaration.strict->verdict() == record::Verdict::valid && counts_agree;
  }
};

Result<DemoOutcome> run_demo(const DemoOptions& options, const Audience& audience = {});

}  // namespace folkmoot::service
