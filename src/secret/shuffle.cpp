#include "secret/shuffle.hpp"

#include "secret/bulk.hpp"
#include "secret/prove/shuffle.hpp"

namespace folkmoot::secret {
namespace {

// GenShuffle(e, y): the ciphertexts permuted and re-encrypted, and with what.
template <PrimeGroup G>
struct Shuffled {
  std::vector<proof::Ciphertext<G>> ciphertexts;
  std::vector<SecretScalar<G>> randomness;  // of each of these
  Permutation permutation;
};

template <PrimeGroup G>
Shuffled<G> generate_shuffle(std::span<const proof::Ciphertext<G>> before, const Base<G>& y, Random& random,
                             const Work& work) {
  using Element = typename Engine<G>::Element;
  const std::size_t N = before.size();
  Shuffled<G> shuffled{{}, {}, Permutation::random(N, random)};
  shuffled.randomness = SecretScalar<G>::random(N, random);
  SecretVector<Element> alphas, betas;
  for (const auto& [alpha, beta] : before) {
    alphas.push_back(Engine<G>::hide(alpha));
    betas.push_back(Engine<G>::hide(beta));
  }
  alphas = shuffled.permutation.gather(std::move(alphas));
  betas = shuffled.permutation.gather(std::move(betas));
  // GenReEncryption
  const Powers<G> of_g{&Base<G>::generator(), shuffled.randomness}, of_y{&y, shuffled.randomness};
  const auto alpha = reveal_products<G>({&of_g, 1}, alphas, work.part(0, N, 2 * N));
  const auto beta = reveal_products<G>({&of_y, 1}, betas, work.part(N, N, 2 * N));
  for (std::size_t i = 0; i < N; ++i) shuffled.ciphertexts.push_back({alpha[i], beta[i]});
  return shuffled;
}

}  // namespace

template <PrimeGroup G>
election::Shuffle<G> shuffle(const std::vector<std::vector<proof::Ciphertext<G>>>& ciphertexts,
                             const typename G::Element& public_key, std::string_view fingerprint, Random& random,
                             const Work& work) {
  const Base<G> y(public_key);
  std::size_t all = 0;
  for (const auto& question : ciphertexts) all += 5 * question.size();
  std::size_t done = 0;
  election::Shuffle<G> shuffle;
  for (const auto& question : ciphertexts) {
    const std::size_t N = question.size();
    auto shuffled = generate_shuffle<G>(question, y, random, work.part(done, N, all));
    shuffle.proofs.push_back(prove_shuffle<G>(question, shuffled.ciphertexts, shuffled.randomness, shuffled.permutation,
                                              y, fingerprint, random, work.part(done + N, 4 * N, all)));
    shuffle.ciphertexts.push_back(std::move(shuffled.ciphertexts));
    done += 5 * N;
  }
  return shuffle;
}

#define FOLKMOOT_INSTANTIATE(G)                                                                                      \
  template election::Shuffle<G> shuffle<G>(const std::vector<std::vector<proof::Ciphertext<G>>>&, const G::Element&, \
                                           std::string_view, Random&, const Work&);
FOLKMOOT_FOR_EACH_GROUP(FOLKMOOT_INSTANTIATE)
#undef FOLKMOOT_INSTANTIATE

}  // namespace folkmoot::secret
