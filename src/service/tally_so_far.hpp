// How far the tally of a record has come (record/tally_so_far.hpp).
#pragma once

#include "record/tally_so_far.hpp"
#include "service/opened.hpp"

namespace folkmoot::service {

using record::read_tally_so_far;
using record::TallySoFar;

}  // namespace folkmoot::service
