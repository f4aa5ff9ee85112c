// A trustee's shuffle with its proof, per ciphertext. One thread.
#include "secret/shuffle.hpp"
#include "exponentiations.hpp"

namespace folkmoot::bench {
namespace {

template <group::PrimeGroup G>
void shuffle(benchmark::State& state) {
  const auto N = static_cast<std::size_t>(state.range(0));
  secret::Random& random = secret::Random::system();
  const auto y = secret::power_of_g(secret::SecretScalar<G>::random(random)).reveal();
  std::vector<std::vector<proof::Ciphertext<G>>> ciphertexts(1);
  for (std::size_t i = 0; i < N; ++i) {
    const auto r = secret::SecretScalar<G>::random(random);
    ciphertexts[0].push_back({secret::power_of_g(r).reveal(), secret::power_of_g(r).reveal()});
  }
  // For each ciphertext: of g four (re-encryption, c, ĉ, t̂); of others six (y to re-encrypt, h for ĉ and t̂, and in the
  // products of t_3 and t_4 those of h_i, α' and β'). And a few for all.
  const auto floor = exponentiation_cost<G>().of(4 * N + 4, 6 * N + 1);
  measure(state, N, floor, [&] {
    benchmark::DoNotOptimize(secret::shuffle<G>(ciphertexts, y, "fingerprint", random, {1, nullptr}));
  });
}
BENCHMARK(shuffle<group::Ed25519>)->ArgName("ciphertexts")->Arg(100)->Arg(1000)->Unit(benchmark::kMillisecond);
BENCHMARK(shuffle<group::Rfc3526>)->ArgName("ciphertexts")->Arg(10)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace folkmoot::bench

BENCHMARK_MAIN();
