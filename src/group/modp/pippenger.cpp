#include "group/modp/pippenger.hpp"

#include <algorithm>
#include <bit>
#include <cassert>
#include <cstdint>
#include <optional>
#include <vector>

namespace folkmoot::group::modp {
namespace {

template <std::size_t N>
std::size_t bit_length(const Number<N>& number) {
  for (std::size_t i = N; i-- > 0;)
    if (number[i] != 0) return 64 * i + static_cast<std::size_t>(std::bit_width(number[i]));
  return 0;
}

// The exponents' digits have as many bits as is cheapest for so many factors: a digit costs one multiplication a
// factor, and two for each of its 2^width − 1 buckets. (Inverses are dear here, so that digits are not signed.)
std::size_t best_width(std::size_t factors, std::size_t bits) {
  const auto multiplications = [&](std::size_t width) {
    return (bits + width - 1) / width * (factors + (std::size_t{2} << width));
  };
  std::size_t best = 1;
  for (std::size_t width = 2; width <= 14; ++width)
    if (multiplications(width) < multiplications(best)) best = width;
  return best;
}

template <std::size_t N>
std::size_t digit(const Number<N>& number, std::size_t at, std::size_t width) {
  std::uint64_t bits = number[at / 64] >> (at % 64);
  if (at % 64 + width > 64 && at / 64 + 1 < N) bits |= number[at / 64 + 1] << (64 - at % 64);
  return bits & ((std::uint64_t{1} << width) - 1);
}

}  // namespace

template <class Parameters>
Element<Parameters> pippenger(std::span<const Element<Parameters>> bases,
                              std::span<const Scalar<Parameters>> exponents) {
  assert(bases.size() == exponents.size());
  const Montgomery& p = field<Parameters>();
  std::size_t bits = 0;
  for (const auto& exponent : exponents) bits = std::max(bits, bit_length(exponent.limbs()));
  const std::size_t width = best_width(bases.size(), bits);

  std::optional<Residue> product, tail;  // nothing stands for 1, which needs no multiplication
  const auto multiply = [&](std::optional<Residue>& by, const Residue& factor) {
    if (by) {
      p.multiply(*by, *by, factor);
    } else {
      by = factor;
    }
  };
  std::vector<std::optional<Residue>> buckets(std::size_t{1} << width);
  for (std::size_t w = (bits + width - 1) / width; w-- > 0;) {
    if (product)
      for (std::size_t i = 0; i < width; ++i) p.square(*product, *product);
    std::ranges::fill(buckets, std::nullopt);
    for (std::size_t i = 0; i < bases.size(); ++i)
      if (const std::size_t d = digit(exponents[i].limbs(), w * width, width); d != 0)
        multiply(buckets[d], bases[i].form());
    // Π bucket[d]^d is the product, over all d, of the product of the buckets from d on.
    tail.reset();
    for (std::size_t d = buckets.size(); --d > 0;) {
      if (buckets[d]) multiply(tail, *buckets[d]);
      if (tail) multiply(product, *tail);
    }
  }
  return Element<Parameters>::from_subgroup_form(product.value_or(p.one()));
}

template Element<Belenios2048Parameters> pippenger(std::span<const Element<Belenios2048Parameters>>,
                                                   std::span<const Scalar<Belenios2048Parameters>>);
template Element<Rfc3526Parameters> pippenger(std::span<const Element<Rfc3526Parameters>>,
                                              std::span<const Scalar<Rfc3526Parameters>>);

}  // namespace folkmoot::group::modp
