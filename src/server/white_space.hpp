// The white space that may stand around the parts of a header (RFC 9110 section 5.6.3).
#pragma once

#include <string_view>

namespace folkmoot::server {

inline std::string_view trimmed(std::string_view text) {
  while (text.starts_with(' ') || text.starts_with('\t')) text.remove_prefix(1);
  while (text.ends_with(' ') || text.ends_with('\t')) text.remove_suffix(1);
  return text;
}

}  // namespace folkmoot::server
