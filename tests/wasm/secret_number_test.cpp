// The secret long numbers of the browser's modules beside GMP's side-channel silent functions.
#include <gmp.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "group/all.hpp"
#include "library/secret_number.hpp"

namespace folkmoot::wasm {
namespace {

using Numbers = std::vector<Limb>;

// GMP's limbs have another type of the same size.
mp_limb_t* gmp(Numbers& number) { return reinterpret_cast<mp_limb_t*>(number.data()); }

// Limbs of all zeros and all ones are where carries go far.
Numbers any_number(std::size_t size) {
  Numbers number(size);
  for (Limb& limb : number) {
    const int kind = *rc::gen::inRange(0, 4);
    limb = kind == 0 ? 0 : kind == 1 ? ~Limb{0} : *rc::gen::arbitrary<Limb>();
  }
  return number;
}
Numbers any_modulus(std::size_t size) {
  Numbers number = any_number(size);
  number.front() |= 1;
  number.back() |= Limb{1} << *rc::gen::inRange(1, 64);
  return number;
}

RC_GTEST_PROP(WasmSecretNumber, adds_and_subtracts_if_asked, ()) {
  const auto n = *rc::gen::inRange<std::size_t>(1, 33);
  Numbers a = any_number(n), b = any_number(n), mine(n), expected(n);
  const auto size = static_cast<mp_size_t>(n);
  for (const Limb taken : {0, 1}) {
    RC_ASSERT(add_if(taken, mine.data(), a.data(), b.data(), n) ==
              mpn_cnd_add_n(taken, gmp(expected), gmp(a), gmp(b), size));
    RC_ASSERT(mine == expected);
    RC_ASSERT(subtract_if(taken, mine.data(), a.data(), b.data(), n) ==
              mpn_cnd_sub_n(taken, gmp(expected), gmp(a), gmp(b), size));
    RC_ASSERT(mine == expected);
  }
}

RC_GTEST_PROP(WasmSecretNumber, divides_as_gmp, ()) {
  const auto dn = *rc::gen::inRange<std::size_t>(1, 9);
  const auto n = dn + *rc::gen::inRange<std::size_t>(0, 9);
  Numbers d = any_modulus(dn), mine = any_number(n), scratch(2 * dn);
  Numbers expected = mine;
  const auto size = static_cast<mp_size_t>(n), d_size = static_cast<mp_size_t>(dn);
  Numbers gmp_scratch(static_cast<std::size_t>(mpn_sec_div_r_itch(size, d_size)));
  mpn_sec_div_r(gmp(expected), size, gmp(d), d_size, gmp(gmp_scratch));
  remainder(mine.data(), n, d.data(), dn, scratch.data());
  mine.resize(dn);
  expected.resize(dn);
  RC_ASSERT(mine == expected);
}

RC_GTEST_PROP(WasmSecretNumber, raises_to_powers_as_gmp, ()) {
  const auto n = *rc::gen::inRange<std::size_t>(1, 9);
  const auto bits = *rc::gen::inRange<std::size_t>(1, 300);
  Numbers m = any_modulus(n), base = any_number(n), exponent = any_number((bits + 63) / 64);
  Numbers scratch(std::max(2 * n, secret_power_scratch(n)));
  remainder(base.data(), n, m.data(), n, scratch.data());
  if (bits % 64 != 0) exponent.back() &= (Limb{1} << bits % 64) - 1;
  Numbers mine(n), expected(n);
  const auto size = static_cast<mp_size_t>(n);
  Numbers gmp_scratch(static_cast<std::size_t>(mpn_sec_powm_itch(size, bits, size)));
  mpn_sec_powm(gmp(expected), gmp(base), size, gmp(exponent), bits, gmp(m), size, gmp(gmp_scratch));
  secret_power(mine.data(), base.data(), exponent.data(), bits, m.data(), n, scratch.data());
  RC_ASSERT(mine == expected);
}

// The generators of the groups that there are, with exponents as long as theirs.
template <class Parameters>
void raise_generator() {
  constexpr std::size_t n = group::modp::p_limbs;
  Numbers m(n), base(n), mine(n), expected(n), scratch(secret_power_scratch(n));
  std::copy_n(group::modp::limbs(group::modp::field<Parameters>().p()), n, gmp(m));
  base[0] = 2;
  Numbers exponent((Parameters::q_bits + 63) / 64, 0x0123456789abcdef);
  constexpr auto size = static_cast<mp_size_t>(n);
  Numbers gmp_scratch(static_cast<std::size_t>(mpn_sec_powm_itch(size, Parameters::q_bits, size)));
  mpn_sec_powm(gmp(expected), gmp(base), size, gmp(exponent), Parameters::q_bits, gmp(m), size, gmp(gmp_scratch));
  secret_power(mine.data(), base.data(), exponent.data(), Parameters::q_bits, m.data(), n, scratch.data());
  EXPECT_EQ(mine, expected);
}

TEST(WasmSecretNumber, raises_to_powers_modulo_the_groups_primes) {
  raise_generator<group::modp::Belenios2048Parameters>();
  raise_generator<group::modp::Rfc3526Parameters>();
}

}  // namespace
}  // namespace folkmoot::wasm
