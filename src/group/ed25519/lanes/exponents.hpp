// Powers of field elements in lanes with the exponents that field.hpp has: the same chains of squarings.
#pragma once

#include "group/ed25519/lanes/points.hpp"

namespace folkmoot::group::ed25519::in_lanes {

template <class Fe>
Fe square_times(Fe a, int n) {
  for (; n > 0; --n) a = carry(square(a));
  return a;
}

// a^(2^250 − 1).
template <class Fe>
Fe power_of_250_ones(const Fe& a) {
  const Fe ones2 = carry(carry(square(a)) * a);
  const Fe ones4 = carry(square_times(ones2, 2) * ones2);
  const Fe ones5 = carry(carry(square(ones4)) * a);
  const Fe ones10 = carry(square_times(ones5, 5) * ones5);
  const Fe ones20 = carry(square_times(ones10, 10) * ones10);
  const Fe ones40 = carry(square_times(ones20, 20) * ones20);
  const Fe ones50 = carry(square_times(ones40, 10) * ones10);
  const Fe ones100 = carry(square_times(ones50, 50) * ones50);
  const Fe ones200 = carry(square_times(ones100, 100) * ones100);
  return carry(square_times(ones200, 50) * ones50);
}

// 1/a, or 0 if a is 0.
template <class Fe>
Fe invert(const Fe& a) {
  const Fe a2 = carry(square(a));
  return carry(square_times(power_of_250_ones(a), 5) * carry(square_times(a2, 2) * carry(a2 * a)));
}
template <class Fe>
Fe power_p58(const Fe& a) {
  return carry(square_times(power_of_250_ones(a), 2) * a);
}
template <class Fe>
Fe quartic_symbol(const Fe& a) {
  return carry(square_times(power_of_250_ones(a), 3) * carry(carry(square(a)) * a));
}

}  // namespace folkmoot::group::ed25519::in_lanes
