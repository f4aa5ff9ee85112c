#include "group/modp/codec.hpp"

#include "group/decimal.hpp"
#include "group/modp/membership.hpp"

namespace folkmoot::group::modp {

std::optional<Residue> Belenios2048Codec::take(std::string_view& text) {
  // Of 2^2040 numbers one is shorter than this; it is decoded by itself.
  constexpr std::size_t shortest = 600, longest = 617;
  const std::size_t digits = text.substr(0, longest + 1).find_first_not_of("0123456789");
  if (digits == std::string_view::npos || digits < shortest || (text[digits] != '"' && text[digits] != ','))
    return std::nullopt;
  Residue number;
  if (!read_decimal(text.substr(0, digits), number)) return std::nullopt;
  text.remove_prefix(digits + 1);
  return number;
}

std::vector<std::optional<Residue>> Belenios2048Codec::decode(std::span<const Residue> numbers) {
  return members<Belenios2048Parameters>(numbers);
}

}  // namespace folkmoot::group::modp
