#include "ledger/note.hpp"

#include <sodium.h>

#include <algorithm>
#include <cassert>

#include "base/sha256.hpp"
#include "ledger/text.hpp"

namespace folkmoot::ledger {
namespace {

constexpr std::string_view em_dash_space = "\u2014 ";
constexpr std::size_t max_note = std::size_t{1} << 20;
constexpr std::size_t max_signatures = 100;

std::array<std::uint8_t, 4> big_endian(std::uint32_t number) {
  return {static_cast<std::uint8_t>(number >> 24), static_cast<std::uint8_t>(number >> 16),
          static_cast<std::uint8_t>(number >> 8), static_cast<std::uint8_t>(number)};
}

std::uint32_t from_big_endian(ByteView bytes) {
  std::uint32_t number = 0;
  for (const std::uint8_t byte : bytes.first(4)) number = number << 8 | byte;
  return number;
}

// signature type || public key
Bytes key_material(SignatureType type, const PublicKey& key) {
  Bytes bytes(1 + key.size());
  bytes[0] = static_cast<std::uint8_t>(type);
  std::ranges::copy(key, bytes.begin() + 1);
  return bytes;
}

}  // namespace

Result<VerifierKey> VerifierKey::make(std::string name, SignatureType type, const PublicKey& key) {
  TRY(check_key_name(name));
  VerifierKey made;
  made.id_ = from_big_endian(Sha256().add(name).add("\n").add(key_material(type, key)).digest());
  made.name_ = std::move(name);
  made.type_ = type;
  made.key_ = key;
  return made;
}

Result<VerifierKey> VerifierKey::parse(std::string_view vkey) {
  const auto first = vkey.find('+');
  const auto second = first == std::string_view::npos ? first : vkey.find('+', first + 1);
  if (second == std::string_view::npos) return fail("expected a key as NAME+ID+KEY");
  const std::string_view name = vkey.substr(0, first);
  std::array<std::uint8_t, 4> id;
  TRY(in("key ID", from_hex(vkey.substr(first + 1, second - first - 1), id)));
  const Bytes material = TRY(in("key", from_padded_base64(vkey.substr(second + 1))));
  if (material.empty()) return fail("key: it is empty");
  const auto type = static_cast<SignatureType>(material[0]);
  if (type != SignatureType::note && type != SignatureType::cosignature_v1) {
    return fail("key: signature type {:#04x} is not one that can be verified here", material[0]);
  }
  PublicKey key;
  if (material.size() != 1 + key.size()) return fail("key: expected 32 bytes, found {}", material.size() - 1);
  std::copy(material.begin() + 1, material.end(), key.begin());
  auto made = TRY(make(std::string(name), type, key));
  if (made.id() != from_big_endian(id)) return fail("the key ID is not that of this name and key");
  return made;
}

std::string VerifierKey::to_text() const {
  return fmt::format("{}+{}+{}", name_, to_hex(big_endian(id_)), to_padded_base64(key_material(type_, key_)));
}

bool verifies(const PublicKey& key, std::string_view message, const Signature& signature) {
  return crypto_sign_verify_detached(signature.data(), bytes_of(message).data(), message.size(), key.data()) == 0;
}

bool VerifierKey::verifies(std::string_view message, const Signature& signature) const {
  return ledger::verifies(key_, message, signature);
}

std::string to_text(const SignatureLine& line) {
  const auto id = big_endian(line.id);
  Bytes bytes(id.begin(), id.end());
  bytes.insert(bytes.end(), line.signature.begin(), line.signature.end());
  return fmt::format("{}{} {}\n", em_dash_space, line.name, to_padded_base64(bytes));
}

Result<SignatureLine> parse_signature_line(std::string_view line) {
  if (!line.starts_with(em_dash_space)) return fail("a signature begins with an em dash and a space");
  line.remove_prefix(em_dash_space.size());
  const auto space = line.find(' ');
  if (space == std::string_view::npos) return fail("expected a name, a space and a signature");
  const std::string_view name = line.substr(0, space);
  TRY(check_key_name(name));
  const Bytes bytes = TRY(from_padded_base64(line.substr(space + 1)));
  if (bytes.size() <= 4) return fail("a signature of {} bytes", bytes.size());
  return SignatureLine{std::string(name), from_big_endian(bytes), Bytes(bytes.begin() + 4, bytes.end())};
}

Result<Note> parse_note(std::string_view text) {
  if (text.size() > max_note) return fail("a note of {} bytes; at most {} are read", text.size(), max_note);
  TRY(check_note_characters(text));
  const auto blank = text.rfind("\n\n");
  if (blank == std::string_view::npos) return fail("no empty line between a text and signatures");
  Note note{std::string(text.substr(0, blank + 1)), {}};
  for (std::string_view rest = text.substr(blank + 2); !rest.empty();) {
    if (note.signatures.size() == max_signatures) return fail("more than {} signatures", max_signatures);
    const std::string_view line = TRY(in("signatures", take_line(rest)));
    note.signatures.push_back(
        TRY(in(fmt::format("signature {}", note.signatures.size() + 1), parse_signature_line(line))));
  }
  if (note.signatures.empty()) return fail("no signature");
  return note;
}

std::string to_text(const Note& note) {
  std::string text = note.text + '\n';
  for (const SignatureLine& line : note.signatures) text += to_text(line);
  return text;
}

std::vector<const SignatureLine*> signatures_by(const Note& note, const VerifierKey& key) {
  std::vector<const SignatureLine*> lines;
  for (const SignatureLine& line : note.signatures) {
    if (line.name == key.name() && line.id == key.id()) lines.push_back(&line);
  }
  return lines;
}

Result<bool> signed_by(const Note& note, const VerifierKey& key) {
  assert(key.type() == SignatureType::note);
  const auto lines = signatures_by(note, key);
  for (const SignatureLine* line : lines) {
    Signature signature;
    if (line->signature.size() != signature.size()) return fail("a signature by {} has not 64 bytes", key.name());
    std::ranges::copy(line->signature, signature.begin());
    if (!key.verifies(note.text, signature)) return fail("the signature by {} is wrong", key.name());
  }
  return !lines.empty();
}

Result<SignatureLine> sign_note(const Signer& signer, std::string_view text) {
  assert(signer.key.type() == SignatureType::note && text.ends_with('\n'));
  const Signature signature = TRY(in(signer.key.name(), signer.sign(text)));
  if (!signer.key.verifies(text, signature)) return fail("{}: the signer has signed wrongly", signer.key.name());
  return SignatureLine{signer.key.name(), signer.key.id(), Bytes(signature.begin(), signature.end())};
}

}  // namespace folkmoot::ledger
