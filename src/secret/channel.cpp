#include "secret/channel.hpp"

#include <sodium.h>

#include "secret/base58.hpp"
#include "secret/prove/knowledge.hpp"
#include "secret/secret_json.hpp"

namespace folkmoot::secret {
namespace {

constexpr std::size_t seed_size = 22;

// SHA256(prefix seed) as a number modulo q.
template <PrimeGroup G>
SecretScalar<G> derive(std::string_view prefix, const Seed& seed) {
  Digest digest = Sha256().add(prefix).add(seed.view()).digest();
  auto key = SecretScalar<G>::from_big_endian(digest);
  sodium_memzero(digest.data(), digest.size());
  return key;
}

// A symmetric key from the element g^s that both ends know.
class SymmetricKey {
 public:
  template <PrimeGroup G>
  explicit SymmetricKey(const SecretElement<G>& element)
      : digest_(Sha256().add("key|").add(element.text().view()).digest()) {}
  SymmetricKey(const SymmetricKey&) = delete;
  SymmetricKey& operator=(const SymmetricKey&) = delete;
  ~SymmetricKey() { sodium_memzero(digest_.data(), digest_.size()); }
  [[nodiscard]] const Digest& digest() const { return digest_; }

 private:
  Digest digest_;
};

template <PrimeGroup G>
Digest initialization_vector(const typename G::Element& alpha) {
  return Sha256().add("iv|").add(alpha.text()).digest();
}

template <PrimeGroup G>
Result<SecretText> decrypt(const SecretScalar<G>& decryption_key, const EncryptedMessage<G>& encrypted) {
  const Bytes sealed = TRY(in("data", from_hex(encrypted.data)));
  const auto shared = SecretElement<G>(encrypted.beta) * Base<G>(encrypted.alpha).power(-decryption_key);
  return open(encrypted.aead, SymmetricKey(shared).digest(), initialization_vector<G>(encrypted.alpha), sealed);
}

}  // namespace

Seed Seed::generate(Random& random) { return Seed(random_base58(seed_size, random)); }

Result<Seed> Seed::parse(std::string_view text) {
  text = trimmed(text);
  if (text.size() != seed_size || !is_base58(text)) {
    return fail("not a trustee's seed: expected {} letters or digits (without 0, O, I and l)", seed_size);
  }
  return Seed(SecretText(text));
}

template <PrimeGroup G>
ChannelKeys<G>::ChannelKeys(const Seed& seed)
    : signing(derive<G>("sk|", seed)),
      decryption(derive<G>("dk|", seed)),
      verification(power_of_g(signing).reveal()),
      encryption(power_of_g(decryption).reveal()) {}

template <PrimeGroup G>
EncryptedMessage<G> encrypt_message(const typename G::Element& recipient, std::string_view message, Random& random) {
  const auto r = SecretScalar<G>::random(random);
  const auto shared = power_of_g(SecretScalar<G>::random(random));  // g^s
  EncryptedMessage<G> encrypted;
  encrypted.alpha = power_of_g(r).reveal();
  encrypted.beta = (Base<G>(recipient).power(r) * shared).reveal();
  encrypted.data = to_hex(seal(SymmetricKey(shared).digest(), initialization_vector<G>(encrypted.alpha), message));
  return encrypted;
}

template <PrimeGroup G>
Result<EncryptedMessage<G>> read_encrypted_message(json::Value value) {
  EncryptedMessage<G> message;
  if (value.has("algorithm")) {
    const std::string algorithm = TRY(json::read_field(value, "algorithm", json::read_string));
    if (algorithm != "AES-GCM") return fail("algorithm: \"{}\" is not known", algorithm);
  } else {
    message.aead = Aead::aes_ccm;
  }
  message.alpha = TRY(json::read_field(value, "alpha", proof::read_element<G>));
  message.beta = TRY(json::read_field(value, "beta", proof::read_element<G>));
  message.data = TRY(json::read_field(value, "data", json::read_string));
  return message;
}

template <PrimeGroup G>
void write(json::Writer& writer, const EncryptedMessage<G>& message) {
  writer.begin_object();
  if (message.aead == Aead::aes_gcm) writer.key("algorithm").plain_string("AES-GCM");
  writer.key("alpha").plain_string(message.alpha.text());
  writer.key("beta").plain_string(message.beta.text());
  writer.key("data").string(message.data);
  writer.end_object();
}

template <PrimeGroup G>
election::SignedMessage<G> sign(const SecretScalar<G>& signing_key, std::string message, Random& random) {
  const auto signature = sign_message(signing_key, message, random);
  return {std::move(message), signature};
}

template <PrimeGroup G>
bool is_signed(const typename G::Element& verification_key, std::string_view message,
               const proof::Proof<G>& signature) {
  const std::array bases{G::generator(), verification_key};
  const std::array exponents{signature.response, signature.challenge};
  const auto commitment = G::product_of_powers_vartime(bases, exponents);
  return signature.challenge == proof::v1::message_signature_challenge<G>(message, commitment.text());
}

template <PrimeGroup G>
std::string send(const SecretScalar<G>& signing_key, const typename G::Element& recipient, const SecretText& message,
                 Random& random) {
  const SecretText channel_message(
      {"{\"recipient\":\"", recipient.text(), "\",\"message\":", quoted(message.view()).view(), "}"});
  const auto signature = sign_message(signing_key, channel_message.view(), random);
  const SecretText signed_message(
      {"{\"message\":", quoted(channel_message.view()).view(), ",\"signature\":", json::to_text(signature), "}"});
  return json::to_text(encrypt_message<G>(recipient, signed_message.view(), random));
}

template <PrimeGroup G>
Result<SecretText> receive(const ChannelKeys<G>& keys, const typename G::Element& sender, std::string_view message) {
  const auto encrypted = TRY(json::read_canonical(message, read_encrypted_message<G>));
  const SecretText signed_message = TRY(decrypt(keys.decryption, encrypted));

  SecretScanner scanner(signed_message.view());
  TRY(scanner.literal("{\"message\":"));
  const SecretText channel_message = TRY(scanner.string());
  TRY(scanner.literal(",\"signature\":{\"challenge\":"));
  const SecretText challenge = TRY(scanner.string());
  TRY(scanner.literal(",\"response\":"));
  const SecretText response = TRY(scanner.string());
  TRY(scanner.literal("}}"));
  TRY(scanner.end());
  auto c = TRY(G::Scalar::decode(challenge.view()));
  auto r = TRY(G::Scalar::decode(response.view()));
  const proof::Proof<G> signature{std::move(c), std::move(r)};
  if (!is_signed<G>(sender, channel_message.view(), signature)) return fail("the message is not signed by its sender");

  SecretScanner inner(channel_message.view());
  TRY(inner.literal("{\"recipient\":"));
  const SecretText recipient = TRY(inner.string());
  TRY(inner.literal(",\"message\":"));
  SecretText text = TRY(inner.string());
  TRY(inner.literal("}"));
  TRY(inner.end());
  if (recipient.view() != keys.encryption.text()) return fail("the message is meant for another recipient");
  return text;
}

#define FOLKMOOT_INSTANTIATE(G)                                                                        \
  template struct ChannelKeys<G>;                                                                      \
  template EncryptedMessage<G> encrypt_message<G>(const G::Element&, std::string_view, Random&);       \
  template Result<EncryptedMessage<G>> read_encrypted_message<G>(json::Value);                         \
  template void write<G>(json::Writer&, const EncryptedMessage<G>&);                                   \
  template election::SignedMessage<G> sign<G>(const SecretScalar<G>&, std::string, Random&);           \
  template bool is_signed<G>(const G::Element&, std::string_view, const proof::Proof<G>&);             \
  template std::string send<G>(const SecretScalar<G>&, const G::Element&, const SecretText&, Random&); \
  template Result<SecretText> receive<G>(const ChannelKeys<G>&, const G::Element&, std::string_view);
FOLKMOOT_FOR_EACH_GROUP(FOLKMOOT_INSTANTIATE)
#undef FOLKMOOT_INSTANTIATE

}  // namespace folkmoot::secret
