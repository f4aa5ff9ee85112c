// The 2048-bit groups beside GMP's integers.
#include <gmpxx.h>  // its header-only part: RC_ASSERT((…)) does not print, which would need the library
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <map>

#include "group/ahead.hpp"
#include "group/decimal.hpp"
#include "group/generators.hpp"
#include "group/modp/membership.hpp"

namespace folkmoot::group {
namespace {

template <class G>
class Modp : public testing::Test {};
struct Belenios {
  using G = Belenios2048;
  using P = modp::Belenios2048Parameters;
};
struct Rfc {
  using G = Rfc3526;
  using P = modp::Rfc3526Parameters;
};
using Both = testing::Types<Belenios, Rfc>;
TYPED_TEST_SUITE(Modp, Both);

mpz_class integer(std::string_view text) { return mpz_class(std::string(text)); }
mpz_class power(const mpz_class& base, const mpz_class& exponent, const mpz_class& p) {
  mpz_class result;
  mpz_powm(result.get_mpz_t(), base.get_mpz_t(), exponent.get_mpz_t(), p.get_mpz_t());
  return result;
}

TYPED_TEST(Modp, Parameters) {
  using P = typename TypeParam::P;
  const mpz_class p = integer(P::p), q = integer(P::q), g = integer(P::g);
  EXPECT_NE(mpz_probab_prime_p(p.get_mpz_t(), 20), 0);
  EXPECT_NE(mpz_probab_prime_p(q.get_mpz_t(), 20), 0);
  EXPECT_EQ(mpz_sizeinbase(p.get_mpz_t(), 2), 2048);
  EXPECT_EQ(mpz_sizeinbase(q.get_mpz_t(), 2), P::q_bits);
  EXPECT_TRUE((p - 1) % q == 0);
  EXPECT_EQ(p == 2 * q + 1, P::cofactor_is_2);
  EXPECT_TRUE(power(g, q, p) == 1);
}

TYPED_TEST(Modp, OperationsAgreeWithGmp) {
  using G = typename TypeParam::G;
  using S = typename G::Scalar;
  const mpz_class p = integer(TypeParam::P::p), q = integer(TypeParam::P::q);
  EXPECT_TRUE(rc::check("", [&] {
    const auto a = any_element<G>(), b = any_element<G>();
    const S s = any_scalar<S>(), t = any_scalar<S>();
    const mpz_class A = integer(a.text()), B = integer(b.text()), s_ = integer(s.text()), t_ = integer(t.text());
    RC_ASSERT((integer((a * b).text()) == A * B % p));
    RC_ASSERT((integer((a / b).text()) * B % p == A));
    RC_ASSERT((integer((s + t).text()) == (s_ + t_) % q));
    RC_ASSERT((integer((s - t).text()) == (s_ - t_ + q) % q));
    RC_ASSERT((integer((s * t).text()) == s_ * t_ % q));
    RC_ASSERT((integer(G::power_vartime(a, s).text()) == power(A, s_, p)));
    RC_ASSERT((G::published_less(a, b) == (A < B)));
    RC_ASSERT(s.text() == s_.get_str());
    RC_ASSERT((a.text() == A.get_str()));
  }));
}

TYPED_TEST(Modp, RefusesNumbersOutsideTheSubgroup) {
  using G = typename TypeParam::G;
  using E = typename G::Element;
  const mpz_class p = integer(TypeParam::P::p), q = integer(TypeParam::P::q);
  for (const mpz_class& number : {mpz_class(0), mpz_class(p - 1), p, mpz_class(p + 1), mpz_class(-1), mpz_class(2 * p),
                                  mpz_class(p + integer(G::generator().text())), mpz_class(mpz_class(1) << 2048)})
    EXPECT_FALSE(E::decode(number.get_str())) << number.get_str();
  EXPECT_TRUE(E::decode("1")->is_identity());
  EXPECT_TRUE(rc::check("members are the numbers whose power q is 1", [&] {
    mpz_class number = integer(any_element<G>().text());
    switch (*rc::gen::inRange(0, 4)) {
      case 0:
        break;
      case 1:
        number = p - number;
        break;
      case 2:
        number = number * number % p * 3 % p;
        break;
      default:
        number = *rc::gen::inRange(1, 1000);
    }
    const auto decoded = E::decode(number.get_str());
    RC_ASSERT((decoded.has_value() == (power(number, q, p) == 1)));
    if (decoded) RC_ASSERT((integer(decoded->text()) == number));
  }));
}

// Elements of BELENIOS-2048, none twice.
std::vector<Belenios2048::Element> many_elements(std::size_t count) {
  std::vector<Belenios2048::Element> elements{Belenios2048::generator()};
  while (elements.size() < count) elements.push_back(elements.back() * Belenios2048::generator());
  return elements;
}
// The same number with another sign: of twice the order.
std::string negated(const Belenios2048::Element& element) {
  const mpz_class number = integer(Belenios::P::p) - integer(element.text());
  return number.get_str();
}

TEST(ModpMembership, OfManyNumbersIsThatOfEach) {
  using P = Belenios::P;
  const mpz_class cofactor = (integer(P::p) - 1) / integer(P::q);
  EXPECT_TRUE(cofactor % integer(P::q) != 0) << "or the subgroup would not be a factor of the group";
  const auto elements = many_elements(250);
  std::vector<modp::Residue> good;
  for (const auto& element : elements) good.push_back(element.number());
  const auto number = [](const std::string& text) {
    modp::Residue residue{};
    EXPECT_TRUE(read_decimal(text, residue));
    return residue;
  };
  const auto expect = [&](const std::map<std::size_t, std::string>& bad) {
    auto numbers = good;
    for (const auto& [place, text] : bad) numbers[place] = number(text);
    const auto found = modp::members<P>(numbers);
    ASSERT_EQ(found.size(), numbers.size());
    for (std::size_t i = 0; i < found.size(); ++i) {
      EXPECT_EQ(found[i].has_value(), !bad.contains(i)) << i;
      if (found[i]) EXPECT_EQ(*found[i], elements[i].form()) << i;
    }
  };
  expect({});
  expect({{0, negated(elements[0])}});
  expect({{100, negated(elements[100])}, {249, negated(elements[249])}});  // whose product is an element
  expect({{7, "2"}, {8, "0"}, {9, std::string(P::p)}, {10, "1" + std::string(616, '0')}});
}

TEST(ModpMembership, IsTheSameAhead) {
  using Element = Belenios2048::Element;
  const auto elements = many_elements(300);
  std::string text = "[\"12\"";
  for (const auto& element : elements) text += ",\"" + element.text() + "\"";
  const std::string bad = negated(elements[5]), absent = (elements.back() * elements.back()).text();
  const std::string whole = text + ",\"" + absent + "\"", wrong = text + ",\"" + bad + ",3\"]";
  for (const std::string& one : {whole, wrong}) {
    const DecodeAhead<Belenios2048> ahead({one});
    for (const auto& element : elements) EXPECT_EQ(*Element::decode(element.text()), element);
    EXPECT_FALSE(Element::decode(bad));
    EXPECT_TRUE(Element::decode(absent));
    EXPECT_EQ(*Element::decode("1"), Element());
  }
}

TEST(ModpEmbedding, Rfc3526) {
  const auto text = [](const std::vector<std::uint8_t>& ints) { return Rfc3526::of_ints(ints)->text(); };
  EXPECT_EQ(text({}), "1");
  EXPECT_EQ(text({0, 0, 0}), "1");
  EXPECT_EQ(text({1, 2, 3}), "16909057");  // 0x01020301
  std::vector<std::uint8_t> ints(255, 255);
  EXPECT_FALSE(Rfc3526::of_ints(ints));  // above p
  // Computed apart from this code, from the specification's formula, with Python's integers.
  ints[0] = 254;
  EXPECT_EQ(sha256_hex(text(ints)), "e7a52f9b3fff81be8712b6ef1191b4f0d140582952bee34cb951e7b93a4c3ff8");
  for (std::size_t i = 0; i < ints.size(); ++i) ints[i] = static_cast<std::uint8_t>(i);
  EXPECT_EQ(sha256_hex(text(ints)), "243fc43579722aa2f2fa5f36aa71ff67649198aa7564999f8368a8f52f6eb9f7");
}

// Computed apart from this code, from the specification's table, with Python's integers; the texts by their hashes.
TEST(ModpGenerators, Independent) {
  const auto hash = [](const auto& element) { return sha256_hex(element.text()); };
  EXPECT_EQ(hash(Belenios2048::independent_generator(-1)),
            "096d1ff846d7d008a0ce1622f863be392873a506ce971a9b72f4eaa0c5be6562");
  EXPECT_EQ(hash(Belenios2048::independent_generator(0)),
            "38914d76385817da2640eb7c35f3234bfd0f62f45350b925a1bb0873ab2d77c7");
  EXPECT_EQ(hash(Belenios2048::independent_generator(1)),
            "63630c1db324a6fe2c3e06f65b76b9680d835aa05567c20beedd7e36545eaa91");
  EXPECT_EQ(hash(Rfc3526::independent_generator(-1)),
            "42a1ab2fcbf00463dab7fae8dab27327e86e83059bc545e1ca1db1cc914ce5f7");
  EXPECT_EQ(hash(Rfc3526::independent_generator(0)),
            "85e2d1c9fbdb19b1206ec46de450d081b03f69228cd6ceb8117f863fb1e2b8b0");
  EXPECT_EQ(hash(Rfc3526::independent_generator(1)),
            "935ecf280be72a17a4b29decbb3a99c95f8a100932e484d4e9e3e0cbfbef2bc8");
}

}  // namespace
}  // namespace folkmoot::group
