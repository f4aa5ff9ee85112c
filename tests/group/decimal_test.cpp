#include "group/decimal.hpp"

#include <gmpxx.h>  // its header-only part: RC_ASSERT((…)) does not print, which would need the library
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace folkmoot::group {
namespace {

mpz_class integer(std::span<const std::uint64_t> number) {
  mpz_class result;
  mpz_import(result.get_mpz_t(), number.size(), -1, 8, 0, 0, number.data());
  return result;
}

RC_GTEST_PROP(Decimal, AgreesWithGmp, ()) {
  const auto size = *rc::gen::inRange<std::size_t>(1, 33);
  std::vector<std::uint64_t> number(size);
  for (auto& limb : number) switch (*rc::gen::inRange(0, 4)) {
      case 0:
        limb = 0;
        break;
      case 1:
        limb = ~std::uint64_t{0};
        break;
      default:
        limb = *rc::gen::arbitrary<std::uint64_t>();
    }
  std::string text;
  append_decimal(text, number);
  RC_ASSERT((text == integer(number).get_str()));
  std::vector<std::uint64_t> read(size, 7);
  RC_ASSERT(read_decimal(text, read));
  RC_ASSERT(read == number);
}

RC_GTEST_PROP(Decimal, PowersOfTenAndTheirNeighbours, ()) {
  mpz_class power;
  mpz_ui_pow_ui(power.get_mpz_t(), 10, *rc::gen::inRange(0u, 617u));
  const mpz_class n = power + *rc::gen::inRange(-1, 2);
  std::array<std::uint64_t, 32> number;
  RC_ASSERT(read_decimal(n.get_str(), number));
  RC_ASSERT((integer(number) == n));
  std::string text;
  append_decimal(text, number);
  RC_ASSERT(text == n.get_str());
}

TEST(Decimal, RefusesWhatDoesNotFit) {
  std::array<std::uint64_t, 1> number;
  EXPECT_TRUE(read_decimal("18446744073709551615", number));
  EXPECT_EQ(number[0], 18446744073709551615u);
  EXPECT_FALSE(read_decimal("18446744073709551616", number));
  EXPECT_FALSE(read_decimal("99999999999999999999", number));
  EXPECT_FALSE(read_decimal(std::string(64, '9'), number));
  EXPECT_FALSE(read_decimal("", number));
  EXPECT_TRUE(read_decimal("0", number));
  EXPECT_EQ(number[0], 0);
}

}  // namespace
}  // namespace folkmoot::group
