// Verifying a receipt: what somebody keeps to show that an act of theirs is in the ledger, without asking anyone.
//
// The entry is a file of its own, or stands in the receipt itself, as its `extra`.
#pragma once

#include <optional>
#include <string>

#include "audit/entry.hpp"
#include "ledger/receipt.hpp"

namespace folkmoot::audit {

struct ReceiptReport {
  std::string problem;                                   // why it shows nothing; empty if it is good
  std::uint64_t index = 0;                               // of the entry
  std::string act;                                       // the entry, if it is an act: its canonical JSON
  std::optional<ledger::VerifiedCheckpoint> checkpoint;  // that it was verified against
  [[nodiscard]] bool valid() const { return problem.empty(); }
};

// Never fails. Valid only if the policy, which must be given, accepts the receipt's checkpoint, and that has the entry
// at the receipt's index. Whether the act was allowed, only the whole ledger can show.
ReceiptReport verify_receipt(const ledger::Policy* policy, std::string_view receipt,
                             const std::optional<std::string>& entry);

// {"verdict":"valid"|"invalid","problem":"…","origin":…,"size":…,"index":…,"cosignatures":[…],"act":{…}|null}
std::string to_json(const ReceiptReport& report);
std::string to_text(const ReceiptReport& report);

}  // namespace folkmoot::audit
