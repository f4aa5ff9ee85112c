// What stands after '?' in an address (application/x-www-form-urlencoded).
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace folkmoot::server {

// The value of that field, the first if there are several; nothing if there is none. Fails if it is not a UTF-8 text
// without a zero, or longer than 4096 bytes.
Result<std::optional<std::string>> query_field(std::string_view query, std::string_view name);

}  // namespace folkmoot::server
