#include "group/ed25519/pippenger.hpp"

#include <algorithm>
#include <bit>
#include <cassert>
#include <cstdint>
#include <vector>

namespace folkmoot::group::ed25519 {
std::size_t bit_length(const Scalar& scalar) {
  for (std::size_t i = 4; i-- > 0;)
    if (scalar.limbs()[i] != 0) return 64 * i + static_cast<std::size_t>(std::bit_width(scalar.limbs()[i]));
  return 0;
}

Shape best_shape(std::size_t factors, std::size_t bits) {
  Shape best{};
  std::size_t least = SIZE_MAX;
  for (std::size_t width = 2; width <= 15; ++width) {
    const std::size_t windows = bits / width + 1;  // one bit more, for the last carry
    const std::size_t additions = windows * (factors + (std::size_t{2} << (width - 1)));
    if (additions < least) {
      least = additions;
      best = {width, windows};
    }
  }
  return best;
}

void recode(const Scalar& scalar, const Shape& shape, std::int16_t* digit, std::size_t stride) {
  const auto& limb = scalar.limbs();
  std::uint64_t carry = 0;
  for (std::size_t w = 0; w < shape.windows; ++w, digit += stride) {
    const std::size_t at = w * shape.width;
    std::uint64_t window = at < 256 ? limb[at / 64] >> (at % 64) : 0;
    if (at % 64 + shape.width > 64 && at / 64 + 1 < 4) window |= limb[at / 64 + 1] << (64 - at % 64);
    window = (window & ((std::uint64_t{1} << shape.width) - 1)) + carry;
    carry = window > std::uint64_t{1} << (shape.width - 1) ? 1 : 0;
    *digit = static_cast<std::int16_t>(static_cast<std::int64_t>(window - (carry << shape.width)));
  }
  assert(carry == 0);
}

namespace {

std::vector<Niels> affine(std::span<const Element> elements) {
  std::vector<Point> points;
  points.reserve(elements.size());
  for (const Element& element : elements) points.push_back(element.point());
  normalize(points);
  std::vector<Niels> out;
  out.reserve(points.size());
  for (const Point& point : points) out.push_back(niels(point));
  return out;
}

}  // namespace

Point pippenger(std::span<const Element> bases, std::span<const Scalar> exponents) {
  assert(bases.size() == exponents.size());
  const std::size_t n = bases.size();
  std::size_t bits = 0;
  for (const Scalar& exponent : exponents) bits = std::max(bits, bit_length(exponent));
  const Shape shape = best_shape(n, bits);
  const auto factors = affine(bases);
  std::vector<std::int16_t> digits(shape.windows * n);  // window by window
  for (std::size_t i = 0; i < n; ++i) recode(exponents[i], shape, &digits[i], n);

  Point product;
  std::vector<Point> buckets(std::size_t{1} << (shape.width - 1));
  for (std::size_t w = shape.windows; w-- > 0;) {
    for (std::size_t i = 0; i < shape.width; ++i) product = twice(projective(product)).point();
    // Bucket j collects the factors whose digit is ±(j + 1).
    std::ranges::fill(buckets, Point{});
    for (std::size_t i = 0; i < n; ++i) {
      const int digit = digits[w * n + i];
      if (digit > 0) {
        Point& bucket = buckets[static_cast<std::size_t>(digit - 1)];
        bucket = (bucket + factors[i]).point();
      } else if (digit < 0) {
        Point& bucket = buckets[static_cast<std::size_t>(-digit - 1)];
        bucket = (bucket - factors[i]).point();
      }
    }
    // Π bucket[j]^(j + 1) is the product, over all j, of the product of the buckets from j on.
    Point tail;
    for (std::size_t j = buckets.size(); j-- > 0;) {
      tail = (tail + cached(buckets[j])).point();
      product = (product + cached(tail)).point();
    }
  }
  return product;
}

}  // namespace folkmoot::group::ed25519
