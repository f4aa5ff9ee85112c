#include "group/ed25519/fixed_base.hpp"

#include <cassert>

namespace folkmoot::group::ed25519 {

FixedBase::FixedBase(const Element& base) : base_(base) {
  std::vector<Point> powers;
  powers.reserve(windows * row_count);
  Point first = base.point();  // base^(256^i)
  for (std::size_t i = 0; i < windows; ++i) {
    const Cached step = cached(first);
    powers.emplace_back();
    powers.push_back(first);
    for (std::size_t j = 2; j < row_count; ++j) powers.push_back((powers.back() + step).point());
    first = twice(projective(powers.back())).point();
  }
  normalize(powers);
  table_.reserve(powers.size());
  for (const Point& power : powers) {
    const Niels form = niels(power);
    table_.push_back({{tight(form.y_plus_x), tight(form.y_minus_x), form.xy2d}});
  }
}

// The bytes, each above 127 made negative by a carry into the next; the highest is small, so that none leaves it.
FixedBase::Digits FixedBase::digits(const Scalar& exponent) {
  Digits digits;
  int carry = 0;
  const auto bytes = exponent.bytes();
  for (std::size_t i = 0; i < windows; ++i) {
    const int digit = bytes[i] + carry;
    carry = digit >= 128 ? 1 : 0;
    digits[i] = static_cast<std::int8_t>(digit - 256 * carry);
  }
  assert(carry == 0);
  return digits;
}

Element FixedBase::power_vartime(const Scalar& exponent) const {
  Point sum;
  const Digits digit = digits(exponent);
  for (std::size_t i = 0; i < windows; ++i) {
    const Row* powers = &table_[i * row_count];
    if (digit[i] > 0) sum = (sum + powers[digit[i]].power).point();
    if (digit[i] < 0) sum = (sum - powers[-digit[i]].power).point();
  }
  return Element::from_subgroup_point(sum);
}

}  // namespace folkmoot::group::ed25519
