// How long work says how far it has come.
#pragma once

#include <cstddef>
#include <functional>
#include <string_view>

namespace folkmoot {

// Called now and then, from one thread at a time: what is being done, how many of how many items are done. `total` is 0
// for work that is not counted.
using Progress = std::function<void(std::string_view what, std::size_t done, std::size_t total)>;

inline void no_progress(std::string_view, std::size_t, std::size_t) {}

}  // namespace folkmoot
