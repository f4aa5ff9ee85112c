// What the returning officer decides before a count.
#pragma once

#include <cstddef>

#include "count/lots.hpp"

namespace folkmoot::count {

struct Options {
  std::size_t seats = 0;  // 0: as many as the contest says
  DrawLot lots = no_lots();
};

}  // namespace folkmoot::count
