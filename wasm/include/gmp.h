// In place of GMP's header, for the browser's modules: the functions of it that src/group/modp calls.
#pragma once

#include <algorithm>

#include "library/long_number.hpp"
#include "library/secret_number.hpp"

using mp_limb_t = folkmoot::wasm::Limb;
using mp_size_t = std::ptrdiff_t;
inline constexpr int GMP_NUMB_BITS = 64;

inline mp_limb_t mpn_add_n(mp_limb_t* out, const mp_limb_t* a, const mp_limb_t* b, mp_size_t n) {
  return folkmoot::wasm::add_n(out, a, b, static_cast<std::size_t>(n));
}
inline mp_limb_t mpn_sub_n(mp_limb_t* out, const mp_limb_t* a, const mp_limb_t* b, mp_size_t n) {
  return folkmoot::wasm::sub_n(out, a, b, static_cast<std::size_t>(n));
}
inline mp_limb_t mpn_addmul_1(mp_limb_t* out, const mp_limb_t* a, mp_size_t n, mp_limb_t b) {
  return folkmoot::wasm::addmul_1(out, a, static_cast<std::size_t>(n), b);
}
inline void mpn_mul_n(mp_limb_t* out, const mp_limb_t* a, const mp_limb_t* b, mp_size_t n) {
  folkmoot::wasm::mul_n(out, a, b, static_cast<std::size_t>(n));
}
inline void mpn_sqr(mp_limb_t* out, const mp_limb_t* a, mp_size_t n) { mpn_mul_n(out, a, a, n); }
inline int mpn_cmp(const mp_limb_t* a, const mp_limb_t* b, mp_size_t n) {
  return folkmoot::wasm::cmp(a, b, static_cast<std::size_t>(n));
}
inline void mpn_tdiv_qr(mp_limb_t* quotient, mp_limb_t* remainder, mp_size_t, const mp_limb_t* a, mp_size_t an,
                        const mp_limb_t* d, mp_size_t dn) {
  folkmoot::wasm::divide(quotient, remainder, a, static_cast<std::size_t>(an), d, static_cast<std::size_t>(dn));
}

// The side-channel silent ones, whose scratch space the caller wipes.
inline mp_limb_t mpn_cnd_add_n(mp_limb_t taken, mp_limb_t* out, const mp_limb_t* a, const mp_limb_t* b, mp_size_t n) {
  return folkmoot::wasm::add_if(taken, out, a, b, static_cast<std::size_t>(n));
}
inline mp_limb_t mpn_cnd_sub_n(mp_limb_t taken, mp_limb_t* out, const mp_limb_t* a, const mp_limb_t* b, mp_size_t n) {
  return folkmoot::wasm::subtract_if(taken, out, a, b, static_cast<std::size_t>(n));
}
inline mp_size_t mpn_sec_mul_itch(mp_size_t, mp_size_t) { return 1; }
// Of two numbers of the same size.
inline void mpn_sec_mul(mp_limb_t* out, const mp_limb_t* a, mp_size_t n, const mp_limb_t* b, mp_size_t, mp_limb_t*) {
  mpn_mul_n(out, a, b, n);
}
inline mp_size_t mpn_sec_div_r_itch(mp_size_t, mp_size_t dn) { return 2 * dn; }
inline void mpn_sec_div_r(mp_limb_t* number, mp_size_t n, const mp_limb_t* d, mp_size_t dn, mp_limb_t* scratch) {
  folkmoot::wasm::remainder(number, static_cast<std::size_t>(n), d, static_cast<std::size_t>(dn), scratch);
}
inline mp_size_t mpn_sec_powm_itch(mp_size_t, std::size_t, mp_size_t n) {
  return static_cast<mp_size_t>(folkmoot::wasm::secret_power_scratch(static_cast<std::size_t>(n)));
}
inline void mpn_sec_powm(mp_limb_t* out, const mp_limb_t* base, mp_size_t, const mp_limb_t* exponent, std::size_t bits,
                         const mp_limb_t* m, mp_size_t n, mp_limb_t* scratch) {
  folkmoot::wasm::secret_power(out, base, exponent, bits, m, static_cast<std::size_t>(n), scratch);
}

using mpz_t = folkmoot::wasm::LongNumber[1];
using mpz_ptr = folkmoot::wasm::LongNumber*;
using mpz_srcptr = const folkmoot::wasm::LongNumber*;

inline void mpz_init(mpz_ptr) {}
inline void mpz_clear(mpz_ptr) {}
// Of at most 32 limbs.
inline mpz_srcptr mpz_roinit_n(mpz_ptr out, const mp_limb_t* limbs, mp_size_t n) {
  *out = {};
  std::copy_n(limbs, n, out->limb.begin());
  return out;
}
inline const mp_limb_t* mpz_limbs_read(mpz_srcptr a) { return a->limb.data(); }
inline std::size_t mpz_size(mpz_srcptr a) { return a->size(); }
inline void mpz_powm(mpz_ptr out, mpz_srcptr base, mpz_srcptr exponent, mpz_srcptr m) {
  *out = folkmoot::wasm::power(*base, *exponent, *m);
}
// For a prime m: a^(m − 2).
inline int mpz_invert(mpz_ptr out, mpz_srcptr a, mpz_srcptr m) {
  auto exponent = *m;
  const folkmoot::wasm::LongNumber two{{2}};
  folkmoot::wasm::sub_n(exponent.limb.data(), exponent.limb.data(), two.limb.data(), exponent.limb.size());
  *out = folkmoot::wasm::power(*a, exponent, *m);
  return 1;
}
inline int mpz_jacobi(mpz_srcptr a, mpz_srcptr m) { return folkmoot::wasm::jacobi(*a, *m); }
