#include "secret/trustee.hpp"

#include "secret/base58.hpp"
#include "secret/prove/knowledge.hpp"

namespace folkmoot::secret {

template <PrimeGroup G>
election::TrusteePublicKey<G> public_key(const SecretScalar<G>& private_key, Random& random) {
  const auto key = power_of_g(private_key);
  return {prove_knowledge(private_key, key.reveal_text(), random), key.reveal(), std::nullopt};
}

template <PrimeGroup G>
KeyPair<G> generate_key_pair(Random& random) {
  auto private_key = SecretScalar<G>::random(random);
  auto key = public_key(private_key, random);
  return {std::move(private_key), std::move(key)};
}

template <PrimeGroup G>
SecretText write_private_key(const SecretScalar<G>& private_key) {
  return SecretText({"\"", private_key.text().view(), "\""});
}

template <PrimeGroup G>
Result<SecretScalar<G>> read_private_key(std::string_view text) {
  text = trimmed(text);
  if (text.size() < 2 || !text.starts_with('"') || !text.ends_with('"')) {
    return fail("private key: expected a decimal number in quotes");
  }
  return in("private key", SecretScalar<G>::decode(text.substr(1, text.size() - 2)));
}

#define FOLKMOOT_INSTANTIATE(G)                                                          \
  template election::TrusteePublicKey<G> public_key<G>(const SecretScalar<G>&, Random&); \
  template KeyPair<G> generate_key_pair<G>(Random&);                                     \
  template SecretText write_private_key<G>(const SecretScalar<G>&);                      \
  template Result<SecretScalar<G>> read_private_key<G>(std::string_view);
FOLKMOOT_FOR_EACH_GROUP(FOLKMOOT_INSTANTIATE)
#undef FOLKMOOT_INSTANTIATE

}  // namespace folkmoot::secret
