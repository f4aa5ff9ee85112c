// Elements of Ed25519 that are made from other data: embedded numbers, independent generators; and their order.
#include <algorithm>
#include <cassert>
#include <cstdint>
#include <numeric>

#include "group/ed25519/backend.hpp"
#include "group/ed25519/group.hpp"

namespace folkmoot::group {
namespace {

constexpr std::size_t padding_bits = 14;
using Number = std::array<std::uint8_t, 32>;  // little-endian, as an element's bytes

// The first bit of the byte that the i-th of n numbers takes: the last number comes right above the padding.
std::size_t position(std::size_t i, std::size_t n) { return padding_bits + 8 * (n - 1 - i); }

// About one number in sixteen is of an element, so that none of these is, happens with probability 2^-1500.
constexpr std::size_t paddings = std::size_t{1} << padding_bits;

Number with_padding_0(std::span<const std::uint8_t> ints) {
  Number number{};
  for (std::size_t i = 0; i < ints.size(); ++i) {
    const std::size_t bit = position(i, ints.size());
    const unsigned shifted = static_cast<unsigned>(ints[i]) << (bit % 8);
    number[bit / 8] |= static_cast<std::uint8_t>(shifted);
    number[bit / 8 + 1] |= static_cast<std::uint8_t>(shifted >> 8);
  }
  return number;
}

// number + 1.
void increment(Number& number) {
  for (auto& byte : number)
    if (++byte != 0) return;
}

// The first point, of the subgroup if `members` is asked for, among each number and those after it, `tries` in all;
// found with Z = 1, for all numbers together: one try of each that has none yet at a time.
std::vector<std::optional<ed25519::Point>> first_points(std::vector<Number> numbers, std::size_t tries, bool members) {
  std::vector<std::optional<ed25519::Point>> points(numbers.size());
  std::vector<std::size_t> missing(numbers.size());
  std::iota(missing.begin(), missing.end(), std::size_t{0});
  std::vector<Number> tried;
  for (; !missing.empty() && tries > 0; --tries) {
    tried.clear();
    for (const std::size_t i : missing) tried.push_back(numbers[i]);
    const auto found = ed25519::backend().uncompress(tried, members);
    std::size_t still = 0;
    for (std::size_t k = 0; k < found.size(); ++k) {
      const std::size_t i = missing[k];
      points[i] = found[k];
      if (found[k]) continue;
      increment(numbers[i]);
      missing[still++] = i;
    }
    missing.resize(still);
  }
  return points;
}

}  // namespace

Result<Ed25519::Element> Ed25519::of_ints(std::span<const std::uint8_t> ints) {
  if (ints.size() > max_ints) return fail("{} numbers: an Ed25519 element holds at most {}", ints.size(), max_ints);
  Number number = with_padding_0(ints);
  for (std::size_t padding = 0; padding < paddings; ++padding) {
    if (auto element = Element::from_bytes(number)) return element;
    increment(number);
  }
  return fail("no element of Ed25519 holds these numbers");
}

std::vector<std::optional<Ed25519::Element>> Ed25519::of_ints_each(std::span<const std::vector<std::uint8_t>> ints) {
  std::vector<Number> numbers;
  std::vector<std::size_t> places;
  for (std::size_t i = 0; i < ints.size(); ++i) {
    if (ints[i].size() > max_ints) continue;
    numbers.push_back(with_padding_0(ints[i]));
    places.push_back(i);
  }
  std::vector<std::optional<Element>> elements(ints.size());
  const auto points = first_points(std::move(numbers), paddings, true);
  for (std::size_t k = 0; k < points.size(); ++k)
    if (points[k]) elements[places[k]] = Element::from_subgroup_point(*points[k]);
  return elements;
}

Result<std::vector<std::uint8_t>> Ed25519::to_ints(const Element& element, std::size_t n) {
  if (n > max_ints) return fail("{} numbers: an Ed25519 element holds at most {}", n, max_ints);
  const Number number = element.bytes();
  std::vector<std::uint8_t> ints(n);
  for (std::size_t i = 0; i < n; ++i) {
    const std::size_t bit = position(i, n);
    const unsigned pair = number[bit / 8] | static_cast<unsigned>(number[bit / 8 + 1]) << 8;
    ints[i] = static_cast<std::uint8_t>(pair >> (bit % 8));
  }
  return ints;
}

bool Ed25519::is_canonical_embedding(const Element& element, std::size_t n) {
  const auto ints = to_ints(element, n);
  if (!ints) return false;
  const auto canonical = of_ints(*ints);
  return canonical && *canonical == element;
}

Ed25519::Element Ed25519::independent_generator(std::int64_t index) { return independent_generators(index, 1).front(); }

std::vector<Ed25519::Element> Ed25519::independent_generators(std::int64_t first, std::size_t count) {
  assert(first >= -1);
  std::vector<Number> numbers(count);
  for (std::size_t i = 0; i < count; ++i) {
    Number& number = numbers[i];
    std::ranges::reverse_copy(sha256(fmt::format("ggen|{}", first + static_cast<std::int64_t>(i))), number.begin());
    for (std::size_t k = 0; k < number.size(); ++k)  // >> 2
      number[k] = static_cast<std::uint8_t>(number[k] >> 2 | (k + 1 < number.size() ? number[k + 1] << 6 : 0));
  }
  std::vector<ed25519::Point> points;
  points.reserve(count);
  for (const auto& found : first_points(std::move(numbers), SIZE_MAX, false)) {
    ed25519::Point point = *found;
    for (int i = 0; i < 3; ++i) point = twice(projective(point)).point();
    points.push_back(point);
  }
  ed25519::normalize(points);
  std::vector<Element> generators;
  generators.reserve(count);
  for (const auto& point : points) {
    generators.push_back(Element::from_subgroup_point(point));
    assert(!generators.back().is_identity() && generators.back() != generator());
  }
  return generators;
}

bool Ed25519::published_less(const Element& a, const Element& b) { return a.bytes() < b.bytes(); }

}  // namespace folkmoot::group
