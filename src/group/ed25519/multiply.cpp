// Powers and products of powers in Ed25519, of public values: the time they take depends on them.
#include <algorithm>
#include <bit>
#include <cassert>

#include "group/ed25519/backend.hpp"
#include "group/ed25519/group.hpp"
#include "group/ed25519/pippenger.hpp"
#include "group/straus.hpp"

namespace folkmoot::group {
namespace ed25519 {
namespace {

// Odd signed digits of five bits, at most one in any five places (the width-5 non-adjacent form), and tables of the
// odd powers 1, 3, …, 15.
struct Arithmetic {
  using Element = ed25519::Element;
  using Scalar = ed25519::Scalar;
  using Running = Completed;
  using Table = std::array<Cached, 8>;
  static constexpr std::size_t digits = 254;  // q has 253 bits, and a last digit may carry
  static constexpr std::size_t table_cost = 11;
  using Digits = std::array<std::int8_t, digits>;

  static Digits recode(const Scalar& scalar) {
    Digits out{};
    const auto& limb = scalar.limbs();
    unsigned carry = 0;
    for (std::size_t i = 0; i < digits;) {
      const std::uint64_t upper = i / 64 + 1 < 4 && i % 64 != 0 ? limb[i / 64 + 1] << (64 - i % 64) : 0;
      const unsigned window = static_cast<unsigned>((limb[i / 64] >> (i % 64) | upper) & 31) + carry;
      if (window % 2 == 0) {
        ++i;
        continue;
      }
      carry = window > 16 ? 1 : 0;
      out[i] = static_cast<std::int8_t>(static_cast<int>(window) - static_cast<int>(32 * carry));
      i += 5;
    }
    return out;
  }
  static Running start(const Element& element) {
    const Point p = element.point();
    return Point{} + cached(p);
  }
  static Running one() { return {}; }
  static void square(Running& running) { running = twice(running.projective()); }
  static void multiply(Running& running, const Table& table, int digit) {
    if (digit > 0) {
      running = running.point() + table[static_cast<std::size_t>(digit / 2)];
    } else {
      running = running.point() - table[static_cast<std::size_t>(-digit / 2)];
    }
  }
  static Table table(const Running& base) {
    Table powers;
    Point p = base.point();
    powers[0] = cached(p);
    const Cached p2 = cached(twice(projective(p)).point());
    for (std::size_t i = 1; i < powers.size(); ++i) {
      p = (p + p2).point();
      powers[i] = cached(p);
    }
    return powers;
  }
  static Element finish(const Running& running) { return Element::from_subgroup_point(running.point()); }
};

std::vector<Point> products(const Products<Ed25519>& batch) {
  std::vector<Point> points;
  points.reserve(batch.ends.size());
  for (const Element& element : straus::products<Arithmetic>(batch)) points.push_back(element.point());
  normalize(points);
  return points;
}

std::vector<std::optional<Point>> uncompress_all(std::span<const Encoding> encodings, bool members) {
  std::vector<std::optional<Point>> points;
  points.reserve(encodings.size());
  for (const Encoding& encoding : encodings) {
    points.push_back(uncompress(encoding));
    if (members && points.back() && !in_subgroup(*points.back())) points.back().reset();
  }
  return points;
}

}  // namespace

const Backend portable_backend{"portable", products, uncompress_all, pippenger};

}  // namespace ed25519

const Ed25519::Element& Ed25519::generator() {
  // y = 4/5, and the x that is even (RFC 8032, section 5.1).
  static const Element g = *Element::from_bytes(ed25519::fe_to_bytes(ed25519::Fe{{4}} * ed25519::invert({{5}})));
  return g;
}

const Ed25519::FixedBase& Ed25519::fixed_generator() {
  static const FixedBase fixed(generator());
  return fixed;
}

Ed25519::Element Ed25519::power_vartime(const Element& base, const Scalar& exponent) {
  return product_of_powers_vartime({&base, 1}, {&exponent, 1});
}

Ed25519::Element Ed25519::product_of_powers_vartime(std::span<const Element> bases, std::span<const Scalar> exponents) {
  assert(bases.size() == exponents.size());
  constexpr std::size_t many = 128;  // from here on buckets are cheaper than tables (bench/group.cpp)
  if (bases.size() >= many) return Element::from_subgroup_point(ed25519::backend().product(bases, exponents));
  return straus::product<ed25519::Arithmetic>(bases, exponents);
}

ed25519::Texts Ed25519::compute(const Products<Ed25519>& products) {
  return ed25519::Texts(ed25519::backend().products(products));
}

std::vector<Ed25519::Element> Ed25519::compute_elements(const Products<Ed25519>& products) {
  std::vector<Element> elements;
  elements.reserve(products.ends.size());
  for (const auto& point : ed25519::backend().products(products))
    elements.push_back(Element::from_subgroup_point(point));
  return elements;
}

}  // namespace folkmoot::group
