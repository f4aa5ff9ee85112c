// How long work says how far it has come (role/progress.hpp).
#pragma once

#include "role/progress.hpp"

namespace folkmoot::service {

using role::no_progress;
using role::Progress;

}  // namespace folkmoot::service
