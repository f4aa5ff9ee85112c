// Signed notes and the keys that sign them (c2sp.org/signed-note), with Ed25519.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/bytes.hpp"

namespace folkmoot::ledger {

using PublicKey = std::array<std::uint8_t, 32>;  // as in RFC 8032
using Signature = std::array<std::uint8_t, 64>;

// What a key signs (signed-note, "Signature types"). Other types exist; their signatures are ignored here.
enum class SignatureType : std::uint8_t {
  note = 0x01,            // the text of a note
  cosignature_v1 = 0x04,  // a checkpoint at a time: cosignature.hpp
};

// Whether that is the key's Ed25519 signature (RFC 8032 section 5.1.7) of the message.
bool verifies(const PublicKey& key, std::string_view message, const Signature& signature);

// A public key and what it is called.
class VerifierKey {
 public:
  // Fails unless the name may name a key: UTF-8, not empty, no space, no '+', no control character.
  static Result<VerifierKey> make(std::string name, SignatureType type, const PublicKey& key);

  // A "vkey": NAME+ID+KEY, as to_text gives it. Refuses a key ID other than the recommended one, and other types.
  static Result<VerifierKey> parse(std::string_view vkey);
  [[nodiscard]] std::string to_text() const;

  [[nodiscard]] const std::string& name() const { return name_; }
  [[nodiscard]] SignatureType type() const { return type_; }
  [[nodiscard]] const PublicKey& key() const { return key_; }
  // The first four bytes, big-endian, of SHA-256(name, newline, type, key).
  [[nodiscard]] std::uint32_t id() const { return id_; }

  // Whether that is the key's Ed25519 signature (RFC 8032) of the message.
  [[nodiscard]] bool verifies(std::string_view message, const Signature& signature) const;

 private:
  VerifierKey() = default;
  std::string name_;
  SignatureType type_ = SignatureType::note;
  PublicKey key_{};
  std::uint32_t id_ = 0;
};

// Whoever holds the secret key gives its public side and a function that signs (RFC 8032) and may fail, as a device
// may.
struct Signer {
  VerifierKey key;
  std::function<Result<Signature>(std::string_view message)> sign;
};

// One signature of a note: by whom, and the bytes that follow the key ID.
struct SignatureLine {
  std::string name;
  std::uint32_t id = 0;
  Bytes signature;
};

// "— NAME BASE64\n", and the reverse (the newline taken off already).
std::string to_text(const SignatureLine& line);
Result<SignatureLine> parse_signature_line(std::string_view line);

struct Note {
  std::string text;  // ends with a newline
  std::vector<SignatureLine> signatures;
};

// At most 1 MiB and 100 signatures. What is read has been checked for form only: see signed_by.
Result<Note> parse_note(std::string_view text);
std::string to_text(const Note& note);

// The note's signatures by that key, whatever its type: those of its name and key ID. Others are to be ignored.
std::vector<const SignatureLine*> signatures_by(const Note& note, const VerifierKey& key);

// Whether that key, of type `note`, has signed the note. Fails if there is a signature by the key that is wrong: the
// whole note is then to be refused.
Result<bool> signed_by(const Note& note, const VerifierKey& key);

// A signature of the text (which ends with a newline) by a signer whose key is of type `note`. It is verified before it
// is given out. Fails if the signer does, or if it signs with another key.
Result<SignatureLine> sign_note(const Signer& signer, std::string_view text);

}  // namespace folkmoot::ledger
