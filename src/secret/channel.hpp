// How threshold trustees talk to each other through a server that must not understand, change or redirect what they say
// (specification, sections 4.6.1 "Public key infrastructure" and 4.6.3 "Channels").
#pragma once

#include "election/trustees.hpp"
#include "secret/aead.hpp"
#include "secret/scalar.hpp"

namespace folkmoot::secret {

// A threshold trustee's one secret: 22 base58 characters (the text of a .key file), from which all their keys derive.
class Seed {
 public:
  static Seed generate(Random& random);
  // White space around the text is ignored.
  static Result<Seed> parse(std::string_view text);
  [[nodiscard]] std::string_view view() const { return text_.view(); }

 private:
  explicit Seed(SecretText text) : text_(std::move(text)) {}
  SecretText text_;
};

// The keys derived from a seed.
template <PrimeGroup G>
struct ChannelKeys {
  SecretScalar<G> signing;     // sk
  SecretScalar<G> decryption;  // dk
  typename G::Element verification;
  typename G::Element encryption;

  explicit ChannelKeys(const Seed& seed);
};

template <PrimeGroup G>
struct EncryptedMessage {
  Aead aead = Aead::aes_gcm;  // old tools' messages have no "algorithm", and use AES-CCM
  typename G::Element alpha;
  typename G::Element beta;
  std::string data;  // hexadecimal
};
template <PrimeGroup G>
EncryptedMessage<G> encrypt_message(const typename G::Element& recipient, std::string_view message, Random& random);
template <PrimeGroup G>
Result<EncryptedMessage<G>> read_encrypted_message(json::Value value);
template <PrimeGroup G>
void write(json::Writer& writer, const EncryptedMessage<G>& message);

// A message signed with the key.
template <PrimeGroup G>
election::SignedMessage<G> sign(const SecretScalar<G>& signing_key, std::string message, Random& random);
// Whether the owner of the verification key signed the message.
template <PrimeGroup G>
bool is_signed(const typename G::Element& verification_key, std::string_view message, const proof::Proof<G>& signature);

// send(sk, recipient, message): signed by the one, encrypted to the other.
template <PrimeGroup G>
std::string send(const SecretScalar<G>& signing_key, const typename G::Element& recipient, const SecretText& message,
                 Random& random);
// The reverse. Fails unless the message is encrypted to these keys, signed with the sender's, and says that it is meant
// for this recipient.
template <PrimeGroup G>
Result<SecretText> receive(const ChannelKeys<G>& keys, const typename G::Element& sender, std::string_view message);

}  // namespace folkmoot::secret
