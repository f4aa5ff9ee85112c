#include "group/modp/group.hpp"

#include <algorithm>
#include <cassert>

#include "group/modp/arithmetic.hpp"
#include "group/modp/pippenger.hpp"
#include "group/straus.hpp"

namespace folkmoot::group {
namespace modp {
namespace {

// A number's byte, counted from the least significant.
void set_byte(Residue& number, std::size_t i, std::uint8_t byte) {
  number[i / 8] |= std::uint64_t{byte} << (8 * (i % 8));
}
std::uint8_t byte_of(const Residue& number, std::size_t i) {
  return static_cast<std::uint8_t>(number[i / 8] >> (8 * (i % 8)));
}

template <class Parameters>
Status check_size(std::size_t n) {
  if (Parameters::max_ints == 0) return fail("{} has no embedding of numbers", Parameters::name);
  if (n > Parameters::max_ints)
    return fail("{} numbers: an element of {} holds at most {}", n, Parameters::name, Parameters::max_ints);
  return {};
}

// (p − 1)/q.
template <class Parameters>
Residue cofactor() {
  Residue p_minus_1 = field<Parameters>().p();
  --p_minus_1[0];  // p is odd
  const auto& q = Scalar<Parameters>::q();
  Residue quotient{};
  auto remainder = q;
  mpn_tdiv_qr(limbs(quotient), limbs(remainder), 0, limbs(p_minus_1), p_limbs, limbs(q), q.size());
  return quotient;
}

}  // namespace

template <class Parameters>
auto Group<Parameters>::generator() -> const Element& {
  static const Element g = *Element::decode(Parameters::g);
  return g;
}

template <class Parameters>
auto Group<Parameters>::fixed_generator() -> const FixedBase& {
  static const FixedBase fixed(generator());
  return fixed;
}

template <class Parameters>
auto Group<Parameters>::power_vartime(const Element& base, const Scalar& exponent) -> Element {
  return product_of_powers_vartime({&base, 1}, {&exponent, 1});
}

template <class Parameters>
auto Group<Parameters>::product_of_powers_vartime(std::span<const Element> bases, std::span<const Scalar> exponents)
    -> Element {
  assert(bases.size() == exponents.size());
  constexpr std::size_t many = 128;  // from here on buckets are cheaper than tables (bench/group.cpp)
  return bases.size() < many ? straus::product<Arithmetic<Parameters>>(bases, exponents)
                             : pippenger<Parameters>(bases, exponents);
}

// The lowest byte is the padding, the last of the n numbers is the next.
template <class Parameters>
auto Group<Parameters>::of_ints(std::span<const std::uint8_t> ints) -> Result<Element> {
  TRY(check_size<Parameters>(ints.size()));
  Residue number{};
  for (std::size_t i = 0; i < ints.size(); ++i) set_byte(number, ints.size() - i, ints[i]);
  for (unsigned padding = 0; padding < 256; ++padding, ++number[0])
    if (auto element = Element::from_number(number)) return element;
  return fail("no element of {} holds these numbers", name);
}

template <class Parameters>
auto Group<Parameters>::to_ints(const Element& element, std::size_t n) -> Result<std::vector<std::uint8_t>> {
  TRY(check_size<Parameters>(n));
  const Residue number = element.number();
  std::vector<std::uint8_t> ints(n);
  for (std::size_t i = 0; i < n; ++i) ints[i] = byte_of(number, n - i);
  return ints;
}

template <class Parameters>
bool Group<Parameters>::is_canonical_embedding(const Element& element, std::size_t n) {
  const auto ints = to_ints(element, n);
  if (!ints) return false;
  const auto canonical = of_ints(*ints);
  return canonical && *canonical == element;
}

template <class Parameters>
auto Group<Parameters>::independent_generator(std::int64_t index) -> Element {
  assert(index >= -1);
  const Digest digest = sha256(fmt::format("ggen|{}", index));
  Residue x{};
  for (std::size_t i = 0; i < digest.size(); ++i) set_byte(x, i, digest[digest.size() - 1 - i]);
  const Montgomery& p = field<Parameters>();
  const Element h = Element::from_subgroup_form(p.from_number(p.power_of_number(x, cofactor<Parameters>())));
  assert(!h.is_identity() && h != generator());
  return h;
}

template <class Parameters>
auto Group<Parameters>::independent_generators(std::int64_t first, std::size_t count) -> std::vector<Element> {
  std::vector<Element> generators;
  generators.reserve(count);
  for (std::size_t i = 0; i < count; ++i)
    generators.push_back(independent_generator(first + static_cast<std::int64_t>(i)));
  return generators;
}

template <class Parameters>
bool Group<Parameters>::published_less(const Element& a, const Element& b) {
  const Residue x = a.number(), y = b.number();
  return mpn_cmp(limbs(x), limbs(y), p_limbs) < 0;
}

template struct Group<Belenios2048Parameters>;
template struct Group<Rfc3526Parameters>;

namespace {
template <class G, class Parameters>
std::vector<std::string> texts_of_products(const Products<G>& products) {
  std::vector<std::string> texts;
  texts.reserve(products.ends.size());
  for (const auto& element : straus::products<Arithmetic<Parameters>>(products)) texts.push_back(element.text());
  return texts;
}
}  // namespace

}  // namespace modp

std::vector<std::string> Belenios2048::compute(const Products<Belenios2048>& products) {
  return modp::texts_of_products<Belenios2048, modp::Belenios2048Parameters>(products);
}
std::vector<std::string> Rfc3526::compute(const Products<Rfc3526>& products) {
  return modp::texts_of_products<Rfc3526, modp::Rfc3526Parameters>(products);
}

}  // namespace folkmoot::group
