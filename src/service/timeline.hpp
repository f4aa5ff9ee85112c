// The acts about a thing, a page at a time.
#pragma once

#include "service/acts.hpp"

namespace folkmoot::service {

struct Page {
  std::uint64_t from = 0;  // the number of the first act that is wanted
  std::int64_t most = 0;   // acts
};

// As timeline() of acts.hpp, which gives all of them.
Result<std::vector<Numbered>> timeline(database::Database& database, const std::string& thing, Page page);

}  // namespace folkmoot::service
