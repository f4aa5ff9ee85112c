// How far the tally of a record has come (record/tally_so_far.hpp).
#pragma once

#include "record/tally_so_far.hpp"
#include "secret/work.hpp"
#include "service/opened.hpp"

namespace folkmoot::service {

using record::read_tally_so_far;
using record::TallySoFar;
using secret::on_all_threads;

}  // namespace folkmoot::service
