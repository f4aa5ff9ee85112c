// A whole election in one go, each role in a folder of its own, exchanging nothing but public files: what the commands
// of the roles do one by one. Its organisation is invented, or its ballots are real ones from a file; its cryptography
// and its count are the real thing.
//
//   registrar/   roll.csv, credentials               voters/    ballots.jsons, trackers.csv
//   trustee-N/   the trustee's secret key            public/    all that is published: record, ballot paper,
//   officer/     the drafted ballot paper                       key ceremony, shuffles, decryptions, declaration
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "service/declaration.hpp"
#include "service/files.hpp"
#include "service/progress.hpp"

namespace folkmoot::service {

struct DemoOptions {
  std::size_t members = 1000;
  std::optional<fs::path> folder;      // must not hold anything yet; without it, ./demo-UUID
  std::optional<fs::path> ballots;     // a BLT file, whose papers are cast instead of invented ones
  std::string rule = "scottish-2011";  // for the papers of that file
  std::size_t seats = 0;               // the same; 0: as many as the file says
};

// What happens, for whoever watches: a sentence by one of the roles.
struct DemoAudience {
  std::function<void(std::string_view role, std::string_view sentence)> tell = [](auto, auto) {};
  Progress progress = no_progress;
};

struct DemoOutcome {
  fs::path folder;
  fs::path record;
  Declaration declaration;    // with the report of the public verifier on the whole record
  bool counts_agree = false;  // the count of the decrypted ballots is that of the votes as they were meant

  [[nodiscard]] bool good() const { return declaration.report.verdict() == record::Verdict::valid && counts_agree; }
};

Result<DemoOutcome> run_demo(const DemoOptions& options, const DemoAudience& audience = {});

}  // namespace folkmoot::service
