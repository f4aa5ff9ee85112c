// Secret numbers modulo q, secret group elements, and powers with secret exponents. Read this first.
//
// Whatever is computed from a secret stays one of these types, and every operation on them takes the same time whatever
// the values. They move but are not copied unawares, are wiped when they go, and have no == and no text. The way out is
// reveal(), and it stands only where the protocol publishes the value: a response w − x·c, a commitment g^w.
//
// The arithmetic is Engine<G>'s (engine.hpp): libsodium for Ed25519, GMP's mpn_sec_ functions for the 2048-bit groups.
#pragma once

#include <span>
#include <vector>

#include "secret/engine.hpp"
#include "secret/random.hpp"
#include "secret/text.hpp"

namespace folkmoot::secret {

using group::PrimeGroup;

// 0 or 1, secret: there is no `if` on it, only choose().
class SecretBit {
 public:
  explicit SecretBit(bool bit) : mask_(-static_cast<std::uint64_t>(bit)) {}
  // Of a number that is 0 or 1.
  static SecretBit of(std::int64_t number) { return from_mask(-static_cast<std::uint64_t>(number)); }
  static SecretBit from_mask(std::uint64_t all_ones_or_zero);
  [[nodiscard]] std::uint64_t mask() const { return mask_; }
  SecretBit operator&(SecretBit other) const { return from_mask(mask_ & other.mask_); }
  SecretBit operator|(SecretBit other) const { return from_mask(mask_ | other.mask_); }
  SecretBit operator!() const { return from_mask(~mask_); }
  [[nodiscard]] bool reveal() const { return mask_ != 0; }

 private:
  SecretBit() = default;
  std::uint64_t mask_ = 0;
};

template <PrimeGroup G>
class SecretScalar {
 public:
  SecretScalar() : value_{} {}  // 0
  SecretScalar(SecretScalar&& other) noexcept;
  SecretScalar& operator=(SecretScalar&& other) noexcept;
  ~SecretScalar();
  // A second copy of the secret, when one is meant.
  [[nodiscard]] SecretScalar duplicate() const { return SecretScalar(value_); }

  // Uniform modulo q.
  static SecretScalar random(Random& random);
  // So many of them, which asks for randomness less often.
  static std::vector<SecretScalar> random(std::size_t count, Random& random);
  // A small secret number, such as what a voter chose.
  static SecretScalar of(std::uint64_t number);
  // A public number, to compute with secrets.
  static SecretScalar of(const typename G::Scalar& number);
  // A big-endian number of at most 64 bytes, modulo q.
  static SecretScalar from_big_endian(std::span<const std::uint8_t> bytes);
  // The decimal text of a number below q, without leading zeros, as private keys are written. The time depends on the
  // length of the text only.
  static Result<SecretScalar> decode(std::string_view decimal);
  // The same for any number of at most 1000 digits, modulo q.
  static Result<SecretScalar> decode_unreduced(std::string_view decimal);
  // The reverse.
  [[nodiscard]] SecretText text() const;

  SecretScalar operator+(const SecretScalar& other) const;
  SecretScalar operator-(const SecretScalar& other) const;
  SecretScalar operator*(const SecretScalar& other) const;
  SecretScalar operator*(const typename G::Scalar& other) const { return *this * of(other); }
  SecretScalar operator-() const { return SecretScalar() - *this; }
  [[nodiscard]] SecretBit is_zero() const;
  // `one` if the bit is 1, else `zero`.
  static SecretScalar choose(SecretBit bit, const SecretScalar& one, const SecretScalar& zero);

  // The number, published from here on.
  [[nodiscard]] typename G::Scalar reveal() const;

  // For engines.
  explicit SecretScalar(const typename Engine<G>::Scalar& value) : value_(value) {}
  [[nodiscard]] const typename Engine<G>::Scalar& value() const { return value_; }

 private:
  typename Engine<G>::Scalar value_;
};

template <PrimeGroup G>
class SecretElement {
 public:
  SecretElement() : SecretElement(typename G::Element()) {}  // the identity
  explicit SecretElement(const typename G::Element& element);
  SecretElement(SecretElement&& other) noexcept;
  SecretElement& operator=(SecretElement&& other) noexcept;
  ~SecretElement();

  SecretElement operator*(const SecretElement& other) const;
  // The canonical text, still secret.
  [[nodiscard]] SecretText text() const;

  // `one` if the bit is 1, else `zero`.
  static SecretElement choose(SecretBit bit, const SecretElement& one, const SecretElement& zero);

  // The element, published from here on; or only its text, which can be cheaper.
  [[nodiscard]] typename G::Element reveal() const;
  [[nodiscard]] std::string reveal_text() const { return std::string(text().view()); }

  // For engines.
  explicit SecretElement(const typename Engine<G>::Element& value) : value_(value) {}
  [[nodiscard]] const typename Engine<G>::Element& value() const { return value_; }

 private:
  typename Engine<G>::Element value_;
};

// A public element that is raised to secret powers.
template <PrimeGroup G>
class Base {
 public:
  explicit Base(const typename G::Element& element);
  static const Base& generator();

  [[nodiscard]] SecretElement<G> power(const SecretScalar<G>& exponent) const;
  [[nodiscard]] const typename G::Element& element() const { return element_; }

 private:
  typename G::Element element_;
  typename Engine<G>::Base base_;
};

// g^exponent.
template <PrimeGroup G>
SecretElement<G> power_of_g(const SecretScalar<G>& exponent) {
  return Base<G>::generator().power(exponent);
}

}  // namespace folkmoot::secret
