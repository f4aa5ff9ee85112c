#include "secret/scalar.hpp"

#include <fmt/format.h>

#include <concepts>
#include <ostream>

#include "secret/bulk.hpp"
#include "secret/credentials.hpp"
#include "secret/pedersen.hpp"
#include "support.hpp"

namespace folkmoot::secret::test {
namespace {

// What must not compile: secrets are not copied, not compared, not printed, and no condition depends on them.
template <class T>
concept Comparable = requires(const T& a) {
  a == a;
};
template <class T>
concept Streamable = requires(std::ostream& out, const T& a) {
  out << a;
};
template <class T>
concept Secret = std::movable<T> && !std::copyable<T> && !std::is_copy_constructible_v<T> && !Comparable<T> &&
                 !Streamable<T> && !fmt::is_formattable<T>::value && !std::convertible_to<T, bool>;

static_assert(Secret<SecretScalar<Ed25519>> && Secret<SecretScalar<Belenios2048>> && Secret<SecretScalar<Rfc3526>>);
static_assert(Secret<SecretElement<Ed25519>> && Secret<SecretElement<Rfc3526>>);
static_assert(Secret<SecretText> && Secret<PrivateCredential> && Secret<Seed>);
static_assert(!std::convertible_to<SecretText, std::string_view> && !std::convertible_to<SecretText, std::string>);
static_assert(!std::convertible_to<SecretScalar<Ed25519>, Ed25519::Scalar>);
static_assert(!Comparable<SecretBit> && !std::convertible_to<SecretBit, bool> &&
              !std::constructible_from<bool, SecretBit>);

template <class G>
class ScalarTest : public testing::Test {
 protected:
  // 0, 1, q − 1, and others.
  std::vector<typename G::Scalar> numbers() {
    using Scalar = typename G::Scalar;
    std::vector<Scalar> numbers{Scalar(), Scalar(1), Scalar(2), -Scalar(1), -Scalar(2), Scalar(2).inverse()};
    for (int i = 0; i < 4; ++i) numbers.push_back(SecretScalar<G>::random(random).reveal());
    return numbers;
  }
  SeededRandom random{1};
};
TYPED_TEST_SUITE(ScalarTest, Groups, GroupNames);

TYPED_TEST(ScalarTest, CountsAsPublicScalarsDo) {
  using Secret = SecretScalar<TypeParam>;
  for (const auto& a : this->numbers()) {
    for (const auto& b : this->numbers()) {
      const auto x = Secret::of(a);
      const auto y = Secret::of(b);
      EXPECT_EQ((x + y).reveal(), a + b);
      EXPECT_EQ((x - y).reveal(), a - b);
      EXPECT_EQ((x * y).reveal(), a * b);
      EXPECT_EQ((x * b).reveal(), a * b);
      EXPECT_EQ((-x).reveal(), -a);
      EXPECT_EQ(Secret::choose(SecretBit(true), x, y).reveal(), a);
      EXPECT_EQ(Secret::choose(SecretBit(false), x, y).reveal(), b);
    }
    EXPECT_EQ(Secret::of(a).is_zero().reveal(), a == typename TypeParam::Scalar());
  }
}

TYPED_TEST(ScalarTest, WritesAndReadsItsText) {
  using Secret = SecretScalar<TypeParam>;
  for (const auto& a : this->numbers()) {
    EXPECT_EQ(Secret::of(a).text().view(), a.text());
    const auto decoded = Secret::decode(a.text());
    ASSERT_TRUE(decoded) << decoded.error().message;
    EXPECT_EQ(decoded->reveal(), a);
    EXPECT_FALSE(Secret::decode("0" + a.text()));
  }
  EXPECT_FALSE(Secret::decode(""));
  EXPECT_FALSE(Secret::decode("-1"));
  EXPECT_FALSE(Secret::decode("1 "));
  EXPECT_FALSE(Secret::decode("1a"));
  EXPECT_FALSE(Secret::decode(std::string(2000, '9')));
  // q itself: the text of q − 1, which is even, with its last digit one more.
  std::string q = (-typename TypeParam::Scalar(1)).text();
  ++q.back();
  EXPECT_FALSE(Secret::decode(q));
  EXPECT_TRUE(value_of(Secret::decode_unreduced(q)).is_zero().reveal());
  EXPECT_EQ(value_of(Secret::decode_unreduced("0012")).reveal(), typename TypeParam::Scalar(12));
  EXPECT_FALSE(Secret::decode_unreduced(""));
  EXPECT_FALSE(Secret::decode_unreduced(std::string(1001, '1')));
  EXPECT_FALSE(Secret::decode_unreduced("+1"));
}

TYPED_TEST(ScalarTest, ReadsBigEndianNumbersModuloTheOrder) {
  using Secret = SecretScalar<TypeParam>;
  using Scalar = typename TypeParam::Scalar;
  std::array<std::uint8_t, 64> bytes;
  this->random.fill(bytes);
  Scalar expected;
  for (const std::uint8_t byte : bytes) expected = expected * Scalar(256) + Scalar(byte);
  EXPECT_EQ(Secret::from_big_endian(bytes).reveal(), expected);
  EXPECT_EQ(Secret::from_big_endian(std::span(bytes).first(0)).reveal(), Scalar());
  EXPECT_EQ(Secret::of(std::uint64_t{0xfedc'ba98'7654'3210}).reveal(), Scalar(0xfedc'ba98'7654'3210));
}

TYPED_TEST(ScalarTest, RaisesToPowersAsPublicScalarsDo) {
  using G = TypeParam;
  using Element = typename G::Element;
  const std::vector<Element> bases{Element(), G::generator(), Element() / G::generator(),
                                   G::power_vartime(G::generator(), SecretScalar<G>::random(this->random).reveal())};
  for (const Element& element : bases) {
    const Base<G> base(element);
    EXPECT_EQ(base.element(), element);
    for (const auto& exponent : this->numbers()) {
      const auto power = base.power(SecretScalar<G>::of(exponent));
      const Element expected = G::power_vartime(element, exponent);
      EXPECT_EQ(power.reveal(), expected);
      EXPECT_EQ(power.text().view(), expected.text());
      EXPECT_EQ(power.reveal_text(), expected.text());
    }
  }
}

TYPED_TEST(ScalarTest, MultipliesAndChoosesElements) {
  using G = TypeParam;
  using Element = typename G::Element;
  const Element a = power_of_g(SecretScalar<G>::random(this->random)).reveal();
  const Element b = power_of_g(SecretScalar<G>::random(this->random)).reveal();
  for (const Element& x : {Element(), G::generator(), a, Element() / a}) {
    for (const Element& y : {Element(), a, b}) {
      EXPECT_EQ((SecretElement<G>(x) * SecretElement<G>(y)).reveal(), x * y);
      EXPECT_EQ(SecretElement<G>::choose(SecretBit(true), SecretElement<G>(x), SecretElement<G>(y)).reveal(), x);
      EXPECT_EQ(SecretElement<G>::choose(SecretBit(false), SecretElement<G>(x), SecretElement<G>(y)).reveal(), y);
    }
  }
  EXPECT_TRUE(SecretElement<G>().reveal().is_identity());
}

TYPED_TEST(ScalarTest, MultipliesPowers) {
  using G = TypeParam;
  std::vector<typename G::Element> bases;
  std::vector<SecretScalar<G>> exponents;
  std::vector<typename G::Scalar> revealed;
  EXPECT_TRUE((product_of_powers<G>(bases, exponents, {}).reveal().is_identity()));
  for (int i = 0; i < 3; ++i) {
    bases.push_back(power_of_g(SecretScalar<G>::random(this->random)).reveal());
    exponents.push_back(SecretScalar<G>::random(this->random));
    revealed.push_back(exponents.back().reveal());
  }
  EXPECT_EQ((product_of_powers<G>(bases, exponents, {}).reveal()), G::product_of_powers_vartime(bases, revealed));
}

TYPED_TEST(ScalarTest, IsWipedWhenMovedFrom) {
  auto secret = SecretScalar<TypeParam>::random(this->random);
  const auto copy = secret.duplicate();
  const auto moved = std::move(secret);
  EXPECT_EQ(moved.reveal(), copy.reveal());
  EXPECT_EQ(secret.reveal(), typename TypeParam::Scalar());  // NOLINT(bugprone-use-after-move)
}

TEST(SecretBit, IsAsBooleansAre) {
  for (const bool a : {false, true}) {
    EXPECT_EQ((!SecretBit(a)).reveal(), !a);
    EXPECT_EQ(SecretBit::of(a ? 1 : 0).reveal(), a);
    for (const bool b : {false, true}) {
      EXPECT_EQ((SecretBit(a) & SecretBit(b)).reveal(), a && b);
      EXPECT_EQ((SecretBit(a) | SecretBit(b)).reveal(), a || b);
    }
  }
}

TEST(SecretText, IsItsPieces) {
  EXPECT_EQ(SecretText().view(), "");
  EXPECT_EQ(SecretText("abc").view(), "abc");
  SecretText text({"a", "", "bc"});
  EXPECT_EQ(text.view(), "abc");
  const SecretText moved = std::move(text);
  EXPECT_EQ(moved.view(), "abc");
  EXPECT_EQ(text.view(), "");  // NOLINT(bugprone-use-after-move)
}

}  // namespace
}  // namespace folkmoot::secret::test
