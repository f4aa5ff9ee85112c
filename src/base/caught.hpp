// For threads that go on whatever happens.
#pragma once

#include <exception>
#include <type_traits>

#include "base/result.hpp"

namespace folkmoot {

// What `work`, which returns a Result, gives; a failure if it throws, as when there is no memory left.
template <class Work>
auto caught(Work&& work) -> std::invoke_result_t<Work&> {
  try {
    return work();
  } catch (const std::exception& thrown) {
    return fail("{}", thrown.what());
  }
}

}  // namespace folkmoot
