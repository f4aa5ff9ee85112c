// A trustee (role/trustee.hpp) whose keys, and whose shuffles and decryptions, are files.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/progress.hpp"
#include "role/trustee.hpp"
#include "service/files.hpp"

namespace folkmoot::service {

struct TrusteeKeyFiles {
  std::string id;        // eight digits, from the public key
  fs::path private_key;  // FOLDER/ID.privkey, mode 0600: the trustee's, and nobody else's
  fs::path public_key;   // FOLDER/ID.pubkey, for the returning officer
};
// Makes the key of a trustee without whom nothing can be decrypted.
Result<TrusteeKeyFiles> make_trustee_key(std::string_view group, const fs::path& folder);

// A trustee's secret: a .privkey file, or the seed of a ceremony (a .key file) with the .dkey that came of it.
struct TrusteeSecret {
  fs::path key;
  std::optional<fs::path> decryption_key;
};

// Which trustee of the record's election has that secret, from 1. Fails if none has.
Result<std::int64_t> find_trustee(const fs::path& record, const TrusteeSecret& secret);

// Verifies the record, then writes the trustee's shuffle or partial decryption to `out`: role::Sent's text. Before that
// the closing that the record has is kept beside the key, in KEY.….closing: another closing of the same election is
// refused from then on. `closing`, unless empty, is the hash that the record must have been closed with.
Result<role::Sent> shuffle_tally(const fs::path& record, const TrusteeSecret& secret, const fs::path& out,
                                 std::string_view closing = "", const Progress& progress = no_progress);
Result<role::Sent> decrypt_tally(const fs::path& record, const TrusteeSecret& secret, const fs::path& out,
                                 std::string_view closing = "", const Progress& progress = no_progress);

}  // namespace folkmoot::service
