// Secrets in base58: credentials, seeds, uuids (specification, section 4.2).
#pragma once

#include <string_view>

#include "base/base58.hpp"
#include "secret/random.hpp"
#include "secret/text.hpp"

namespace folkmoot::secret {

// `size` uniform base58 characters; 22 of them are 128 bits of entropy.
SecretText random_base58(std::size_t size, Random& random);

// The text without white space at its ends.
std::string_view trimmed(std::string_view text);

}  // namespace folkmoot::secret
