#include "group/ed25519/fixed_base.hpp"

#include <cassert>

namespace folkmoot::group::ed25519 {
namespace {

constexpr std::size_t windows = 32;
constexpr std::size_t window_powers = 128;

}  // namespace

FixedBase::FixedBase(const Element& base) : base_(base) {
  std::vector<Point> powers;
  powers.reserve(windows * window_powers);
  Point first = base.point();  // base^(256^i)
  for (std::size_t i = 0; i < windows; ++i) {
    const Cached step = cached(first);
    powers.push_back(first);
    for (std::size_t j = 1; j < window_powers; ++j) powers.push_back((powers.back() + step).point());
    first = twice(projective(powers.back())).point();
  }
  normalize(powers);
  table_.reserve(powers.size());
  for (const Point& power : powers) table_.push_back(niels(power));
}

// The exponent's bytes become digits from −128 to 127; the highest byte is small, so that no carry leaves it.
Element FixedBase::power_vartime(const Scalar& exponent) const {
  Point sum;
  int carry = 0;
  const auto bytes = exponent.bytes();
  for (std::size_t i = 0; i < windows; ++i) {
    int digit = bytes[i] + carry;
    carry = digit >= 128 ? 1 : 0;
    digit -= 256 * carry;
    const Niels* row = &table_[i * window_powers];
    if (digit > 0) sum = (sum + row[digit - 1]).point();
    if (digit < 0) sum = (sum - row[-digit - 1]).point();
  }
  assert(carry == 0);
  return Element::from_subgroup_point(sum);
}

}  // namespace folkmoot::group::ed25519
