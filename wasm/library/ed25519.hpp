// Ed25519 with secret numbers, in constant time: libsodium is no package for WebAssembly. wasm/include/sodium.h gives
// these functions libsodium's names; tests/wasm holds them against it.
//
// Nothing here branches on a value or uses one as an address; whether an engine compiles WebAssembly's multiplications
// and selections to instructions of constant time is that engine's affair, as it is with any code for a browser.
//
// Numbers are little-endian, elements in RFC 8032's encoding and in the group of order q: the caller's to know.
#pragma once

#include <array>
#include <cstdint>

namespace folkmoot::wasm {

using Bytes32 = std::array<std::uint8_t, 32>;
using Bytes64 = std::array<std::uint8_t, 64>;

// Modulo q; the arguments of the latter three are below q.
Bytes32 scalar_reduce(const Bytes64& number);
Bytes32 scalar_add(const Bytes32& a, const Bytes32& b);
Bytes32 scalar_subtract(const Bytes32& a, const Bytes32& b);
Bytes32 scalar_multiply(const Bytes32& a, const Bytes32& b);

// a·b, and base^exponent, of a number below q.
Bytes32 element_multiply(const Bytes32& a, const Bytes32& b);
Bytes32 element_power(const Bytes32& base, const Bytes32& exponent);
Bytes32 generator_power(const Bytes32& exponent);

// Overwrites what a compiler might leave, as it is not read again.
void wipe(void* memory, std::size_t size);

}  // namespace folkmoot::wasm
