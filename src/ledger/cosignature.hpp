// Cosignatures (c2sp.org/tlog-cosignature, Ed25519): a witness's word that, as of a time, a checkpoint is the largest
// it has seen of that log, and consistent with all before.
#pragma once

#include "ledger/note.hpp"

namespace folkmoot::ledger {

// The time at which that key, of type `cosignature_v1`, has cosigned the note: seconds since 1970, the latest if it did
// several times; nothing if it did not. Fails if there is a cosignature by the key that is wrong: the whole note is
// then to be refused.
Result<std::optional<std::uint64_t>> cosigned_at(const Note& note, const VerifierKey& key);

// A cosignature of a checkpoint's text by a signer whose key is of type `cosignature_v1`, at a time in 1..2^63-1. It is
// verified before it is given out. Fails if the signer does, or if it signs with another key, or if the time is none.
Result<SignatureLine> cosign(const Signer& signer, std::string_view checkpoint, std::uint64_t time);

}  // namespace folkmoot::ledger
