// The program folkmoot-verify, as a function: verifies election records, ledgers and receipts.
//
//   record.cpp    folkmoot-verify record FILE      ledger.cpp   folkmoot-verify ledger DIR
//   merge.cpp     folkmoot-verify merge PART...    part_file.hpp   parts and states in files
//   receipt.cpp   folkmoot-verify receipt FILE     verifier.cpp the command line
//   elector.cpp   folkmoot-verify elector PROOF    ballot.cpp   folkmoot-verify ballot RECORD --opened FILE
//   place.hpp     where a ledger lies, and whose signatures count
//   show.hpp      what record and merge do with a report
//
// It links nothing that touches a secret.
#pragma once

#include <ostream>

namespace folkmoot::verifier {

struct Console {
  std::ostream& out;
  std::ostream& err;
};

// What the program exits with.
enum Exit { valid = 0, invalid = 1, incomplete = 2, usage = 3, tracker_not_counted = 4 };

// As main() does; gives the status. Without the name of a subcommand it is `record`.
int run(int argc, const char* const* argv, const Console& console);

}  // namespace folkmoot::verifier
