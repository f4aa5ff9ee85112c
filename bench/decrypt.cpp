// A trustee's partial decryption with its proofs, per ciphertext. One thread.
#include "secret/decrypt.hpp"

#include "exponentiations.hpp"

namespace folkmoot::bench {
namespace {

template <group::PrimeGroup G>
void decrypt(benchmark::State& state) {
  const auto N = static_cast<std::size_t>(state.range(0));
  secret::Random& random = secret::Random::system();
  const auto key = secret::SecretScalar<G>::random(random);
  election::EncryptedTally<G> tally;
  auto& ciphertexts = tally.questions.emplace_back().values;
  for (std::size_t i = 0; i < N; ++i) {
    const auto alpha = secret::power_of_g(secret::SecretScalar<G>::random(random)).reveal();
    ciphertexts.push_back({alpha, alpha});
  }
  // For each ciphertext: α^x, g^w and α^w.
  const auto floor = exponentiation_cost<G>().of(N, 2 * N);
  measure(state, N, floor, [&] {
    benchmark::DoNotOptimize(secret::decrypt<G>(tally, key, "fingerprint", random, {1, nullptr}));
  });
}
BENCHMARK(decrypt<group::Ed25519>)->ArgName("ciphertexts")->Arg(6)->Arg(1000)->Unit(benchmark::kMillisecond);
BENCHMARK(decrypt<group::Belenios2048>)->ArgName("ciphertexts")->Arg(6)->Unit(benchmark::kMillisecond);
BENCHMARK(decrypt<group::Rfc3526>)->ArgName("ciphertexts")->Arg(6)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace folkmoot::bench

BENCHMARK_MAIN();
