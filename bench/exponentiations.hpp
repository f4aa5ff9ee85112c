// What benchmarks of secret/ are measured against: what libsodium (for the 2048-bit groups GMP) takes for as many
// exponentiations of its own, in the same run.
#pragma once

#include <benchmark/benchmark.h>
#include <gmp.h>
#include <sodium.h>

#include <algorithm>
#include <array>
#include <ctime>
#include <vector>

#include "group/all.hpp"
#include "secret/scalar.hpp"

namespace folkmoot::bench {

// What this thread has computed for, in seconds: other programs do not count.
inline double cpu_seconds() {
  timespec time;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) + 1e-9 * static_cast<double>(time.tv_nsec);
}

// The median of some times that the action takes.
template <class Action>
double median_seconds(Action action) {
  std::array<double, 31> times;
  for (double& time : times) {
    const double start = cpu_seconds();
    action();
    time = cpu_seconds() - start;
  }
  std::ranges::nth_element(times, times.begin() + times.size() / 2);
  return times[times.size() / 2];
}

// Seconds for one power of g, and of another base.
struct Cost {
  double of_g;
  double of_other;

  [[nodiscard]] double of(std::size_t powers_of_g, std::size_t powers_of_others) const {
    return of_g * static_cast<double>(powers_of_g) + of_other * static_cast<double>(powers_of_others);
  }
};

template <group::PrimeGroup G>
Cost exponentiation_cost() {
  if constexpr (std::is_same_v<G, group::Ed25519>) {
    std::array<unsigned char, 32> exponent, base, power;
    crypto_core_ed25519_scalar_random(exponent.data());
    crypto_core_ed25519_random(base.data());
    const double of_g = median_seconds(
        [&] { benchmark::DoNotOptimize(crypto_scalarmult_ed25519_base_noclamp(power.data(), exponent.data())); });
    const double of_other = median_seconds([&] {
      benchmark::DoNotOptimize(crypto_scalarmult_ed25519_noclamp(power.data(), exponent.data(), base.data()));
    });
    return {of_g, of_other};
  } else {
    const std::string exponent = secret::SecretScalar<G>::random(secret::Random::system()).reveal().text();
    const std::string base =
        secret::power_of_g(secret::SecretScalar<G>::random(secret::Random::system())).reveal_text();
    const std::string modulus(std::is_same_v<G, group::Rfc3526> ? group::modp::Rfc3526Parameters::p
                                                                : group::modp::Belenios2048Parameters::p);
    mpz_t e, b, p, power;
    mpz_init_set_str(e, exponent.c_str(), 10);
    mpz_init_set_str(b, base.c_str(), 10);
    mpz_init_set_str(p, modulus.c_str(), 10);
    mpz_init(power);
    const double of_any = median_seconds([&] { mpz_powm_sec(power, b, e, p); });
    mpz_clears(e, b, p, power, nullptr);
    return {of_any, of_any};
  }
}

// Runs the benchmark's loop on this thread; reports microseconds for each of `items` an iteration, those of the
// exponentiations alone
// (`floor`, in seconds, for all the items), and how many times that the whole takes.
template <class Action>
void measure(benchmark::State& state, std::size_t items, double floor, Action action) {
  const double start = cpu_seconds();
  for (auto _ : state) action();
  const double each = (cpu_seconds() - start) / static_cast<double>(state.iterations());
  state.counters["us_per_item"] = 1e6 * each / static_cast<double>(items);
  state.counters["floor_us_per_item"] = 1e6 * floor / static_cast<double>(items);
  state.counters["ratio"] = each / floor;
}

}  // namespace folkmoot::bench
