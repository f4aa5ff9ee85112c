// The constant-time arithmetic under scalar.hpp, one engine a group. A faster one replaces these functions and nothing
// else.
//
// Each Engine<G> has three plain, trivially copyable types, and static functions on them whose time does not depend on
// the values (whoever holds them wipes them):
//   Scalar   an integer modulo q, reduced
//   Element  a group element
//   Base     a public element made ready to be raised to powers
// hide() takes a public value in, reveal() publishes one, text() is the canonical text of a value that stays secret.
#pragma once

#include <array>
#include <cstdint>
#include <span>

#include "group/all.hpp"
#include "secret/text.hpp"

namespace folkmoot::secret {

template <group::PrimeGroup G>
struct Engine;

template <>
struct Engine<group::Ed25519> {
  using G = group::Ed25519;
  struct Scalar {
    std::array<std::uint8_t, 32> bytes{};  // little-endian
  };
  struct Element {
    std::array<std::uint8_t, 32> bytes;  // RFC 8032's encoding
  };
  struct Base {
    enum { generator, identity, other } kind;
    Element element;
  };

  // A little-endian number of at most 64 bytes, modulo q.
  static Scalar reduce(std::span<const std::uint8_t> little_endian);
  static Scalar add(const Scalar& a, const Scalar& b);
  static Scalar subtract(const Scalar& a, const Scalar& b);
  static Scalar multiply(const Scalar& a, const Scalar& b);
  static SecretText text(const Scalar& a);
  static Scalar hide(const G::Scalar& a) { return {a.bytes()}; }
  static G::Scalar reveal(const Scalar& a) { return G::Scalar::from_bytes(a.bytes); }

  static Element hide(const G::Element& a) { return {a.bytes()}; }
  static G::Element reveal(const Element& a);
  static SecretText text(const Element& a);
  static Element multiply(const Element& a, const Element& b);
  static Base base(const G::Element& a);
  static Element power(const Base& base, const Scalar& exponent);
};

template <class Parameters>
struct ModpEngine {
  using G = group::modp::Group<Parameters>;
  static constexpr std::size_t q_limbs = group::modp::Scalar<Parameters>::limb_count;
  struct Scalar {
    group::modp::Number<q_limbs> number{};
  };
  struct Element {
    group::modp::Number<group::modp::p_limbs> number;
  };
  using Base = Element;

  // A little-endian number of at most 64 bytes, or 16 more than q has, modulo q.
  static Scalar reduce(std::span<const std::uint8_t> little_endian);
  static Scalar add(const Scalar& a, const Scalar& b);
  static Scalar subtract(const Scalar& a, const Scalar& b);
  static Scalar multiply(const Scalar& a, const Scalar& b);
  static SecretText text(const Scalar& a);
  static Scalar hide(const typename G::Scalar& a) { return {a.limbs()}; }
  static typename G::Scalar reveal(const Scalar& a) { return G::Scalar::from_limbs(a.number); }

  static Element hide(const typename G::Element& a) { return {a.number()}; }
  static typename G::Element reveal(const Element& a);
  static SecretText text(const Element& a);
  static Element multiply(const Element& a, const Element& b);
  static Base base(const typename G::Element& a) { return hide(a); }
  static Element power(const Base& base, const Scalar& exponent);
};

template <>
struct Engine<group::Belenios2048> : ModpEngine<group::modp::Belenios2048Parameters> {};
template <>
struct Engine<group::Rfc3526> : ModpEngine<group::modp::Rfc3526Parameters> {};

}  // namespace folkmoot::secret
