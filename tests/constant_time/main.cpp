// Run under valgrind: secrets are marked as undefined, so that memcheck reports every branch and every address that
// depends on one. What is computed is compared with libsodium's, after it has been marked as published.
//   constant_time           the powers in bulk, by the backend in use
//   constant_time branch    a branch on a secret, which must be reported
//   constant_time address   an address made of a secret, likewise
#include <fmt/format.h>
#include <valgrind/memcheck.h>

#include <algorithm>
#include <cstring>

#include "group/ed25519/backend.hpp"
#include "secret/bulk_ed25519.hpp"

namespace folkmoot::secret {
namespace {

using G = group::Ed25519;
using Secret = SecretScalar<G>;
using E = Engine<G>;

template <class T>
void hide(const T& value) {
  VALGRIND_MAKE_MEM_UNDEFINED(&value, sizeof value);
}
template <class T>
void publish(const T& value) {
  VALGRIND_MAKE_MEM_DEFINED(&value, sizeof value);
}

// One more than the lanes of two groups: the last lanes have nothing to do.
constexpr std::size_t count = 17;

int run() {
  const auto* bulk = ed25519::bulk();
  const auto name = group::ed25519::backend().name;
  if (bulk == nullptr) {
    fmt::print("{}: libsodium's own functions are used, one by one\n", name);
    return 0;
  }
  auto check = [&, failed = false](std::string_view what, bool same) mutable {
    if (!same) fmt::print("{}: {} differ from libsodium's\n", name, what);
    failed |= !same;
    return !failed;
  };
  Random& random = Random::system();
  std::vector<Secret> secrets, known;
  std::vector<G::Element> bases;
  std::vector<E::Element> factors;
  for (std::size_t i = 0; i < count; ++i) {
    secrets.push_back(i == 0 ? Secret() : i == 1 ? -Secret::of(1) : Secret::random(random));
    known.push_back(secrets.back().duplicate());
    bases.push_back(power_of_g(Secret::random(random)).reveal());
    factors.push_back(E::hide(power_of_g(Secret::random(random)).reveal()));
  }
  const auto known_factors = factors;
  const Base<G> y(bases[3]);
  const ed25519::FixedTable g_table(G::generator()), y_table(bases[3]);
  for (const Secret& secret : secrets) hide(secret.value());
  for (const E::Element& factor : factors) hide(factor);

  std::vector<group::ed25519::Point> points(count);
  const std::array<ed25519::FixedPowers, 2> powers{{{&g_table, secrets}, {&y_table, secrets}}};
  bulk->fixed(powers, factors, points);
  bool good = true;
  for (std::size_t i = 0; i < count; ++i) {
    publish(points[i]);
    const auto expected = power_of_g(known[i]) * y.power(known[i]) * SecretElement<G>(known_factors[i]);
    good = check("powers of fixed bases", points[i] == expected.reveal().point());
  }
  std::vector<group::ed25519::Point> others(count);
  const std::array<std::span<const Secret>, 2> exponents{secrets, secrets};
  const std::array<std::span<group::ed25519::Point>, 2> out{points, others};
  bulk->variable(bases, exponents, out);
  SecretElement<G> all;
  for (std::size_t i = 0; i < count; ++i) {
    publish(points[i]);
    publish(others[i]);
    const auto expected = Base<G>(bases[i]).power(known[i]);
    good = check("powers of other bases", points[i] == expected.reveal().point());
    good = check("powers of other bases", others[i] == expected.reveal().point());
    all = all * expected;
  }
  const auto product = bulk->product(bases, secrets);
  publish(product);
  good = check("long products", product == all.reveal().point());
  fmt::print("{}: {}\n", name, good ? "good" : "wrong");
  return good ? 0 : 1;
}

int branch(const Secret& secret) {
  if ((secret.value().bytes[0] & 1) != 0) fmt::print("odd\n");
  return 0;
}
int address(const Secret& secret) {
  static volatile int table[256];
  return table[secret.value().bytes[0]];
}

}  // namespace
}  // namespace folkmoot::secret

int main(int argc, char** argv) {
  using namespace folkmoot::secret;
  if (argc < 2) return run();
  const Secret secret = Secret::random(Random::system());
  hide(secret.value());
  return std::strcmp(argv[1], "branch") == 0 ? branch(secret) : address(secret);
}
