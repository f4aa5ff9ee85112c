#include "secret/decrypt.hpp"

#include "secret/prove/knowledge.hpp"

namespace folkmoot::secret {

template <PrimeGroup G>
election::PartialDecryption<G> decrypt(const election::EncryptedTally<G>& tally, const SecretScalar<G>& private_key,
                                       std::string_view fingerprint, Random& random, const Work& work) {
  const std::string key = power_of_g(private_key).reveal_text();
  election::PartialDecryption<G> decryption;
  std::size_t all = 0;
  for (const auto& question : tally.questions) all += question.size();
  std::size_t before = 0;
  for (const auto& question : tally.questions) {
    std::vector<typename G::Element> factors(question.size());
    std::vector<proof::Proof<G>> proofs(question.size());
    parallel_for(question.size(), work.part(before, question.size(), all), [&](std::size_t i) {
      const Base<G> alpha(question[i].alpha);
      factors[i] = alpha.power(private_key).reveal();
      proofs[i] = prove_decryption(fingerprint, key, alpha, private_key, random);
    });
    before += question.size();
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
