// Keys of the ledger and of its witnesses, in secret files.
#pragma once

#include "ledger/note.hpp"
#include "service/files.hpp"

namespace folkmoot::service {

// Makes a signing key of that name and type, and a secret file with it. Gives its public side. Fails if the name cannot
// name a key (signed-note, "Format"), or if there is a file already.
Result<ledger::VerifierKey> make_signer(const fs::path& path, const std::string& name, ledger::SignatureType type);

// The signer whose key is in that file. Fails unless the key is of that type. Errors name the file.
Result<ledger::Signer> read_signer(const fs::path& path, ledger::SignatureType type);

}  // namespace folkmoot::service
