// How elements of BELENIOS-2048 are decoded ahead (group/decode_ahead.hpp). In RFC-3526-2048, where a Jacobi symbol
// tells an element, there is nothing to gain.
#pragma once

#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "group/decode_ahead.hpp"
#include "group/modp/montgomery.hpp"

namespace folkmoot::group::modp {

// Decimal digits, more than a scalar has.
struct Belenios2048Codec {
  using Encoding = Residue;  // the number
  using Decoded = Residue;   // Montgomery's form
  static constexpr std::size_t most = std::size_t{1} << 13;

  static std::optional<Encoding> take(std::string_view& text);
  static std::vector<std::optional<Decoded>> decode(std::span<const Encoding> numbers);
};

}  // namespace folkmoot::group::modp
