#include "secret/shuffle.hpp"

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
  struct Moved {
    typename Engine<G>::Element alpha, beta;
  };
  const std::size_t N = before.size();
  Shuffled<G> shuffled{std::vector<proof::Ciphertext<G>>(N), {}, Permutation::random(N, random)};
  SecretVector<Moved> moved;
  moved.reserve(N);
  for (const auto& e : before) moved.push_back({Engine<G>::hide(e.alpha), Engine<G>::hide(e.beta)});
  moved = shuffled.permutation.gather(std::move(moved));
  for (std::size_t i = 0; i < N; ++i) shuffled.randomness.push_back(SecretScalar<G>::random(random));
  // GenReEncryption
  parallel_for(N, work, [&](std::size_t i) {
    const auto& r = shuffled.randomness[i];
    shuffled.ciphertexts[i] = {(SecretElement<G>(moved[i].alpha) * power_of_g(r)).reveal(),
                               (SecretElement<G>(moved[i].beta) * y.power(r)).reveal()};
  });
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
