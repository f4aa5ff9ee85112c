// A trustee who decrypts with others: makes a key, shuffles, decrypts (specification, sections 3.1 and 3.4). The making
// of a threshold key is ceremony.hpp. Whoever shuffles or decrypts verifies the whole record first, and is told which
// closing of the voting it has: a trustee who decrypted whatever somebody hands them, a record of one ballot perhaps,
// which verifies too, could be made to decrypt one person's vote.
#pragma once

#include <cstdint>
#include <functional>
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

// Which ballots a record has, once its voting is closed.
struct Closing {
  std::string election;       // its fingerprint
  std::string hash;           // of the event that closed the voting, and so of every ballot, in hexadecimal
  std::uint64_t ballots = 0;  // that are tallied
};

// An election's record, and the supplement where it is held under the strict profile. `allow` is asked, when the record
// has been found good and before the key is used; what it says otherwise ends it.
struct Record {
  const record::ByteSource& source;
  std::optional<std::string_view> supplement;
  std::function<Status(const Closing&)> allow = [](const Closing&) { return Status(); };
};

// Which trustee of the record's election has that secret, from 1. Fails if none has.
Result<std::int64_t> find_trustee(const record::ByteSource& record, const TrusteeSecret& secret);

// What a trustee sends: two lines as the original tools write them, and under the strict profile a third, the entry of
// the supplement, with the trustee's signature and, of a decryption, the proof over all of it.
struct Sent {
  std::int64_t trustee = 0;  // whose, from 1
  std::string text;
  Closing closing;  // of the record that it is made of
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
