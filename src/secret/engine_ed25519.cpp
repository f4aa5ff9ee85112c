// Ed25519 by libsodium. Its group functions refuse what the protocol can meet, the exponent 0 and the identity: those
// are handled here, the first (a secret) without a branch.
#include <sodium.h>

#include <algorithm>
#include <bit>
#include <cassert>
#include <cstring>

#include "group/ed25519/point.hpp"
#include "secret/decimal.hpp"
#include "secret/engine.hpp"

namespace folkmoot::secret {
namespace {

using E = Engine<group::Ed25519>;

constexpr E::Element identity{{1}};

}  // namespace

E::Scalar E::reduce(std::span<const std::uint8_t> little_endian) {
  assert(little_endian.size() <= 64);
  std::array<std::uint8_t, 64> wide{};
  std::ranges::copy(little_endian, wide.begin());
  Scalar result;
  crypto_core_ed25519_scalar_reduce(result.bytes.data(), wide.data());
  sodium_memzero(wide.data(), wide.size());
  return result;
}

E::Scalar E::add(const Scalar& a, const Scalar& b) {
  Scalar result;
  crypto_core_ed25519_scalar_add(result.bytes.data(), a.bytes.data(), b.bytes.data());
  return result;
}

E::Scalar E::subtract(const Scalar& a, const Scalar& b) {
  Scalar result;
  crypto_core_ed25519_scalar_sub(result.bytes.data(), a.bytes.data(), b.bytes.data());
  return result;
}

E::Scalar E::multiply(const Scalar& a, const Scalar& b) {
  Scalar result;
  crypto_core_ed25519_scalar_mul(result.bytes.data(), a.bytes.data(), b.bytes.data());
  return result;
}

SecretText E::text(const Scalar& a) {
  static_assert(std::endian::native == std::endian::little);
  auto digits = std::bit_cast<std::array<std::uint32_t, 8>>(a.bytes);
  return decimal_text(digits);
}

group::Ed25519::Element E::reveal(const Element& a) {
  const auto point = group::ed25519::uncompress(a.bytes);
  assert(point);
  return G::Element::from_subgroup_point(*point);
}

SecretText E::text(const Element& a) {
  auto reversed = a.bytes;
  std::ranges::reverse(reversed);
  std::array<char, 65> hex;
  sodium_bin2hex(hex.data(), hex.size(), reversed.data(), reversed.size());
  SecretText result(std::string_view(hex.data(), 64));
  sodium_memzero(reversed.data(), reversed.size());
  sodium_memzero(hex.data(), hex.size());
  return result;
}

E::Element E::multiply(const Element& a, const Element& b) {
  Element result;
  [[maybe_unused]] const int status = crypto_core_ed25519_add(result.bytes.data(), a.bytes.data(), b.bytes.data());
  assert(status == 0);
  return result;
}

E::Base E::base(const G::Element& a) {
  const auto kind = a == G::generator() ? Base::generator : a.is_identity() ? Base::identity : Base::other;
  return {kind, hide(a)};
}

E::Element E::power(const Base& base, const Scalar& exponent) {
  if (base.kind == Base::identity) return identity;
  // libsodium is given 1 for 0, and the identity is put in place of what it returns.
  const auto is_zero = static_cast<std::uint8_t>(sodium_is_zero(exponent.bytes.data(), exponent.bytes.size()));
  Scalar non_zero = exponent;
  non_zero.bytes[0] |= is_zero;
  Element result;
  [[maybe_unused]] const int status =
      base.kind == Base::generator
          ? crypto_scalarmult_ed25519_base_noclamp(result.bytes.data(), non_zero.bytes.data())
          : crypto_scalarmult_ed25519_noclamp(result.bytes.data(), non_zero.bytes.data(), base.element.bytes.data());
  assert(status == 0);
  const auto mask = static_cast<std::uint8_t>(-is_zero);
  for (std::size_t i = 0; i < result.bytes.size(); ++i) {
    result.bytes[i] = static_cast<std::uint8_t>(result.bytes[i] ^ (mask & (result.bytes[i] ^ identity.bytes[i])));
  }
  sodium_memzero(non_zero.bytes.data(), non_zero.bytes.size());
  return result;
}

}  // namespace folkmoot::secret
