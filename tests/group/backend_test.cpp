// Each of Ed25519's backends beside libsodium and beside the definition of a product of powers.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>
#include <sodium.h>

#include <algorithm>
#include <cstdlib>

#include "group/batch.hpp"
#include "group/ed25519/backend.hpp"
#include "group/generators.hpp"

namespace folkmoot::group::ed25519 {
namespace {

class BackendTest : public testing::TestWithParam<const char*> {
 protected:
  static void SetUpTestSuite() { ASSERT_GE(sodium_init(), 0); }
  void SetUp() override {
    const auto all = backends();
    const auto found = std::ranges::find(all, std::string_view(GetParam()), &Backend::name);
    if (found == all.end()) GTEST_SKIP() << "this processor has no instructions for the backend " << GetParam();
    backend_ = *found;
  }
  [[nodiscard]] const Backend& backend() const { return *backend_; }

 private:
  const Backend* backend_ = nullptr;
};
INSTANTIATE_TEST_SUITE_P(All, BackendTest, testing::Values("ifma", "avx2", "portable"),
                         [](const auto& test) { return std::string(test.param); });

TEST(Backend, TheVariableChoosesAmongThoseThatThereAre) {
  const char* wanted = std::getenv("FOLKMOOT_ED25519");
  const auto all = backends();
  ASSERT_FALSE(all.empty());
  EXPECT_EQ(all.back()->name, "portable");
  const bool there = wanted != nullptr && std::ranges::find(all, std::string_view(wanted), &Backend::name) != all.end();
  EXPECT_EQ(ed25519::backend().name, there ? std::string_view(wanted) : all.front()->name);
}

Element element_of(std::uint64_t seed) {
  return Ed25519::fixed_generator().power_vartime(scalar_from_seed<Scalar>(std::to_string(seed)));
}

// Products of the shapes that proofs have, and of others: any number of terms, bases used any number of times, some of
// them the identity, sums (with Z ≠ 1) and those just decoded.
TEST_P(BackendTest, ProductsAreWhatTheirDefinitionSays) {
  const FixedBase y(element_of(7));
  EXPECT_TRUE(rc::check("", [&] {
    Products<Ed25519> batch;
    batch.y = &y;
    const auto bases = *rc::gen::inRange<std::size_t>(0, 12);
    for (std::size_t i = 0; i < bases; ++i)
      batch.bases.push_back(*rc::gen::inRange(0, 6) == 0 ? Element() : any_element<Ed25519>());
    const auto products = *rc::gen::inRange<std::size_t>(0, 30);
    std::vector<Element> expected;
    for (std::size_t i = 0; i < products; ++i) {
      Element product;
      for (auto terms = *rc::gen::inRange(0, 5); terms > 0; --terms) {
        const auto base = *rc::gen::inRange<std::uint32_t>(0, static_cast<std::uint32_t>(bases) + 2);
        const Scalar power = any_scalar<Scalar>();
        batch.terms.push_back({base, static_cast<std::uint32_t>(batch.exponents.size())});
        batch.exponents.push_back(power);
        const Element& element = base == 0 ? Ed25519::generator() : base == 1 ? y.base() : batch.bases[base - 2];
        product = product * Ed25519::power_vartime(element, power);
      }
      batch.ends.push_back(static_cast<std::uint32_t>(batch.terms.size()));
      expected.push_back(product);
    }
    const auto points = backend().products(batch);
    RC_ASSERT(points.size() == products);
    for (std::size_t i = 0; i < products; ++i) {
      RC_ASSERT(points[i] == expected[i].point());
      RC_ASSERT(points[i].Z == one);
      RC_ASSERT(points[i].T == points[i].X * points[i].Y);
    }
  }));
}

// More than what is done together, and a base that is used as often.
TEST_P(BackendTest, ManyProducts) {
  Products<Ed25519> batch;
  batch.y = &Ed25519::fixed_generator();
  batch.bases = {element_of(1), element_of(2)};
  std::vector<Element> expected;
  constexpr std::uint32_t count = 700;
  for (std::uint32_t i = 0; i < count; ++i) {
    batch.exponents.emplace_back(i);
    batch.terms.push_back({2 + i % 2, i});
    batch.terms.push_back({0, i});
    batch.ends.push_back(2 * i + 2);
    expected.push_back(Ed25519::power_vartime(batch.bases[i % 2] * Ed25519::generator(), Scalar(i)));
  }
  const auto points = backend().products(batch);
  ASSERT_EQ(points.size(), count);
  for (std::size_t i = 0; i < count; ++i) EXPECT_TRUE(points[i] == expected[i].point()) << i;
}

TEST_P(BackendTest, PowersAgreeWithLibsodium) {
  EXPECT_TRUE(rc::check("", [&] {
    Products<Ed25519> batch;
    batch.y = &Ed25519::fixed_generator();
    constexpr std::uint32_t count = 17;
    for (std::uint32_t i = 0; i < count; ++i) {
      batch.bases.push_back(any_element<Ed25519>());
      batch.exponents.push_back(any_scalar<Scalar>());
      batch.terms.push_back({i + 2, i});
      batch.ends.push_back(i + 1);
    }
    const auto points = backend().products(batch);
    for (std::uint32_t i = 0; i < count; ++i) {
      std::array<std::uint8_t, 32> expected;  // libsodium refuses the identity, as base and as result
      if (crypto_scalarmult_ed25519_noclamp(expected.data(), batch.exponents[i].bytes().data(),
                                            batch.bases[i].bytes().data()) == 0) {
        RC_ASSERT(compress(points[i]) == expected);
      } else {
        RC_ASSERT(is_identity(points[i]));
      }
    }
  }));
}

// Encodings of every sort: members, points in other cosets, numbers that are no point's, those of small order and those
// that are not canonical (Chalkias, Garillot and Nikolaenko, "Taming the many EdDSAs", eprint 2020/1244, table 1).
TEST_P(BackendTest, UncompressesWhatThePortableCodeAndLibsodiumDo) {
  std::vector<Encoding> encodings;
  for (const std::string_view hex : {
           "0100000000000000000000000000000000000000000000000000000000000000",
           "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
           "0000000000000000000000000000000000000000000000000000000000000000",
           "0000000000000000000000000000000000000000000000000000000000000080",
           "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
           "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
           "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
           "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
           "0100000000000000000000000000000000000000000000000000000000000080",
           "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
           "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
           "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
           "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
           "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
       }) {
    ASSERT_TRUE(from_hex(hex, encodings.emplace_back()));
  }
  const Point order8 = *uncompress(encodings[4]);
  for (std::uint64_t i = 0; i < 40; ++i) {
    Point p = element_of(i).point();
    for (int k = 0; k < 8; ++k) {
      Point affine = p;
      normalize({&affine, 1});
      encodings.push_back(compress(affine));
      p = (p + cached(order8)).point();
    }
    encodings.push_back(sha256(std::to_string(i)));
    encodings.push_back(encodings.back());
    encodings.back()[31] ^= 0x80;
  }
  for (const bool members : {false, true}) {
    const auto points = backend().uncompress(encodings, members);
    ASSERT_EQ(points.size(), encodings.size());
    std::size_t found = 0;
    for (std::size_t i = 0; i < encodings.size(); ++i) {
      const auto exact = uncompress(encodings[i]);
      EXPECT_EQ(points[i].has_value(), exact && (!members || in_subgroup(*exact))) << to_hex(encodings[i]);
      if (members && i > 0) {  // libsodium refuses the identity
        EXPECT_EQ(points[i].has_value(), crypto_core_ed25519_is_valid_point(encodings[i].data()) == 1);
      }
      if (!points[i]) continue;
      ++found;
      EXPECT_TRUE(*points[i] == *exact && points[i]->Z == one && points[i]->T == points[i]->X * points[i]->Y);
    }
    EXPECT_GT(found, 40u);
    EXPECT_TRUE(backend().uncompress({}, members).empty());
  }
}

// Enough points for random subsets to decide: all of them members, then one or two with parts of small order, such that
// all their sum lies in the subgroup too.
TEST_P(BackendTest, MembershipOfManyAgreesWithTheExactCheck) {
  Encoding of_order8;
  ASSERT_TRUE(from_hex("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05", of_order8));
  const Point order8 = *uncompress(of_order8);
  std::vector<Point> members{element_of(1).point()};
  const auto step = cached(element_of(2).point());
  while (members.size() < 700) members.push_back((members.back() + step).point());
  normalize(members);
  for (int torsion = 0; torsion < 8; ++torsion)
    for (const bool two : {false, true}) {
      auto points = members;
      for (int k = 0; k < torsion; ++k) {
        points[123] = (points[123] + cached(order8)).point();
        if (two) points[600] = (points[600] - cached(order8)).point();
      }
      normalize(points);
      std::vector<Encoding> encodings;
      for (const Point& point : points) encodings.push_back(compress(point));
      const auto found = backend().uncompress(encodings, true);
      for (std::size_t i = 0; i < points.size(); ++i) {
        const bool good = torsion == 0 || (i != 123 && !(two && i == 600));
        EXPECT_EQ(found[i].has_value(), good) << i << " " << torsion;
        EXPECT_TRUE(!found[i] || *found[i] == points[i]);
      }
    }
}

TEST_P(BackendTest, ProductsOfManyPowers) {
  for (const std::size_t count : {0, 1, 2, 7, 8, 9, 100, 300, 2000}) {
    std::vector<Element> bases;
    std::vector<Scalar> exponents;
    Element expected;
    for (std::size_t i = 0; i < count; ++i) {
      const Scalar logarithm = scalar_from_seed<Scalar>(std::to_string(i));
      bases.push_back(i % 50 == 7  ? Element()
                      : i % 2 == 0 ? Ed25519::fixed_generator().power_vartime(logarithm)
                                   : bases.back() * Ed25519::generator());
      const Scalar all[] = {Scalar(), Scalar(1), -Scalar(1), Scalar(i), logarithm * logarithm};
      exponents.push_back(all[count < 8 ? (i + count) % 5 : i % 50 < 10 ? i % 5 : 4]);
    }
    for (std::size_t i = 0; i < count; ++i) expected = expected * Ed25519::power_vartime(bases[i], exponents[i]);
    EXPECT_TRUE(backend().product(bases, exponents) == expected.point()) << count;
  }
}

}  // namespace
}  // namespace folkmoot::group::ed25519
