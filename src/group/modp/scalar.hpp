// Integers modulo q, the order of a 2048-bit group.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "base/sha256.hpp"
#include "group/modp/montgomery.hpp"
#include "group/modp/parameters.hpp"

namespace folkmoot::group::modp {

template <class Parameters>
class Scalar {
 public:
  static constexpr std::size_t limb_count = (Parameters::q_bits + 63) / 64;
  using Limbs = Number<limb_count>;

  Scalar() = default;  // 0
  explicit Scalar(std::uint64_t number) : limb_{number} {}

  // The scalar with this canonical decimal text: digits only, no leading zero, below q.
  static Result<Scalar> decode(std::string_view text);
  // The hash as a big-endian number of 256 bits, modulo q.
  static Scalar from_hash(const Digest& digest);
  // Any number of that many limbs, modulo q.
  static Scalar from_limbs(const Limbs& number);
  static const Limbs& q();

  void append_to(std::string& out) const;
  [[nodiscard]] std::string text() const;
  [[nodiscard]] const Limbs& limbs() const { return limb_; }

  Scalar operator+(const Scalar& b) const;
  Scalar operator-(const Scalar& b) const;
  Scalar operator*(const Scalar& b) const;
  Scalar operator-() const { return Scalar() - *this; }
  // The inverse modulo q; the scalar must not be 0.
  [[nodiscard]] Scalar inverse() const;
  friend bool operator==(const Scalar&, const Scalar&) = default;

 private:
  Limbs limb_{};  // always below q
};

extern template class Scalar<Belenios2048Parameters>;
extern template class Scalar<Rfc3526Parameters>;

}  // namespace folkmoot::group::modp
