// Keeps a node's records up with those of the other nodes.
#pragma once

#include <functional>
#include <string_view>
#include <thread>

#include "server/elections.hpp"

namespace folkmoot::server {

// Takes what other nodes add, each second, on a thread of its own, as long as it exists.
class Follower {
 public:
  // `say` is told of a failure once, and once that it is over: nodes outlive their database. Both must outlive this.
  Follower(const Elections& elections, std::function<void(std::string_view message)> say);

 private:
  std::jthread thread_;
};

}  // namespace folkmoot::server
