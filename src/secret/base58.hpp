// The alphabet of credentials, seeds and uuids (specification, section 4.2).
#pragma once

#include <string_view>

#include "secret/random.hpp"
#include "secret/text.hpp"

namespace folkmoot::secret {

inline constexpr std::string_view base58_digits = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";

inline bool is_base58(std::string_view text) { return text.find_first_not_of(base58_digits) == std::string_view::npos; }

// `size` uniform base58 characters; 22 of them are 128 bits of entropy.
SecretText random_base58(std::size_t size, Random& random);

// The text without white space at its ends.
std::string_view trimmed(std::string_view text);

}  // namespace folkmoot::secret
