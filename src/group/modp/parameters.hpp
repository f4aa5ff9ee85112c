// What sets BELENIOS-2048 and RFC-3526-2048 apart: the parameters of the specification's sections 5.1.1 and 5.1.2.
#pragma once

#include <cstddef>
#include <string_view>

namespace folkmoot::group::modp {

struct Belenios2048Parameters {
  static constexpr std::string_view name = "BELENIOS-2048";
  static const std::string_view p, q, g;  // decimal
  static constexpr std::size_t q_bits = 256;
  static constexpr bool cofactor_is_2 = false;
  static constexpr std::size_t max_ints = 0;  // no embedding
};

struct Rfc3526Parameters {
  static constexpr std::string_view name = "RFC-3526-2048";
  static const std::string_view p, q, g;
  static constexpr std::size_t q_bits = 2047;
  static constexpr bool cofactor_is_2 = true;   // p = 2q + 1
  static constexpr std::size_t max_ints = 255;  // of 8 bits each, with 8 bits of padding
};

}  // namespace folkmoot::group::modp
