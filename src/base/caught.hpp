// Work that goes on when memory is out, or a library throws.
#pragma once

#include <exception>

#include "base/result.hpp"

namespace folkmoot {

// What `work()` gives, which is a Result; where it throws, an Error that says what. For threads that nothing may end.
template <class Work>
[[nodiscard]] auto caught(const Work& work) -> decltype(work()) {
  try {
    return work();
  } catch (const std::exception& exception) {
    return fail("{}", exception.what());
  }
}

}  // namespace folkmoot
