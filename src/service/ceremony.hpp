// The making of a threshold key (role/ceremony.hpp), its messages being files of one public folder and each trustee's
// seed a secret file; beside it KEY.polynomial, between committing and revealing.
#pragma once

#include "role/ceremony.hpp"
#include "service/files.hpp"

namespace folkmoot::service {

using role::CeremonySeat;
using role::CeremonyStage;

// Makes a seed, writes it to `key`, and the certificate to the folder.
Status join_ceremony(const fs::path& folder, const CeremonySeat& seat, const fs::path& key);

// The steps of a trustee who has joined. Give the trustee's index; fail if there is nothing to do yet or anything that
// the officer or another trustee sent is wrong.
Result<std::int64_t> send_commitment(const fs::path& folder, const fs::path& key);
Result<std::int64_t> send_polynomial(const fs::path& folder, const fs::path& key);
Result<std::int64_t> send_share(const fs::path& folder, const fs::path& key);

// Does the officer's part: checks all that trustees have sent, and makes what is due. May be called at any time.
Result<CeremonyStage> advance_ceremony(const fs::path& folder);

}  // namespace folkmoot::service
