#include "secret/decrypt.hpp"

#include <algorithm>

#include "proof/decryption.hpp"
#include "secret/bulk.hpp"

namespace folkmoot::secret {

namespace {

// So many ciphertexts are decrypted together, by one thread.
constexpr std::size_t portion = 256;

// The factors of some ciphertexts, and for each the proof that it is α^x (specification, section 4.20), which is
// prove_decryption()'s.
template <PrimeGroup G>
void decrypt(std::span<const proof::Ciphertext<G>> ciphertexts, const SecretScalar<G>& x, std::string_view key,
             std::string_view fingerprint, Random& random, std::span<typename G::Element> factors,
             std::span<proof::Proof<G>> proofs) {
  const Work here{1, nullptr};
  std::vector<typename G::Element> alphas;
  std::vector<SecretScalar<G>> xs;
  const auto w = SecretScalar<G>::random(ciphertexts.size(), random);
  for (const auto& ciphertext : ciphertexts) {
    alphas.push_back(ciphertext.alpha);
    xs.push_back(x.duplicate());
  }
  const Powers<G> of_g{&Base<G>::generator(), w};
  const auto [found, B] = reveal_powers<G>(alphas, xs, w, here);
  const auto A = reveal_products<G>({&of_g, 1}, {}, here);
  for (std::size_t i = 0; i < ciphertexts.size(); ++i) {
    factors[i] = found[i];
    const auto c = proof::v1::decryption_challenge<G>(fingerprint, key, A[i].text(), B[i].text());
    proofs[i] = {c, (w[i] - x * c).reveal()};
  }
}

}  // namespace

template <PrimeGroup G>
election::PartialDecryption<G> decrypt(const election::EncryptedTally<G>& tally, const SecretScalar<G>& private_key,
                                       std::string_view fingerprint, Random& random, const Work& work) {
  const std::string key = power_of_g(private_key).reveal_text();
  election::PartialDecryption<G> decryption;
  std::size_t all = 0;
  for (const auto& question : tally.questions) all += question.size();
  std::size_t before = 0;
  for (const auto& question : tally.questions) {
    const std::size_t size = question.size();
    std::vector<typename G::Element> factors(size);
    std::vector<proof::Proof<G>> proofs(size);
    parallel_for((size + portion - 1) / portion, work.part(before, size, all), [&](std::size_t i) {
      const std::size_t first = i * portion, n = std::min(portion, size - first);
      decrypt<G>(std::span(question.values).subspan(first, n), private_key, key, fingerprint, random,
                 std::span(factors).subspan(first, n), std::span(proofs).subspan(first, n));
    });
    before += size;
    decryption.factors.push_back(question.with(std::move(factors)));
    decryption.proofs.push_back(question.with(std::move(proofs)));
  }
  return decryption;
}

#define FOLKMOOT_INSTANTIATE(G)                                                                                  \
  template election::PartialDecryption<G> decrypt<G>(const election::EncryptedTally<G>&, const SecretScalar<G>&, \
                                                     std::string_view, Random&, const Work&);
FOLKMOOT_FOR_EACH_GROUP(FOLKMOOT_INSTANTIATE)
#undef FOLKMOOT_INSTANTIATE

}  // namespace folkmoot::secret
