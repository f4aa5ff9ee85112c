// The long numbers of the browser's modules beside GMP's.
#include <gmp.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "group/modp/montgomery.hpp"
#include "group/modp/parameters.hpp"
#include "library/long_number.hpp"

namespace folkmoot::wasm {
namespace {

using group::modp::limbs;
using Number = group::modp::Residue;

// Limbs of all zeros and all ones are where carries go far.
Number any_number() {
  Number number{};
  const auto size = *rc::gen::inRange<std::size_t>(1, 33);
  for (std::size_t i = 0; i < size; ++i) {
    switch (*rc::gen::inRange(0, 4)) {
      case 0:
        break;
      case 1:
        number[i] = ~std::uint64_t{0};
        break;
      default:
        number[i] = *rc::gen::arbitrary<std::uint64_t>();
    }
  }
  return number;
}

RC_GTEST_PROP(WasmLongNumber, adds_subtracts_multiplies_and_compares_as_gmp, ()) {
  const Number a = any_number();
  const Number b = any_number();
  Number mine;
  Number expected;
  RC_ASSERT(add_n(mine.data(), a.data(), b.data(), 32) == mpn_add_n(limbs(expected), limbs(a), limbs(b), 32));
  RC_ASSERT(mine == expected);
  RC_ASSERT(sub_n(mine.data(), a.data(), b.data(), 32) == mpn_sub_n(limbs(expected), limbs(a), limbs(b), 32));
  RC_ASSERT(mine == expected);
  mine = expected = a;
  RC_ASSERT(addmul_1(mine.data(), b.data(), 32, a[0]) == mpn_addmul_1(limbs(expected), limbs(b), 32, a[0]));
  RC_ASSERT(mine == expected);
  group::modp::Number<64> product;
  group::modp::Number<64> expected_product;
  mul_n(product.data(), a.data(), b.data(), 32);
  mpn_mul_n(limbs(expected_product), limbs(a), limbs(b), 32);
  RC_ASSERT(product == expected_product);
  const auto sign = [](int number) { return (number > 0) - (number < 0); };
  RC_ASSERT(sign(cmp(a.data(), b.data(), 32)) == sign(mpn_cmp(limbs(a), limbs(b), 32)));
}

RC_GTEST_PROP(WasmLongNumber, divides_as_gmp, ()) {
  const Number a = any_number();
  Number d = any_number();
  std::size_t size = 32;
  while (size > 0 && d[size - 1] == 0) --size;
  if (size == 0) d[size++] = 3;
  Number quotient{};
  Number remainder{};
  Number expected_quotient{};
  Number expected_remainder{};
  divide(quotient.data(), remainder.data(), a.data(), 32, d.data(), size);
  mpn_tdiv_qr(limbs(expected_quotient), limbs(expected_remainder), 0, limbs(a), 32, limbs(d),
              static_cast<mp_size_t>(size));
  RC_ASSERT(quotient == expected_quotient);
  RC_ASSERT(remainder == expected_remainder);
}

// A limb of the quotient that is guessed too large happens once in 2^63: made on purpose.
TEST(WasmLongNumber, corrects_a_guess_that_is_too_large) {
  const std::array<Limb, 4> a{0, 0, Limb{1} << 63, (Limb{1} << 63) - 1};
  const std::array<Limb, 3> d{1, 0, Limb{1} << 63};
  std::array<Limb, 2> quotient{};
  std::array<Limb, 3> remainder{};
  std::array<mp_limb_t, 2> expected_quotient{};
  std::array<mp_limb_t, 3> expected_remainder{};
  const std::array<mp_limb_t, 4> ga{a[0], a[1], a[2], a[3]};
  const std::array<mp_limb_t, 3> gd{d[0], d[1], d[2]};
  divide(quotient.data(), remainder.data(), a.data(), 4, d.data(), 3);
  mpn_tdiv_qr(expected_quotient.data(), expected_remainder.data(), 0, ga.data(), 4, gd.data(), 3);
  EXPECT_TRUE(std::ranges::equal(quotient, expected_quotient));
  EXPECT_TRUE(std::ranges::equal(remainder, expected_remainder));
}

class Big {
 public:
  explicit Big(const Number& number) { mpz_roinit_n(value_, limbs(number), 32); }
  operator mpz_srcptr() const { return value_; }

 private:
  mpz_t value_;
};

RC_GTEST_PROP(WasmLongNumber, raises_and_knows_squares_as_gmp, ()) {
  Number m = any_number();
  m[0] |= 1;
  m[1] |= 1;  // more than 1
  Number a = any_number();
  Number ignored{};
  std::size_t size = 32;
  while (m[size - 1] == 0) --size;
  Number reduced{};
  divide(ignored.data(), reduced.data(), a.data(), 32, m.data(), size);
  const Number exponent{*rc::gen::arbitrary<std::uint64_t>(), *rc::gen::arbitrary<std::uint64_t>()};
  mpz_t expected;
  mpz_init(expected);
  mpz_powm(expected, Big(reduced), Big(exponent), Big(m));
  const auto mine = power({reduced}, {exponent}, {m});
  RC_ASSERT(mpz_cmp(expected, Big(mine.limb)) == 0);
  mpz_clear(expected);
  RC_ASSERT(jacobi({reduced}, {m}) == mpz_jacobi(Big(reduced), Big(m)));
}

}  // namespace
}  // namespace folkmoot::wasm
