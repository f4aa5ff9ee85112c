// What stands before the body of a response, as RFC 9112 has it.
#pragma once

#include "server/http.hpp"

namespace folkmoot::server {

// Which HTTP/1 the client speaks (10 or 11), and whether the connection lasts beyond this response.
struct Manner {
  unsigned version = 11;
  bool keep_alive = true;
};

// The status line, the fields and the empty line: of a response whose body has that many bytes. What the handler has
// written into the fields is taken as it is.
std::string head_of(const Response& response, std::uint64_t size, Manner manner);

}  // namespace folkmoot::server
