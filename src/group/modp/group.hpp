// The groups BELENIOS-2048 and RFC-3526-2048: subgroups of prime order q of the integers modulo a 2048-bit prime p
// (specification, section 5.1).
#pragma once

#include <string>
#include <vector>

#include "group/group.hpp"
#include "group/modp/number.hpp"

namespace folkmoot::group {

template <class G>
struct Products;  // batch.hpp

namespace modp {

// What sets the groups apart. Their numbers p, q and g are in parameters.cpp.
struct Belenios2048Parameters {
  static constexpr std::string_view name = "BELENIOS-2048";
  static constexpr std::size_t q_limbs = 4;
  static constexpr std::size_t max_ints = 0;  // no embedding
};
struct Rfc3526Parameters {
  static constexpr std::string_view name = "RFC-3526-2048";
  static constexpr std::size_t q_limbs = 32;
  // The numbers and the padding are 8 bits each and the whole must be below p, whose first 64 bits are ones: 254
  // numbers and the padding are 2040 bits, one number more could exceed p.
  static constexpr std::size_t max_ints = 254;
};

// An integer modulo q.
template <class Parameters>
class Scalar {
 public:
  static constexpr std::size_t limb_count = Parameters::q_limbs;

  Scalar() = default;  // 0
  explicit Scalar(std::uint64_t number) : limb_{number} {}

  // The scalar with this canonical decimal text: digits only, no leading zero, below q.
  static Result<Scalar> decode(std::string_view text);
  // The hash as a big-endian number of 256 bits, modulo q.
  static Scalar from_hash(const Digest& digest);
  // A number of the same length, modulo q.
  static Scalar from_limbs(const Number<limb_count>& number);

  void append_to(std::string& out) const;
  [[nodiscard]] std::string text() const;
  [[nodiscard]] const Number<limb_count>& limbs() const { return limb_; }

  Scalar operator+(const Scalar& b) const;
  Scalar operator-(const Scalar& b) const;
  Scalar operator*(const Scalar& b) const;
  Scalar operator-() const { return Scalar() - *this; }
  // The inverse modulo q; the scalar must not be 0.
  [[nodiscard]] Scalar inverse() const;
  friend bool operator==(const Scalar&, const Scalar&) = default;

 private:
  Number<limb_count> limb_{};  // always below q
};

// An element of the subgroup of order q.
template <class Parameters>
class Element {
 public:
  Element();  // the identity, 1

  // The element with this canonical decimal text: digits only, no leading zero, from 1 to p − 1, and in the subgroup
  // (which costs an exponentiation in BELENIOS-2048, a Jacobi symbol in RFC-3526-2048).
  static Result<Element> decode(std::string_view text);
  // A number below p that the caller knows to lie in the subgroup.
  static Element from_subgroup_number(const Number<p_limbs>& number);
  // The same in Montgomery form (number·2^2048 mod p), which is how elements are kept.
  static Element from_montgomery(const Number<p_limbs>& form) { return Element(form); }

  void append_to(std::string& out) const;
  [[nodiscard]] std::string text() const;
  [[nodiscard]] Number<p_limbs> number() const;
  [[nodiscard]] const Number<p_limbs>& montgomery() const { return form_; }

  Element operator*(const Element& b) const;
  Element operator/(const Element& b) const;
  [[nodiscard]] bool is_identity() const { return *this == Element(); }
  friend bool operator==(const Element&, const Element&) = default;

 private:
  explicit Element(const Number<p_limbs>& form) : form_(form) {}
  Number<p_limbs> form_;  // always below p
};

// A base with a table of its powers.
template <class Parameters>
class FixedBase {
 public:
  explicit FixedBase(const Element<Parameters>& base);
  [[nodiscard]] Element<Parameters> power_vartime(const Scalar<Parameters>& exponent) const;
  [[nodiscard]] const Element<Parameters>& base() const { return base_; }

 private:
  Element<Parameters> base_;
  std::vector<Number<p_limbs>> table_;
};

template <class Parameters>
struct Group {
  static constexpr std::string_view name = Parameters::name;
  using Scalar = modp::Scalar<Parameters>;
  using Element = modp::Element<Parameters>;
  using FixedBase = modp::FixedBase<Parameters>;

  static const Element& generator();
  static Element power_vartime(const Element& base, const Scalar& exponent);
  // Π bases[i]^exponents[i]; the spans are equally long.
  static Element product_of_powers_vartime(std::span<const Element> bases, std::span<const Scalar> exponents);
  static const FixedBase& fixed_generator();

  // GetGenerator(index) for finite fields, index ≥ −1. (It cannot come to 0, 1 or g, other than with negligible
  // probability; that asserts.)
  static Element independent_generator(std::int64_t index);
  // The order of a non-homomorphic question's ciphertexts in the encrypted tally: as numbers.
  static bool published_less(const Element& a, const Element& b);

  // of_ints and to_ints: eight bits a number, eight bits of padding.
  static constexpr std::size_t max_ints = Parameters::max_ints;
  // Fails if there are more than max_ints numbers, or the group has no embedding.
  static Result<Element> of_ints(std::span<const std::uint8_t> ints);
  // The n numbers as version 1's tools read them from any element: those above the padding; higher bits are ignored.
  // Fails if n > max_ints, or the group has no embedding.
  static Result<std::vector<std::uint8_t>> to_ints(const Element& element, std::size_t n);
  // Whether the element is just what of_ints makes of the n numbers that to_ints reads from it.
  static bool is_canonical_embedding(const Element& element, std::size_t n);
};

}  // namespace modp

struct Belenios2048 : modp::Group<modp::Belenios2048Parameters> {
  // The texts of many products of powers, in their order.
  static std::vector<std::string> compute(const Products<Belenios2048>& products);
};
struct Rfc3526 : modp::Group<modp::Rfc3526Parameters> {
  static std::vector<std::string> compute(const Products<Rfc3526>& products);
};

static_assert(PrimeGroup<Belenios2048>);
static_assert(PrimeGroup<Rfc3526>);

}  // namespace folkmoot::group
