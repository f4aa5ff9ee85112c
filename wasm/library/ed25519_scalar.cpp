// Secret integers modulo q = 2^252 + c, the order of Ed25519's group.
#include <cstddef>

#include "library/ed25519.hpp"

namespace folkmoot::wasm {
namespace {

// In 32-bit limbs, least significant first.
template <std::size_t N>
using Limbs = std::array<std::uint32_t, N>;

constexpr Limbs<4> c{0x5cf5d3ed, 0x5812631a, 0xa2f79cd6, 0x14def9de};
constexpr Limbs<8> q{c[0], c[1], c[2], c[3], 0, 0, 0, 0x10000000};

// a + b and a − b modulo 2^256, b being shorter or equally long. The mask says whether b is to be taken at all.
template <std::size_t N>
Limbs<8> add(Limbs<8> a, const Limbs<N>& b, std::uint32_t mask = ~std::uint32_t{0}) {
  std::uint64_t carry = 0;
  for (std::size_t i = 0; i < 8; ++i) {
    carry += std::uint64_t{a[i]} + (i < N ? b[i] & mask : 0);
    a[i] = static_cast<std::uint32_t>(carry);
    carry >>= 32;
  }
  return a;
}
template <std::size_t N>
Limbs<8> subtract(Limbs<8> a, const Limbs<N>& b, std::uint32_t& borrowed) {
  std::uint64_t borrow = 0;
  for (std::size_t i = 0; i < 8; ++i) {
    const std::uint64_t difference = std::uint64_t{a[i]} - (i < N ? b[i] : 0) - borrow;
    a[i] = static_cast<std::uint32_t>(difference);
    borrow = difference >> 63;
  }
  borrowed = 0 - static_cast<std::uint32_t>(borrow);
  return a;
}
template <std::size_t N>
Limbs<8> subtract(const Limbs<8>& a, const Limbs<N>& b) {
  std::uint32_t borrowed = 0;
  return subtract(a, b, borrowed);
}

// a, less q if it is not below q.
Limbs<8> reduce_once(const Limbs<8>& a) {
  std::uint32_t below = 0;
  const auto less = subtract(a, q, below);
  return add(less, q, below);
}

template <std::size_t N, std::size_t M>
Limbs<N + M> multiply(const Limbs<N>& a, const Limbs<M>& b) {
  Limbs<N + M> product{};
  for (std::size_t i = 0; i < N; ++i) {
    std::uint64_t carry = 0;
    for (std::size_t j = 0; j < M; ++j) {
      carry += std::uint64_t{a[i]} * b[j] + product[i + j];
      product[i + j] = static_cast<std::uint32_t>(carry);
      carry >>= 32;
    }
    product[i + M] = static_cast<std::uint32_t>(carry);
  }
  return product;
}

// a mod 2^252 and a div 2^252.
template <std::size_t N>
Limbs<8> low252(const Limbs<N>& a) {
  return {a[0], a[1], a[2], a[3], a[4], a[5], a[6], a[7] & 0x0fffffff};
}
template <std::size_t N>
Limbs<N - 7> high252(const Limbs<N>& a) {
  Limbs<N - 7> high{};
  for (std::size_t i = 0; i < N - 7; ++i) high[i] = a[i + 7] >> 28 | (i + 8 < N ? a[i + 8] << 4 : 0);
  return high;
}

// x mod q, as group/ed25519/scalar.cpp has it: folded three times by 2^252 ≡ −c, made positive by 2q, which leaves it
// below 2^255, and reduced by what is then at most 5 subtractions. Here all of them are made.
Limbs<8> reduce(const Limbs<16>& x) {
  const auto y = multiply(high252(x), c);
  const auto z = multiply(high252(y), c);
  const auto z1c = multiply(high252(z), c);
  auto sum = add(add(add(low252(x), low252(z)), q), q);
  sum = subtract(subtract(sum, low252(y)), z1c);
  for (int i = 0; i < 7; ++i) sum = reduce_once(sum);
  return sum;
}

template <std::size_t N>
Limbs<N / 4> limbs_of(const std::array<std::uint8_t, N>& bytes) {
  Limbs<N / 4> limbs{};
  for (std::size_t i = 0; i < N; ++i) limbs[i / 4] |= std::uint32_t{bytes[i]} << (8 * (i % 4));
  return limbs;
}
Bytes32 bytes_of(const Limbs<8>& limbs) {
  Bytes32 bytes;
  for (std::size_t i = 0; i < 32; ++i) bytes[i] = static_cast<std::uint8_t>(limbs[i / 4] >> (8 * (i % 4)));
  return bytes;
}

}  // namespace

Bytes32 scalar_reduce(const Bytes64& number) { return bytes_of(reduce(limbs_of(number))); }
Bytes32 scalar_add(const Bytes32& a, const Bytes32& b) { return bytes_of(reduce_once(add(limbs_of(a), limbs_of(b)))); }
Bytes32 scalar_subtract(const Bytes32& a, const Bytes32& b) {
  return bytes_of(reduce_once(subtract(add(limbs_of(a), q), limbs_of(b))));
}
Bytes32 scalar_multiply(const Bytes32& a, const Bytes32& b) {
  return bytes_of(reduce(multiply(limbs_of(a), limbs_of(b))));
}

void wipe(void* memory, std::size_t size) {
  volatile unsigned char* bytes = static_cast<unsigned char*>(memory);
  for (std::size_t i = 0; i < size; ++i) bytes[i] = 0;
}

}  // namespace folkmoot::wasm
