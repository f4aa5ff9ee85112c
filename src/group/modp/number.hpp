// Numbers of a fixed length, as GMP's mpn functions take them: 64-bit limbs, least significant first.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace folkmoot::group::modp {

template <std::size_t N>
using Number = std::array<std::uint64_t, N>;

inline constexpr std::size_t p_limbs = 32;  // both groups: 2048 bits

}  // namespace folkmoot::group::modp
