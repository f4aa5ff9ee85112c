#include "secret/bulk.hpp"

#include "support.hpp"

namespace folkmoot::secret::test {
namespace {

using G = group::Ed25519;
using Secret = SecretScalar<G>;

// As many as are done one by one, in whole and in broken groups of lanes, and in several portions.
TEST(Bulk, AgreesWithOneByOne) {
  Random& random = Random::system();
  for (const std::size_t count : {1, 15, 16, 17, 300}) {
    std::vector<Secret> a, b;
    std::vector<G::Element> bases;
    std::vector<Engine<G>::Element> factors;
    for (std::size_t i = 0; i < count; ++i) {
      a.push_back(i % 7 == 3 ? Secret() : Secret::random(random));
      b.push_back(i % 5 == 2 ? -Secret::of(1) : Secret::random(random));
      bases.push_back(i % 11 == 4 ? G::Element() : power_of_g(Secret::random(random)).reveal());
      factors.push_back(Engine<G>::hide(bases.back()));
    }
    const Base<G> y(bases[0]);
    const std::array<Powers<G>, 2> powers{{{&Base<G>::generator(), a}, {&y, b}}};
    const auto products = reveal_products<G>(powers, {}, {2, nullptr});
    const auto with_factors = reveal_products<G>(powers, factors, {1, nullptr});
    const auto [single, other] = reveal_powers<G>(bases, a, b, {2, nullptr});
    std::vector<G::Scalar> exponents;
    ASSERT_EQ(products.size(), count);
    ASSERT_EQ(with_factors.size(), count);
    ASSERT_EQ(single.size(), count);
    ASSERT_EQ(other.size(), count);
    for (std::size_t i = 0; i < count; ++i) {
      const auto expected = (power_of_g(a[i]) * y.power(b[i])).reveal();
      EXPECT_EQ(products[i], expected) << i << " of " << count;
      EXPECT_EQ(with_factors[i], expected * bases[i]) << i << " of " << count;
      EXPECT_EQ(single[i], Base<G>(bases[i]).power(a[i]).reveal()) << i << " of " << count;
      EXPECT_EQ(other[i], Base<G>(bases[i]).power(b[i]).reveal()) << i << " of " << count;
      exponents.push_back(a[i].reveal());
    }
    EXPECT_EQ(product_of_powers<G>(bases, a, {2, nullptr}).reveal(), G::product_of_powers_vartime(bases, exponents));
  }
}

}  // namespace
}  // namespace folkmoot::secret::test
