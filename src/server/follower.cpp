#include "server/follower.hpp"

#include <condition_variable>
#include <mutex>

#include "base/caught.hpp"

namespace folkmoot::server {
namespace {

// Gives false when it is to stop.
bool wait(const std::stop_token& stop) {
  std::mutex mutex;
  std::unique_lock lock(mutex);
  std::condition_variable_any stopped;
  return !stopped.wait_for(lock, stop, std::chrono::seconds(1), [&] { return stop.stop_requested(); });
}

}  // namespace

Follower::Follower(std::function<Status()> follow, std::function<void(std::string_view message)> say)
    : thread_([follow = std::move(follow), say = std::move(say)](const std::stop_token& stop) {
        std::string said;
        while (wait(stop)) {
          const Status followed = caught(follow);
          std::string failure = followed ? "" : followed.error().message;
          if (failure != said) say(failure.empty() ? "it can be done again" : failure);
          said = std::move(failure);
        }
      }) {}

}  // namespace folkmoot::server
