// The field of 2^255 − 19 elements, portable: five limbs of 51 bits and products of 128 bits.
#pragma once

#include <array>
#include <cstdint>

namespace folkmoot::group::ed25519 {

// The number Σ limb[i]·2^(51·i) modulo p. Limbs may exceed 51 bits; field.cpp says by how much, and why none overflows.
struct Fe {
  std::array<std::uint64_t, 5> limb{};
};

}  // namespace folkmoot::group::ed25519
