// A base that is raised to many powers.
#pragma once

#include <vector>

#include "group/ed25519/element.hpp"
#include "group/ed25519/scalar.hpp"

namespace folkmoot::group::ed25519 {

// A base with its powers j·256^i for 1 ≤ j ≤ 128, 0 ≤ i < 32 (half a megabyte).
class FixedBase {
 public:
  explicit FixedBase(const Element& base);
  [[nodiscard]] Element power_vartime(const Scalar& exponent) const;
  [[nodiscard]] const Element& base() const { return base_; }

 private:
  Element base_;
  std::vector<Niels> table_;
};

}  // namespace folkmoot::group::ed25519
