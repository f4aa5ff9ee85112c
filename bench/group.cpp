// What the groups' operations cost, each beside what libsodium or GMP needs for the same exponentiations, measured in
// the same run: the counter `times_faster` is that time over ours, `us` is our CPU time for one item. (libsodium's
// power is constant time and checks the base, for which it needs about half of its time; GMP's is not and does not.)
#include <benchmark/benchmark.h>
#include <gmp.h>
#include <sodium.h>
#include <time.h>

#include <algorithm>
#include <limits>
#include <map>

#include "group/all.hpp"
#include "group/batch.hpp"

namespace {

using namespace folkmoot;
using namespace folkmoot::group;

double cpu_microseconds() {
  timespec now;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) * 1e6 + static_cast<double>(now.tv_nsec) / 1e3;
}

// The CPU time of one call: the least of five runs of `calls`.
template <class Call>
double microseconds(int calls, Call&& call) {
  double least = std::numeric_limits<double>::infinity();
  for (int run = 0; run < 5; ++run) {
    const double begin = cpu_microseconds();
    for (int i = 0; i < calls; ++i) call();
    least = std::min(least, (cpu_microseconds() - begin) / calls);
  }
  return least;
}

// Times `call`, which does `items` things, each of which takes others `reference` microseconds.
template <class Call>
void measure(benchmark::State& state, double reference, std::size_t items, Call&& call) {
  const double begin = cpu_microseconds();
  for ([[maybe_unused]] auto round : state) call();
  const double item =
      (cpu_microseconds() - begin) / static_cast<double>(state.iterations()) / static_cast<double>(items);
  state.counters["us"] = item;
  if (reference > 0) {
    state.counters["other_us"] = reference;
    state.counters["times_faster"] = reference / item;
  }
}

template <class G>
typename G::Scalar scalar(std::size_t i) {
  const auto part = [&](char c) { return G::Scalar::from_hash(sha256(std::string(1, c) + std::to_string(i))); };
  auto sum = part('a');
  for (const char c : {'b', 'c', 'd', 'e', 'f', 'g', 'h'}) sum = sum * part(c) + part(c);
  return sum;
}
template <class G>
typename G::Element element(std::size_t i) {
  return *G::Element::decode(G::fixed_generator().power_vartime(scalar<G>(i + 1000)).text());
}

// What others need for one power of a base that varies, of a fixed base, and for decoding.
struct Others {
  double power, fixed, decode;
};

template <class Parameters>
Others measure_others(const modp::Group<Parameters>&) {
  using G = modp::Group<Parameters>;
  const auto p = modp::field<Parameters>().p();
  const auto base = element<G>(1).number();
  const auto exponent = scalar<G>(1).limbs(), q = G::Scalar::q();
  mpz_t P, B, X, Q, out;
  mpz_init(out);
  mpz_roinit_n(P, modp::limbs(p), modp::p_limbs);
  mpz_roinit_n(B, modp::limbs(base), modp::p_limbs);
  mpz_roinit_n(X, modp::limbs(exponent), exponent.size());
  mpz_roinit_n(Q, modp::limbs(q), q.size());
  const double power = microseconds(5, [&] { mpz_powm(out, B, X, P); });
  const double decode = microseconds(5, [&] { mpz_powm(out, B, Q, P); });
  mpz_clear(out);
  return {power, power, decode};
}

Others measure_others(const Ed25519&) {
  if (sodium_init() < 0) std::abort();
  const auto base = element<Ed25519>(1).bytes(), exponent = scalar<Ed25519>(1).bytes();
  std::array<std::uint8_t, 32> out;
  return {
      microseconds(50,
                   [&] {
                     benchmark::DoNotOptimize(
                         crypto_scalarmult_ed25519_noclamp(out.data(), exponent.data(), base.data()));
                   }),
      microseconds(
          50, [&] { benchmark::DoNotOptimize(crypto_scalarmult_ed25519_base_noclamp(out.data(), exponent.data())); }),
      microseconds(50, [&] { benchmark::DoNotOptimize(crypto_core_ed25519_is_valid_point(base.data())); })};
}

template <class G>
const Others& others() {
  static const Others times = measure_others(G());
  return times;
}

template <class G>
void power(benchmark::State& state) {
  const auto base = element<G>(1);
  const auto exponent = scalar<G>(1);
  measure(state, others<G>().power, 1, [&] { benchmark::DoNotOptimize(G::power_vartime(base, exponent)); });
}

template <class G>
void fixed_power(benchmark::State& state) {
  const auto exponent = scalar<G>(1);
  const auto& g = G::fixed_generator();
  measure(state, others<G>().fixed, 1, [&] { benchmark::DoNotOptimize(g.power_vartime(exponent)); });
}

template <class G>
void fixed_table(benchmark::State& state) {
  const auto base = element<G>(1);
  measure(state, 0, 1, [&] { benchmark::DoNotOptimize(typename G::FixedBase(base)); });
}

template <class G>
void multiply(benchmark::State& state) {
  auto a = element<G>(1);
  const auto b = element<G>(2);
  measure(state, 0, 1, [&] { benchmark::DoNotOptimize(a = a * b); });
}

template <class G>
void decode(benchmark::State& state) {
  const auto text = element<G>(1).text();
  measure(state, others<G>().decode, 1, [&] { benchmark::DoNotOptimize(G::Element::decode(text)); });
}

template <class G>
void encode(benchmark::State& state) {
  const auto e = element<G>(1) * element<G>(2);
  measure(state, 0, 1, [&] { benchmark::DoNotOptimize(e.text()); });
}

template <class G>
void decode_scalar(benchmark::State& state) {
  const auto text = scalar<G>(1).text();
  measure(state, 0, 1, [&] { benchmark::DoNotOptimize(G::Scalar::decode(text)); });
}

template <class G>
void encode_scalar(benchmark::State& state) {
  const auto s = scalar<G>(1);
  std::string out;
  measure(state, 0, 1, [&] {
    out.clear();
    s.append_to(out);
    benchmark::DoNotOptimize(out);
  });
}

template <class G>
void multiply_scalars(benchmark::State& state) {
  auto s = scalar<G>(1);
  const auto t = scalar<G>(2);
  measure(state, 0, 1, [&] { benchmark::DoNotOptimize(s = s * t); });
}

// A batch of 64 commitments g^r·X^c as proofs have them, each X used in `range(0)` of them.
template <class G>
void double_products(benchmark::State& state) {
  constexpr std::size_t count = 64;
  Batch<G> batch(G::fixed_generator());
  typename Batch<G>::Base base{};
  for (std::size_t i = 0; i < count; ++i) {
    if (i % static_cast<std::size_t>(state.range(0)) == 0) base = batch.base(element<G>(i));
    batch.product({{batch.g, scalar<G>(i)}, {base, scalar<G>(i + count)}});
  }
  measure(state, others<G>().power + others<G>().fixed, count, [&] { batch.run(); });
}

// One product of 2^range(0) powers.
template <class G>
void product_of_powers(benchmark::State& state) {
  const std::size_t n = std::size_t{1} << state.range(0);
  std::vector<typename G::Element> bases;
  std::vector<typename G::Scalar> exponents;
  for (std::size_t i = 0; i < n; ++i) {
    bases.push_back(element<G>(i % 1024));
    exponents.push_back(scalar<G>(i));
  }
  measure(state, others<G>().power, n,
          [&] { benchmark::DoNotOptimize(G::product_of_powers_vartime(bases, exponents)); });
}

template <class G>
void register_group() {
  const auto add = [](const std::string& operation, void (*function)(benchmark::State&)) {
    return benchmark::RegisterBenchmark((std::string(G::name) + "/" + operation).c_str(), function)
        ->Unit(benchmark::kMicrosecond);
  };
  add("power", power<G>);
  add("fixed_power", fixed_power<G>);
  add("fixed_table", fixed_table<G>);
  add("double_products/uses", double_products<G>)->Arg(1)->Arg(2)->Arg(8);
  add("multiply", multiply<G>);
  add("decode", decode<G>);
  add("encode", encode<G>);
  add("scalar_decode", decode_scalar<G>);
  add("scalar_encode", encode_scalar<G>);
  add("scalar_multiply", multiply_scalars<G>);
  auto* products = add("product_of_powers/log2", product_of_powers<G>)->Arg(2)->Arg(6);
  if (G::name == Ed25519::name) {
    products->Arg(7)->Arg(8)->DenseRange(10, 14);
  } else {
    products->Arg(7)->Arg(10);
  }
}

}  // namespace

int main(int argc, char** argv) {
  register_group<Ed25519>();
  register_group<Belenios2048>();
  register_group<Rfc3526>();
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 1;
  benchmark::RunSpecifiedBenchmarks();
  benchmark::Shutdown();
}
