#pragma once

#include "base/result.hpp"

namespace folkmoot::service {

// What came of something that a person asked for. The outer error: it could not be done, and may be tried again. The
// inner: it is refused, and why.
template <class T>
using Answer = Result<Result<T>>;

}  // namespace folkmoot::service
