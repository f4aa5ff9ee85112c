// A trustee who decrypts with others: makes a key, shuffles, decrypts (specification, sections 3.1 and 3.4). The making
// of a threshold key is ceremony.hpp. Whoever shuffles or decrypts verifies the whole record first: a trustee who
// decrypted what somebody merely handed them could be made to decrypt one person's vote.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "service/files.hpp"
#include "service/progress.hpp"

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

// Verifies the record, then shuffles the rankings and writes the shuffle with its proof to `out`. Gives the trustee's
// number. Fails if the record is not good, no shuffle by this trustee is due, or the secret is no trustee's.
Result<std::int64_t> shuffle_tally(const fs::path& record, const TrusteeSecret& secret, const fs::path& out,
                                   const Progress& progress = no_progress);

// Verifies the record, then makes the partial decryption and writes it to `out`. Gives the trustee's number. Fails if
// the record is not good, the tally not ready to be decrypted (shuffles may be due first), or the secret no trustee's.
//
// What both write are the two lines of the original tools, and under the strict profile a third: the entry of the
// supplement, with the trustee's signature and, of a decryption, the proof over all of it.
Result<std::int64_t> decrypt_tally(const fs::path& record, const TrusteeSecret& secret, const fs::path& out,
                                   const Progress& progress = no_progress);

}  // namespace folkmoot::service
