// A base that is raised to many powers.
#pragma once

#include <vector>

#include "group/modp/element.hpp"
#include "group/modp/scalar.hpp"

namespace folkmoot::group::modp {

// A base with its powers j·64^i for 0 < j < 64.
template <class Parameters>
class FixedBase {
 public:
  explicit FixedBase(const Element<Parameters>& base);
  [[nodiscard]] Element<Parameters> power_vartime(const Scalar<Parameters>& exponent) const;
  [[nodiscard]] const Element<Parameters>& base() const { return base_; }

 private:
  Element<Parameters> base_;
  std::vector<Residue> table_;
};

extern template class FixedBase<Belenios2048Parameters>;
extern template class FixedBase<Rfc3526Parameters>;

}  // namespace folkmoot::group::modp
