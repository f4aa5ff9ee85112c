// Verifies a whole ledger: everything that an outsider can check of it, as the numbered checks of a Report.
//
//   verify.cpp             the order of the checks; the head, and what is published
//   verify_head.hpp        the checkpoint: who has signed it, and whether it continues an earlier one
//   verify_acts.hpp        each entry: its form, its time, its signatures, and the act under the charter then in force
//   verify_elections.hpp   declared elections: their records, counted again
//   report.hpp             what was checked, what came out, and the verdict
#pragma once

#include <functional>

#include "audit/published.hpp"

namespace folkmoot::audit {

struct VerifyOptions {
  // Whose signatures count. Without a policy nothing ties the ledger to anyone, and it is not valid; all else is
  // checked.
  const ledger::Policy* policy = nullptr;
  // An earlier checkpoint of the same log, a signed note: the ledger must continue it. What a witness has stored is
  // one.
  std::optional<std::string> earlier;
  // The earlier log itself, if it is at hand, to say which entry differs. Must outlive the call.
  const ledger::Source* earlier_log = nullptr;
  // Whether everything must be given that is needed to check declared elections.
  bool complete = false;
  unsigned threads = 0;  // for the records of elections; 0: as many as there are cores
  // Called now and then, from the caller's thread: how many entries have been read, of how many.
  std::function<void(std::uint64_t done, std::uint64_t total)> progress;
};

// Never fails, whatever source and library hold: what is wrong is in the report. Reads the log once, a bundle at a
// time; memory grows with what the acts have made of the organisation, and with the number of documents they name.
// After the first act against the rules the later ones are not judged, since nobody can say under which state; their
// hashes, form, order and signatures are still checked. Election records are verified one after the other.
Report verify(const ledger::Source& source, const Library& library, const VerifyOptions& options = {});

}  // namespace folkmoot::audit
