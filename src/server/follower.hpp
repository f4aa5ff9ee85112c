// Keeps a site up with what others do: other nodes, whoever puts files into its folders, the clock.
#pragma once

#include <functional>
#include <string_view>
#include <thread>

#include "base/result.hpp"

namespace folkmoot::server {

// Follows each second, on a thread of its own, as long as it exists.
class Follower {
 public:
  // `say` is told of a failure, an exception too, once, and once that it is over: a site outlives its database. What
  // both use must outlive this.
  Follower(std::function<Status()> follow, std::function<void(std::string_view message)> say);

 private:
  std::jthread thread_;
};

}  // namespace folkmoot::server
