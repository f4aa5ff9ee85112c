// Long natural numbers in 64-bit limbs, least significant first, with the part of GMP's interface that src/group/modp
// uses: GMP is no package for WebAssembly. wasm/include/gmp.h gives these GMP's names; tests/wasm holds them against
// it. They take public values only: their time depends on them.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace folkmoot::wasm {

using Limb = std::uint64_t;

// out = a + b and a − b, of n limbs each; the carry or borrow is returned. `out` may be an argument.
Limb add_n(Limb* out, const Limb* a, const Limb* b, std::size_t n);
Limb sub_n(Limb* out, const Limb* a, const Limb* b, std::size_t n);
// out += a·b; the carry is returned.
Limb addmul_1(Limb* out, const Limb* a, std::size_t n, Limb b);
// out = a·b, of n limbs each and 2n; out is none of the arguments.
void mul_n(Limb* out, const Limb* a, const Limb* b, std::size_t n);
// −1, 0 or 1.
int cmp(const Limb* a, const Limb* b, std::size_t n);
// quotient (an − dn + 1 limbs) and remainder (dn limbs) of a by d, whose highest limb is not 0; an ≥ dn.
void divide(Limb* quotient, Limb* remainder, const Limb* a, std::size_t an, const Limb* d, std::size_t dn);

// A number below 2^2048.
struct LongNumber {
  std::array<Limb, 32> limb{};
  [[nodiscard]] std::size_t size() const;  // in limbs, without leading zeros
};

// base^exponent modulo the odd number m; base < m, m > 1.
LongNumber power(const LongNumber& base, const LongNumber& exponent, const LongNumber& m);
// The Jacobi symbol of a and the odd number m > 1; a < m.
int jacobi(LongNumber a, LongNumber m);

}  // namespace folkmoot::wasm
