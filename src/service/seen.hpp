// What has been seen of a record that grows.
#pragma once

#include <mutex>
#include <span>
#include <string>
#include <vector>

#include "base/bytes.hpp"
#include "record/chain.hpp"

namespace folkmoot::service {

// For several threads, of which one notes.
class Seen {
 public:
  // The steps of the record in their order. Those that were noted before, as when it is opened again, are passed over.
  Status note(const record::Step& step) {
    const std::scoped_lock lock(mutex_);
    if (step.event.height < next_) return {};
    next_ = step.event.height + 1;
    size_ = step.end();
    last_ = step.event.type;
    if (last_ == record::EventType::ballot) trackers_.push_back(to_base64(step.payload().hash));
    return {};
  }
  // That it has come so far, by steps that bring no ballots.
  void reach(record::EventType last) {
    const std::scoped_lock lock(mutex_);
    last_ = std::max(last_, last);
  }

  // The trackers of the ballots, from the ballot with that number on (the first is 0); at most so many.
  [[nodiscard]] std::vector<std::string> trackers(std::size_t from, std::size_t most) const {
    const std::scoped_lock lock(mutex_);
    const auto all = std::span(trackers_).subspan(std::min(from, trackers_.size()));
    const auto some = all.first(std::min(most, all.size()));
    return {some.begin(), some.end()};
  }
  [[nodiscard]] std::size_t ballots() const {
    const std::scoped_lock lock(mutex_);
    return trackers_.size();
  }
  // How many bytes of the record the steps that were noted take.
  [[nodiscard]] std::uint64_t size() const {
    const std::scoped_lock lock(mutex_);
    return size_;
  }
  // Whether nothing that a voter does changes the record any more.
  [[nodiscard]] bool closed() const { return last() > record::EventType::ballot; }
  // Whether it has its result.
  [[nodiscard]] bool finished() const { return last() == record::EventType::result; }

 private:
  [[nodiscard]] record::EventType last() const {
    const std::scoped_lock lock(mutex_);
    return last_;
  }

  mutable std::mutex mutex_;
  std::int64_t next_ = 0;  // step
  std::uint64_t size_ = 0;
  record::EventType last_ = record::EventType::setup;
  std::vector<std::string> trackers_;
};

}  // namespace folkmoot::service
