// How the 2048-bit groups do Straus's method (group/straus.hpp).
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "group/modp/element.hpp"
#include "group/modp/scalar.hpp"

namespace folkmoot::group::modp {

// Odd digits of `width` bits, at most one in any `width` places (a sliding window), and tables of the odd powers.
template <class Parameters>
struct Arithmetic {
  using Element = modp::Element<Parameters>;
  using Scalar = modp::Scalar<Parameters>;
  using Running = Residue;
  static constexpr std::size_t digits = Parameters::q_bits;
  static constexpr std::size_t width = digits < 1000 ? 5 : 7;
  static constexpr std::size_t table_cost = std::size_t{1} << (width - 1);
  using Table = std::vector<Residue>;
  using Digits = std::array<std::uint8_t, digits>;

  static Digits recode(const Scalar& scalar) {
    Digits out{};
    const auto& limb = scalar.limbs();
    for (std::size_t i = 0; i < digits;) {
      const std::uint64_t upper = i / 64 + 1 < limb.size() && i % 64 != 0 ? limb[i / 64 + 1] << (64 - i % 64) : 0;
      const std::uint64_t window = (limb[i / 64] >> (i % 64) | upper) & ((1u << width) - 1);
      if (window % 2 == 0) {
        ++i;
        continue;
      }
      out[i] = static_cast<std::uint8_t>(window);
      i += width;
    }
    return out;
  }
  static Running start(const Element& element) { return element.form(); }
  static Running one() { return field<Parameters>().one(); }
  static void square(Running& running) { field<Parameters>().square(running, running); }
  static void multiply(Running& running, const Table& table, int digit) {
    field<Parameters>().multiply(running, running, table[static_cast<std::size_t>(digit / 2)]);
  }
  static Table table(const Running& base) {
    Table powers(std::size_t{1} << (width - 1));
    powers[0] = base;
    Residue base2;
    field<Parameters>().square(base2, base);
    for (std::size_t i = 1; i < powers.size(); ++i) field<Parameters>().multiply(powers[i], powers[i - 1], base2);
    return powers;
  }
  static Element finish(const Running& running) { return Element::from_subgroup_form(running); }
};

}  // namespace folkmoot::group::modp
