// The secret arithmetic of the browser's modules beside libsodium's.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>
#include <sodium.h>

#include "library/ed25519.hpp"

namespace folkmoot::wasm {
namespace {

template <std::size_t N>
std::array<std::uint8_t, N> any_bytes() {
  const auto bytes = *rc::gen::container<std::vector<std::uint8_t>>(N, rc::gen::arbitrary<std::uint8_t>());
  std::array<std::uint8_t, N> array;
  std::ranges::copy(bytes, array.begin());
  return array;
}

// Below q; near 0 and near q often.
Bytes32 any_scalar() {
  Bytes64 number{};
  switch (*rc::gen::inRange(0, 4)) {
    case 0:
      number[0] = *rc::gen::arbitrary<std::uint8_t>();
      break;
    case 1: {
      Bytes32 small{};
      small[0] = *rc::gen::arbitrary<std::uint8_t>();
      Bytes32 negative;
      crypto_core_ed25519_scalar_negate(negative.data(), small.data());
      return negative;
    }
    default:
      number = any_bytes<64>();
  }
  Bytes32 scalar;
  crypto_core_ed25519_scalar_reduce(scalar.data(), number.data());
  return scalar;
}

// libsodium refuses 0.
Bytes32 any_exponent() {
  auto exponent = any_scalar();
  if (exponent == Bytes32{}) exponent[0] = 1;
  return exponent;
}

Bytes32 any_element() {
  const auto exponent = any_exponent();
  Bytes32 element;
  RC_ASSERT(crypto_scalarmult_ed25519_base_noclamp(element.data(), exponent.data()) == 0);
  return element;
}

constexpr Bytes32 identity{1};

RC_GTEST_PROP(WasmEd25519, reduces_as_libsodium, ()) {
  auto number = any_bytes<64>();
  if (*rc::gen::arbitrary<bool>()) std::fill(number.begin() + *rc::gen::inRange(0, 64), number.end(), 0xff);
  Bytes32 expected;
  crypto_core_ed25519_scalar_reduce(expected.data(), number.data());
  RC_ASSERT(scalar_reduce(number) == expected);
}

RC_GTEST_PROP(WasmEd25519, computes_with_numbers_as_libsodium, ()) {
  const auto a = any_scalar();
  const auto b = any_scalar();
  Bytes32 expected;
  crypto_core_ed25519_scalar_add(expected.data(), a.data(), b.data());
  RC_ASSERT(scalar_add(a, b) == expected);
  crypto_core_ed25519_scalar_sub(expected.data(), a.data(), b.data());
  RC_ASSERT(scalar_subtract(a, b) == expected);
  crypto_core_ed25519_scalar_mul(expected.data(), a.data(), b.data());
  RC_ASSERT(scalar_multiply(a, b) == expected);
}

RC_GTEST_PROP(WasmEd25519, multiplies_and_raises_as_libsodium, ()) {
  const auto a = any_element();
  const auto b = any_element();
  Bytes32 expected;
  RC_ASSERT(crypto_core_ed25519_add(expected.data(), a.data(), b.data()) == 0);
  RC_ASSERT(element_multiply(a, b) == expected);
  const auto exponent = any_exponent();
  RC_ASSERT(crypto_scalarmult_ed25519_noclamp(expected.data(), exponent.data(), a.data()) == 0);
  RC_ASSERT(element_power(a, exponent) == expected);
  RC_ASSERT(crypto_scalarmult_ed25519_base_noclamp(expected.data(), exponent.data()) == 0);
  RC_ASSERT(generator_power(exponent) == expected);
}

// What libsodium refuses and the protocol can meet.
RC_GTEST_PROP(WasmEd25519, knows_zero_and_the_identity, ()) {
  const auto a = any_element();
  const auto x = any_scalar();
  RC_ASSERT(element_power(a, {}) == identity);
  RC_ASSERT(generator_power({}) == identity);
  RC_ASSERT(element_power(identity, x) == identity);
  RC_ASSERT(element_multiply(a, identity) == a);
  Bytes32 minus_one;
  constexpr Bytes32 one{1};
  crypto_core_ed25519_scalar_negate(minus_one.data(), one.data());
  RC_ASSERT(element_multiply(a, element_power(a, minus_one)) == identity);
}

TEST(WasmEd25519, wipes) {
  std::array<std::uint8_t, 5> secret{1, 2, 3, 4, 5};
  wipe(secret.data(), 4);
  EXPECT_EQ(secret, (std::array<std::uint8_t, 5>{0, 0, 0, 0, 5}));
}

}  // namespace
}  // namespace folkmoot::wasm
