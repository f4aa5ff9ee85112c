// In place of libsodium's header, for the browser's modules: the functions of it that src/secret calls there.
#pragma once

#include <algorithm>
#include <cstring>

#include "library/ed25519.hpp"

// The browser's crypto.getRandomValues: the one function of the page that a module with secrets calls.
extern "C" [[clang::import_module("page"), clang::import_name("random")]] void folkmoot_random(void* out,
                                                                                               std::size_t size);

namespace folkmoot::wasm {
template <std::size_t N>
std::array<std::uint8_t, N> bytes_at(const unsigned char* bytes) {
  std::array<std::uint8_t, N> copy;
  std::copy_n(bytes, N, copy.begin());
  return copy;
}
template <std::size_t N>
int give(unsigned char* out, const std::array<std::uint8_t, N>& bytes) {
  std::ranges::copy(bytes, out);
  return 0;
}
}  // namespace folkmoot::wasm

inline int sodium_init() { return 0; }
inline void randombytes_buf(void* out, std::size_t size) { folkmoot_random(out, size); }
inline void sodium_memzero(void* memory, std::size_t size) { folkmoot::wasm::wipe(memory, size); }
inline int sodium_memcmp(const void* a, const void* b, std::size_t size) {
  unsigned difference = 0;
  for (std::size_t i = 0; i < size; ++i) {
    difference |= static_cast<const unsigned char*>(a)[i] ^ static_cast<const unsigned char*>(b)[i];
  }
  return static_cast<int>((difference - 1) >> 31 & 1) - 1;
}
inline int sodium_is_zero(const unsigned char* bytes, std::size_t size) {
  unsigned any = 0;
  for (std::size_t i = 0; i < size; ++i) any |= bytes[i];
  return static_cast<int>((any - 1) >> 31 & 1);
}
// In constant time, as the original: no digit is looked up.
inline char* sodium_bin2hex(char* out, std::size_t, const unsigned char* bytes, std::size_t size) {
  const auto digit = [](unsigned value) { return static_cast<char>(value + 87 - ((value - 10) >> 8 & 39)); };
  for (std::size_t i = 0; i < size; ++i) {
    out[2 * i] = digit(bytes[i] >> 4);
    out[2 * i + 1] = digit(bytes[i] & 15);
  }
  out[2 * size] = '\0';
  return out;
}

inline void crypto_core_ed25519_scalar_reduce(unsigned char* out, const unsigned char* number) {
  folkmoot::wasm::give(out, folkmoot::wasm::scalar_reduce(folkmoot::wasm::bytes_at<64>(number)));
}
#define FOLKMOOT_OF_TWO(NAME, RETURNS, FUNCTION)                                            \
  inline RETURNS NAME(unsigned char* out, const unsigned char* a, const unsigned char* b) { \
    using namespace folkmoot::wasm;                                                         \
    return static_cast<RETURNS>(give(out, FUNCTION(bytes_at<32>(a), bytes_at<32>(b))));     \
  }
FOLKMOOT_OF_TWO(crypto_core_ed25519_scalar_add, void, scalar_add)
FOLKMOOT_OF_TWO(crypto_core_ed25519_scalar_sub, void, scalar_subtract)
FOLKMOOT_OF_TWO(crypto_core_ed25519_scalar_mul, void, scalar_multiply)
FOLKMOOT_OF_TWO(crypto_core_ed25519_add, int, element_multiply)
#undef FOLKMOOT_OF_TWO
inline int crypto_scalarmult_ed25519_noclamp(unsigned char* out, const unsigned char* exponent,
                                             const unsigned char* base) {
  using namespace folkmoot::wasm;
  return give(out, element_power(bytes_at<32>(base), bytes_at<32>(exponent)));
}
inline int crypto_scalarmult_ed25519_base_noclamp(unsigned char* out, const unsigned char* exponent) {
  using namespace folkmoot::wasm;
  return give(out, generator_power(bytes_at<32>(exponent)));
}
