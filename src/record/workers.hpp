// Work spread over threads, its results taken in the order in which it was given: so a report does not depend on which
// thread was faster.
#pragma once

#ifdef __wasm__
#include "record/one_worker.hpp"
#else

#include <condition_variable>
#include <deque>
#include <functional>
#include <future>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

namespace folkmoot::record {

template <class T>
using Future = std::future<T>;

class Workers {
 public:
  // 0: as many threads as the machine has cores. 1: no thread of its own, run() does the work before it returns.
  explicit Workers(unsigned threads) {
    if (threads == 0) threads = std::max(1U, std::thread::hardware_concurrency());
    size_ = threads;
    for (unsigned i = 0; threads > 1 && i < threads; ++i) {
      threads_.emplace_back([this](const std::stop_token& stop) { work(stop); });
    }
  }

  [[nodiscard]] unsigned size() const { return size_; }

  // Does `task()` some time. A task must not wait for another one.
  template <class Task>
  Future<std::invoke_result_t<Task> > run(Task task) {
    auto packaged = std::make_shared<std::packaged_task<std::invoke_result_t<Task>()> >(std::move(task));
    auto future = packaged->get_future();
    if (threads_.empty()) {
      (*packaged)();
    } else {
      {
        const std::lock_guard lock(mutex_);
        tasks_.push_back([packaged] { (*packaged)(); });
      }
      changed_.notify_one();
    }
    return future;
  }

  // Does `step(i)` once for each i < count, and returns when all are done. Not to be called by a task.
  void for_each(std::size_t count, const std::function<void(std::size_t)>& step) {
    std::vector<Future<void> > steps;
    for (std::size_t i = 0; i < count; ++i) steps.push_back(run([&step, i] { step(i); }));
    wait(steps);
    for (auto& done : steps) done.get();
  }

  // Until all are done, so that what they refer to may go, even if get() of one of them throws.
  template <class Futures>
  static void wait(const Futures& futures) {
    for (const auto& future : futures) future.wait();
  }

 private:
  void work(const std::stop_token& stop) {
    for (;;) {
      std::function<void()> task;
      {
        std::unique_lock lock(mutex_);
        if (!changed_.wait(lock, stop, [this] { return !tasks_.empty(); })) return;
        task = std::move(tasks_.front());
        tasks_.pop_front();
      }
      task();
    }
  }

  unsigned size_ = 1;
  std::mutex mutex_;
  std::condition_variable_any changed_;
  std::deque<std::function<void()> > tasks_;
  std::vector<std::jthread> threads_;  // the last member: stopped and joined before the others go
};

}  // namespace folkmoot::record

#endif
