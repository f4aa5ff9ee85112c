// A trustee who decrypts with others: makes a key, shuffles, decrypts (specification, sections 3.1 and 3.4). The making
// of a threshold key is ceremony.hpp. Whoever shuffles or decrypts verifies the whole record first: a trustee who
// decrypted what somebody merely handed them could be made to decrypt one person's vote.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/progress.hpp"
#include "record/source.hpp"
#include "secret/random.hpp"
#include "secret/text.hpp"

namespace folkmoot::role {

struct TrusteeKey {
  std::string id;                  // eight digits, from the public key
  secret::SecretText private_key;  // the text of a .privkey file, without its line end
  std::string public_key;          // of a .pubkey file, likewise
};
// Makes the key of a trustee without whom nothing can be decrypted.
Result<TrusteeKey> make_trustee_key(std::string_view group, secret::Random& random);

// A trustee's secret: the text of a .privkey file; or the seed of a ceremony, with the text of the .dkey file that came
// of it.
struct TrusteeSecret {
  std::string_view key;
  std::optional<std::string_view> decryption_key;
};

// An election's record, and the supplement where it is held under the strict profile.
struct Record {
  const record::ByteSource& source;
  std::optional<std::string_view> supplement;
};

// Which trustee of the record's election has that secret, from 1. Fails if none has.
Result<std::int64_t> find_trustee(const record::ByteSource& record, const TrusteeSecret& secret);

// What a trustee sends: two lines as the original tools write them, and under the strict profile a third, the entry of
// the supplement, with the trustee's signature and, of a decryption, the proof over all of it.
struct Sent {
  std::int64_t trustee = 0;  // whose, from 1
  std::string text;
};

// Verifies the record, then shuffles the rankings, with the proof. Fails if the record is not good, no shuffle by this
// trustee is due, or the secret is no trustee's.
Result<Sent> shuffle_tally(const Record& record, const TrusteeSecret& secret, secret::Random& random,
                           const Progress& progress = no_progress);

// Verifies the record, then makes the partial decryption. Fails if the record is not good, the tally not ready to be
// decrypted (shuffles may be due first), the trustee has decrypted already, or the secret is no trustee's.
Result<Sent> decrypt_tally(const Record& record, const TrusteeSecret& secret, secret::Random& random,
                           const Progress& progress = no_progress);

}  // namespace folkmoot::role
