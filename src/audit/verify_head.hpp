// The head of a ledger: who has signed it, and whether it continues an earlier one.
#pragma once

#include "audit/verify.hpp"

namespace folkmoot::audit {

// Checks `checkpoint`, `signature` and `witnesses` of the report, and puts the checkpoint there. Nothing comes back if
// it cannot be read: there is nothing to verify then.
std::optional<ledger::TreeHead> verify_head(const ledger::Source& source, const VerifyOptions& options, Report& report);

// What the earlier checkpoint says besides: entries from `size` on were not there yet at `time`. Nothing if no witness
// that the policy knows has said when.
struct Earlier {
  std::uint64_t size = 0;
  charter::Time time;
};
// Checks `growth`: that the earlier checkpoint is of the same log, signed by a key that the policy knows if there is a
// policy, and that the log of that head begins with its entries.
std::optional<Earlier> verify_growth(const ledger::Source& source, const ledger::TreeHead& head,
                                     const VerifyOptions& options, Report& report);

}  // namespace folkmoot::audit
