// Integers modulo q = 2^252 + 27742317777372353535851937790883648493, the order of Ed25519's group.
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/bytes.hpp"
#include "base/result.hpp"
#include "base/sha256.hpp"

namespace folkmoot::group::ed25519 {

class Scalar {
 public:
  Scalar() = default;  // 0
  explicit Scalar(std::uint64_t number) : limb_{number, 0, 0, 0} {}

  // The scalar with this canonical decimal text: digits only, no leading zero, below q.
  static Result<Scalar> decode(std::string_view text);
  // The hash as a big-endian number of 256 bits, modulo q.
  static Scalar from_hash(const Digest& digest);
  // A little-endian number of 256 bits, modulo q (libsodium's encoding of scalars).
  static Scalar from_bytes(const std::array<std::uint8_t, 32>& little_endian);

  void append_to(std::string& out) const;
  [[nodiscard]] std::string text() const;
  [[nodiscard]] std::array<std::uint8_t, 32> bytes() const;  // little-endian, below q
  [[nodiscard]] const std::array<std::uint64_t, 4>& limbs() const { return limb_; }

  friend Scalar operator+(const Scalar& a, const Scalar& b);
  friend Scalar operator-(const Scalar& a, const Scalar& b);
  friend Scalar operator*(const Scalar& a, const Scalar& b);
  Scalar operator-() const { return Scalar() - *this; }
  // The inverse modulo q; the scalar must not be 0.
  [[nodiscard]] Scalar inverse() const;
  friend bool operator==(const Scalar&, const Scalar&) = default;

 private:
  std::array<std::uint64_t, 4> limb_{};  // least significant first; always below q
};

}  // namespace folkmoot::group::ed25519
