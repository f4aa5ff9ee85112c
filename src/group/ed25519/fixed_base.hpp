// A base that is raised to many powers.
#pragma once

#include <vector>

#include "group/ed25519/element.hpp"
#include "group/ed25519/scalar.hpp"

namespace folkmoot::group::ed25519 {

// A base with its powers j·256^i for 0 ≤ j ≤ 128, 0 ≤ i < 32 (half a megabyte).
class FixedBase {
 public:
  explicit FixedBase(const Element& base);
  [[nodiscard]] Element power_vartime(const Scalar& exponent) const;
  [[nodiscard]] const Element& base() const { return base_; }

  // exponent = Σ digit[i]·256^i, −128 ≤ digit ≤ 127.
  static constexpr std::size_t windows = 32;
  using Digits = std::array<std::int8_t, windows>;
  static Digits digits(const Scalar& exponent);
#if defined(__x86_64__)
  // The power j·256^window in table form, its coordinates tight: fifteen words and one that is not used.
  [[nodiscard]] const std::uint64_t* row(std::size_t window, std::size_t j) const {
    return table_[window * row_count + j].power.y_plus_x.limb.data();
  }
#endif

 private:
  static constexpr std::size_t row_count = 129;
  struct alignas(64) Row {
    Niels power;
  };
  static_assert(sizeof(Row) == 16 * sizeof(std::uint64_t));

  Element base_;
  std::vector<Row> table_;
};

}  // namespace folkmoot::group::ed25519
