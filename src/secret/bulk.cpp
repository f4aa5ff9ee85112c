#include "secret/bulk.hpp"

#include <algorithm>
#include <deque>
#include <type_traits>

#include "group/all.hpp"
#include "secret/bulk_ed25519.hpp"

namespace folkmoot::secret {
namespace {

using group::Ed25519;

// From so many on, lanes and tables are worth their preparation.
constexpr std::size_t many = 16;
// What one thread does at a time: of powers, and of a product, which has some doublings for each portion.
constexpr std::size_t portion = 256, portion_of_product = 1024;

template <PrimeGroup G>
const ed25519::Bulk* in_lanes(std::size_t count) {
  return std::is_same_v<G, Ed25519> && count >= many ? ed25519::bulk() : nullptr;
}

// Calls step(first, n) for all the portions.
void in_portions(std::size_t count, const Work& work, const std::function<void(std::size_t, std::size_t)>& step,
                 std::size_t at_a_time = portion) {
  parallel_for((count + at_a_time - 1) / at_a_time, work,
               [&](std::size_t i) { step(i * at_a_time, std::min(at_a_time, count - i * at_a_time)); });
}

std::vector<Ed25519::Element> elements(std::span<const group::ed25519::Point> points) {
  std::vector<Ed25519::Element> result;
  result.reserve(points.size());
  for (const auto& point : points) result.push_back(Ed25519::Element::from_subgroup_point(point));
  return result;
}

// Element::bytes(), without a branch on the sign.
Engine<Ed25519>::Element hidden(const group::ed25519::Point& point) {
  Engine<Ed25519>::Element element{fe_to_bytes(point.Y)};
  element.bytes[31] |= static_cast<std::uint8_t>((canonical(point.X).limb[0] & 1) << 7);
  return element;
}

}  // namespace

template <PrimeGroup G>
std::vector<typename G::Element> reveal_products(std::span<const Powers<G>> powers,
                                                 std::span<const typename Engine<G>::Element> factors,
                                                 const Work& work) {
  const std::size_t count = powers.front().exponents.size();
  if constexpr (std::is_same_v<G, Ed25519>) {
    if (const auto* bulk = in_lanes<G>(count)) {
      std::deque<ed25519::FixedTable> made;
      std::vector<const ed25519::FixedTable*> tables;
      for (const auto& [base, exponents] : powers)
        tables.push_back(base->element() == G::generator() ? &ed25519::FixedTable::of_generator()
                                                           : &made.emplace_back(base->element()));
      std::vector<group::ed25519::Point> points(count);
      in_portions(count, work, [&](std::size_t first, std::size_t n) {
        std::vector<ed25519::FixedPowers> some;
        for (std::size_t k = 0; k < powers.size(); ++k)
          some.push_back({tables[k], powers[k].exponents.subspan(first, n)});
        bulk->fixed(some, factors.empty() ? factors : factors.subspan(first, n), std::span(points).subspan(first, n));
      });
      return elements(points);
    }
  }
  std::vector<typename G::Element> products(count);
  parallel_for(count, work, [&](std::size_t i) {
    SecretElement<G> product = powers.front().base->power(powers.front().exponents[i]);
    for (const auto& [base, exponents] : powers.subspan(1)) product = product * base->power(exponents[i]);
    if (!factors.empty()) product = product * SecretElement<G>(factors[i]);
    products[i] = product.reveal();
  });
  return products;
}

template <PrimeGroup G>
std::array<std::vector<typename G::Element>, 2> reveal_powers(std::span<const typename G::Element> bases,
                                                              std::span<const SecretScalar<G>> first,
                                                              std::span<const SecretScalar<G>> second,
                                                              const Work& work) {
  const std::size_t count = bases.size();
  if constexpr (std::is_same_v<G, Ed25519>) {
    if (const auto* bulk = in_lanes<G>(count)) {
      std::array<std::vector<group::ed25519::Point>, 2> points{std::vector<group::ed25519::Point>(count),
                                                               std::vector<group::ed25519::Point>(count)};
      in_portions(count, work, [&](std::size_t begin, std::size_t n) {
        const std::array exponents{first.subspan(begin, n), second.subspan(begin, n)};
        const std::array out{std::span(points[0]).subspan(begin, n), std::span(points[1]).subspan(begin, n)};
        bulk->variable(bases.subspan(begin, n), exponents, out);
      });
      return {elements(points[0]), elements(points[1])};
    }
  }
  std::vector<typename G::Element> of_first(count), of_second(count);
  parallel_for(count, work, [&](std::size_t i) {
    const Base<G> base(bases[i]);
    of_first[i] = base.power(first[i]).reveal();
    of_second[i] = base.power(second[i]).reveal();
  });
  return {std::move(of_first), std::move(of_second)};
}

template <PrimeGroup G>
SecretElement<G> product_of_powers(std::span<const typename G::Element> bases,
                                   std::span<const SecretScalar<G>> exponents, const Work& work) {
  const std::size_t count = bases.size();
  std::vector<SecretElement<G>> products((count + portion_of_product - 1) / portion_of_product);
  in_portions(
      count, work,
      [&](std::size_t first, std::size_t n) {
        SecretElement<G>& product = products[first / portion_of_product];
        if constexpr (std::is_same_v<G, Ed25519>) {
          if (const auto* bulk = in_lanes<G>(n)) {
            product = SecretElement<G>(hidden(bulk->product(bases.subspan(first, n), exponents.subspan(first, n))));
            return;
          }
        }
        for (std::size_t i = first; i < first + n; ++i) product = product * Base<G>(bases[i]).power(exponents[i]);
      },
      portion_of_product);
  SecretElement<G> all;
  for (const auto& product : products) all = all * product;
  return all;
}

#define FOLKMOOT_INSTANTIATE(G)                                                                                 \
  template std::vector<typename G::Element> reveal_products<G>(                                                 \
      std::span<const Powers<G>>, std::span<const typename Engine<G>::Element>, const Work&);                   \
  template std::array<std::vector<typename G::Element>, 2> reveal_powers<G>(                                    \
      std::span<const typename G::Element>, std::span<const SecretScalar<G>>, std::span<const SecretScalar<G>>, \
      const Work&);                                                                                             \
  template SecretElement<G> product_of_powers<G>(std::span<const typename G::Element>,                          \
                                                 std::span<const SecretScalar<G>>, const Work&);
FOLKMOOT_FOR_EACH_GROUP(FOLKMOOT_INSTANTIATE)
#undef FOLKMOOT_INSTANTIATE

}  // namespace folkmoot::secret
