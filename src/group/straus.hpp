// Products of powers of bases that vary, by Straus's method: the exponents are written in digits, the squarings are
// shared by all factors, and each digit costs one multiplication by an entry of its base's table. One text for all
// groups; an Arithmetic says how a group does it:
//
//   Element, Scalar, Running   of the group; the running product in the form in which squaring is cheapest
//   digits                     how many digits an exponent has
//   Digits                     an array of them: exponent = Σ digit[i]·2^i, each digit 0 or a table's
//   recode(scalar)             the Digits
//   Table                      the powers of a base that digits stand for
//   table(running)             makes one
//   table_cost                 what that costs, in squarings
//   start(element), one(), square(running), multiply(running, table, digit), finish(running)
#pragma once

#include <algorithm>
#include <cassert>
#include <cmath>
#include <optional>
#include <span>
#include <vector>

#include "group/batch.hpp"

namespace folkmoot::group::straus {

// A base that is about to be raised to a number of powers. For more than one, the exponent is cut into rows of `length`
// digits, and row r has a table of base^(2^(r·length)) of its own: only `length` squarings are left then for each
// product, at the price of squaring the base `digits` times once.
template <class Arithmetic>
class Base {
 public:
  Base(const typename Arithmetic::Element& base, std::size_t uses) {
    // The squarings for r rows are digits·(1 + (uses − 1)/r) + r·table_cost: least for this r.
    constexpr double most_rows = 16;  // keeps tables in the cache; little is left to gain
    const double best =
        std::sqrt(static_cast<double>((uses - 1) * Arithmetic::digits) / static_cast<double>(Arithmetic::table_cost));
    const auto rows = static_cast<std::size_t>(std::clamp(std::round(best), 1.0, most_rows));
    length = (Arithmetic::digits + rows - 1) / rows;
    auto power = Arithmetic::start(base);
    tables.push_back(Arithmetic::table(power));
    while (tables.size() < rows) {
      for (std::size_t i = 0; i < length; ++i) Arithmetic::square(power);
      tables.push_back(Arithmetic::table(power));
    }
  }

  std::size_t length;
  std::vector<typename Arithmetic::Table> tables;
};

template <class Arithmetic>
struct Factor {
  const Base<Arithmetic>* base;
  typename Arithmetic::Digits digits;
};

// Π base^exponent.
template <class Arithmetic>
typename Arithmetic::Element product(std::span<const Factor<Arithmetic>> factors) {
  std::size_t length = 0;
  for (const auto& factor : factors) length = std::max(length, factor.base->length);
  auto running = Arithmetic::one();
  bool begun = false;
  for (std::size_t i = length; i-- > 0;) {
    if (begun) Arithmetic::square(running);
    for (const auto& [base, digits] : factors) {
      if (i >= base->length) continue;
      for (std::size_t row = 0, at = i; row < base->tables.size() && at < digits.size(); ++row, at += base->length)
        if (digits[at] != 0) {
          Arithmetic::multiply(running, base->tables[row], digits[at]);
          begun = true;
        }
    }
  }
  return Arithmetic::finish(running);
}

// Π bases[i]^exponents[i], each base used once.
template <class Arithmetic>
typename Arithmetic::Element product(std::span<const typename Arithmetic::Element> bases,
                                     std::span<const typename Arithmetic::Scalar> exponents) {
  assert(bases.size() == exponents.size());
  std::vector<Base<Arithmetic>> tables;
  tables.reserve(bases.size());
  for (const auto& base : bases) tables.emplace_back(base, 1);
  std::vector<Factor<Arithmetic>> factors;
  factors.reserve(bases.size());
  for (std::size_t i = 0; i < bases.size(); ++i) factors.push_back({&tables[i], Arithmetic::recode(exponents[i])});
  return product<Arithmetic>(factors);
}

// The products of a batch, one after the other. A base's tables live from its first use to its last.
template <class Arithmetic, class G>
std::vector<typename G::Element> products(const Products<G>& batch) {
  constexpr std::uint32_t g = 0, y = 1, first = 2;
  std::vector<std::size_t> uses(batch.bases.size());
  for (const TermRef& term : batch.terms)
    if (term.base >= first) ++uses[term.base - first];
  auto uses_left = uses;
  std::vector<std::optional<Base<Arithmetic>>> bases(batch.bases.size());

  std::vector<typename G::Element> results;
  results.reserve(batch.ends.size());
  std::vector<Factor<Arithmetic>> factors;
  std::size_t begin = 0;
  for (const std::size_t end : batch.ends) {
    const auto terms = std::span(batch.terms).subspan(begin, end - begin);
    begin = end;
    typename G::Element fixed;
    factors.clear();
    for (const auto& [base, exponent] : terms) {
      const auto& scalar = batch.exponents[exponent];
      if (base == g) {
        fixed = fixed * G::fixed_generator().power_vartime(scalar);
      } else if (base == y) {
        fixed = fixed * batch.y->power_vartime(scalar);
      } else {
        const std::size_t number = base - first;
        if (!bases[number]) bases[number].emplace(batch.bases[number], uses[number]);
        factors.push_back({&*bases[number], Arithmetic::recode(scalar)});
      }
    }
    results.push_back(factors.empty() ? fixed : fixed * product<Arithmetic>(factors));
    for (const auto& term : terms)
      if (term.base >= first && --uses_left[term.base - first] == 0) bases[term.base - first].reset();
  }
  return results;
}

}  // namespace folkmoot::group::straus
