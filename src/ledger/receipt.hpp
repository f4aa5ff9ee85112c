// A receipt: one entry's proof that it is in the log, which whoever keeps it can have verified without asking anyone
// (c2sp.org/tlog-proof).
#pragma once

#include "ledger/policy.hpp"
#include "ledger/source.hpp"

namespace folkmoot::ledger {

struct Receipt {
  std::optional<Bytes> extra;  // the application's; nothing vouches for it
  std::uint64_t index = 0;     // of the entry
  Proof inclusion;
  std::string checkpoint;  // a signed note
};

std::string to_text(const Receipt& receipt);
// The reverse. What is read has been checked for form only.
Result<Receipt> parse_receipt(std::string_view text);

// The receipt of an entry under a signed checkpoint, from the log's tiles. Fails if the checkpoint has no such entry,
// or if the tiles are missing or not the checkpoint's. Signatures are not looked at.
Result<Receipt> make_receipt(const Source& source, std::string_view checkpoint, std::uint64_t index,
                             std::optional<Bytes> extra = {});

// Checks that an entry with that leaf hash is in a log that satisfies the policy (tlog-proof, "Verifying a tlog
// proof").
Result<VerifiedCheckpoint> verify_receipt(const Policy& policy, const Receipt& receipt, const Hash& leaf);

}  // namespace folkmoot::ledger
