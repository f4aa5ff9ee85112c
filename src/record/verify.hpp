// Verifies a record: everything that the specification lets an outsider check (sections 3.5.1 and 3.5.2 "Audit"), as
// the numbered checks of a Report.
//
//   verify.cpp          reads the record once, step by step, and hands each step to those below
//   verify_setup.hpp    election, trustees, credentials
//   verify_ballots.hpp  ballots, many at a time on all cores, and their sum
//   verify_tally.hpp    encrypted tally, shuffles
//   verify_decryption.hpp    partial decryptions, result
//   observer.hpp        who looks on, to check more
//   report.hpp          what was checked, what came out, and the verdict
#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "record/report.hpp"
#include "record/source.hpp"

namespace folkmoot::record {

class Observers;

struct VerifyOptions {
  unsigned threads = 0;  // 0: as many as there are cores
  // An earlier copy of the record: nothing of it may have been removed or rewritten. Must outlive the call.
  const ByteSource* earlier = nullptr;
  // The tracker of a ballot to look up.
  std::string tracker;
  // Read the whole archive first, and stop after the first part in which something fails. For who wants to know only
  // whether a record is good: damage is then found before any proof is computed.
  bool stop_early = false;
  // Who looks on (observer.hpp). Must outlive the call.
  Observers* observers = nullptr;
  // Called now and then, from the caller's thread: how many bytes of the record have been verified, of how many.
  std::function<void(std::uint64_t done, std::uint64_t total)> progress;
};

// Never fails, whatever the bytes: what is wrong is in the report. Reads the record once from start to end, and again
// only the ballots that a later one replaces and contents over a megabyte. Memory grows with the credentials and
// trackers, and with the ballots only as far as rankings must be shuffled. The report is the same for any number of
// threads.
Report verify(const ByteSource& source, const VerifyOptions& options = {});

}  // namespace folkmoot::record
