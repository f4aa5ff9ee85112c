// Which content coding a client takes (RFC 9110 section 12.5.3).
#pragma once

#include <string_view>

namespace folkmoot::server {

// How much the client wants that coding ("br", "gzip", "identity"), in thousandths, by its Accept-Encoding; 0 if it
// does not want it, or says nothing of it.
int wanted_encoding(std::string_view accepted, std::string_view coding);

}  // namespace folkmoot::server
