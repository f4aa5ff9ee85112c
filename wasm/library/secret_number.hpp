// Long numbers that are secret, with the part of GMP's side-channel silent functions that src/secret uses:
// wasm/include/gmp.h gives these GMP's names; tests/wasm holds them against it. As in ed25519.hpp, nothing branches on
// a value or uses one as an address. Of long_number.hpp that holds for add_n, sub_n, addmul_1 and mul_n.
#pragma once

#include "library/long_number.hpp"

namespace folkmoot::wasm {

// out = a + b, or a − b, if `taken` is 1; a if it is 0. The carry or borrow is returned. `out` may be an argument.
Limb add_if(Limb taken, Limb* out, const Limb* a, const Limb* b, std::size_t n);
Limb subtract_if(Limb taken, Limb* out, const Limb* a, const Limb* b, std::size_t n);

// number[0..dn) = number mod d; the rest is used up. The highest limb of d is not 0. `scratch` has 2·dn limbs.
void remainder(Limb* number, std::size_t n, const Limb* d, std::size_t dn, Limb* scratch);

// out = base^exponent mod m, for an odd m of n limbs, a base below it, and an exponent below 2^bits.
void secret_power(Limb* out, const Limb* base, const Limb* exponent, std::size_t bits, const Limb* m, std::size_t n,
                  Limb* scratch);
constexpr std::size_t secret_power_scratch(std::size_t n) { return 21 * n; }

}  // namespace folkmoot::wasm
