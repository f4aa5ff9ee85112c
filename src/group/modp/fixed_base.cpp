#include "group/modp/fixed_base.hpp"

namespace folkmoot::group::modp {
namespace {

constexpr std::size_t window = 6;
constexpr std::size_t window_powers = 63;
template <class Parameters>
constexpr std::size_t windows = (Parameters::q_bits + window - 1) / window;

}  // namespace

template <class Parameters>
FixedBase<Parameters>::FixedBase(const Element<Parameters>& base) : base_(base) {
  const Montgomery& p = field<Parameters>();
  table_.resize(windows<Parameters> * window_powers);
  Residue first = base.form();  // base^(64^i)
  for (std::size_t i = 0; i < windows<Parameters>; ++i) {
    Residue* power = &table_[i * window_powers];
    power[0] = first;
    for (std::size_t j = 1; j < window_powers; ++j) p.multiply(power[j], power[j - 1], first);
    p.multiply(first, first, power[window_powers - 1]);
  }
}

template <class Parameters>
Element<Parameters> FixedBase<Parameters>::power_vartime(const Scalar<Parameters>& exponent) const {
  const Montgomery& p = field<Parameters>();
  const auto& limb = exponent.limbs();
  Residue product = p.one();
  for (std::size_t i = 0; i < windows<Parameters>; ++i) {
    const std::size_t at = i * window;
    std::uint64_t digit = limb[at / 64] >> (at % 64);
    if (at % 64 + window > 64 && at / 64 + 1 < limb.size()) digit |= limb[at / 64 + 1] << (64 - at % 64);
    digit &= window_powers;
    if (digit != 0) p.multiply(product, product, table_[i * window_powers + digit - 1]);
  }
  return Element<Parameters>::from_subgroup_form(product);
}

template class FixedBase<Belenios2048Parameters>;
template class FixedBase<Rfc3526Parameters>;

}  // namespace folkmoot::group::modp
