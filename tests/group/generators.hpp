// Random scalars and elements for property tests, the awkward ones often.
#pragma once

#include <rapidcheck.h>

#include <string>

#include "group/all.hpp"
#include "group/batch.hpp"

namespace folkmoot::group {

// As many bits as any group's order has: a sum of hashes, shifted.
template <class S>
S scalar_from_seed(const std::string& seed) {
  const S shift = S::from_hash(sha256("a large number"));
  S scalar;
  for (int i = 0; i < 8; ++i) scalar = scalar * shift + S::from_hash(sha256(seed + std::to_string(i)));
  return scalar;
}

template <class S>
S any_scalar() {
  switch (*rc::gen::inRange(0, 8)) {
    case 0:
      return S(0);
    case 1:
      return S(1);
    case 2:
      return -S(1);
    case 3:
      return S(*rc::gen::arbitrary<std::uint64_t>());
    case 4:
      return -S(*rc::gen::inRange<std::uint64_t>(0, 100));
    default:
      return scalar_from_seed<S>(std::to_string(*rc::gen::arbitrary<std::uint64_t>()));
  }
}

template <class G>
typename G::Element any_element() {
  return G::fixed_generator().power_vartime(any_scalar<typename G::Scalar>());
}

}  // namespace folkmoot::group
