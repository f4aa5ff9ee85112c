// Verifies a record: everything that the specification lets an outsider check (sections 3.5.1 and 3.5.2 "Audit"), as
// the numbered checks of a Report.
//
//   verify.cpp          reads the record once; steps.hpp has its steps, course.hpp hands each to those below
//   verify_setup.hpp    election, trustees, credentials
//   verify_ballots.hpp  ballots, many at a time on all cores, and their sum
//   verify_tally.hpp    encrypted tally, shuffles
//   verify_decryption.hpp    partial decryptions, result
//   share.hpp, part.hpp    several processes for one record; going on where the last run ended
//   observer.hpp        who looks on, to check more
//   report.hpp          what was checked, what came out, and the verdict
#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "record/part.hpp"
#include "record/source.hpp"

namespace folkmoot::record {

class Observers;

struct VerifyOptions {
  unsigned threads = 0;  // 0: as many as there are cores
  // An earlier copy of the record: nothing of it may have been removed or rewritten. Must outlive the call.
  const ByteSource* earlier = nullptr;
  // What an earlier run has come to on the same record when it was shorter: its ballots are not verified again, and
  // nothing of it may have been removed or rewritten. It passes check_state, and must outlive the call. Not together
  // with `earlier` or `observers`.
  const Part* state = nullptr;
  // Which of several processes this is.
  Share share;
  // Whether what comes back is to be a state: with the sum of the ballots. A part has it anyway.
  bool make_state = false;
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
// threads. Neither `state` nor `share` is given.
Report verify(const ByteSource& source, const VerifyOptions& options = {});

// The same, with all that can be written down. If this is one process of several, its part. Fails only if a state is
// given that is of this record, and says of its ballots what is not so.
Result<Part> verify_part(const ByteSource& source, const VerifyOptions& options);

}  // namespace folkmoot::record
