// Workers for a machine without threads, such as WebAssembly: run() does the work before it returns.
#pragma once

#include <cstddef>
#include <type_traits>
#include <utility>

namespace folkmoot::record {

template <class T>
class Future {
 public:
  explicit Future(T value) : value_(std::move(value)) {}
  T get() { return std::move(value_); }

 private:
  T value_;
};

class Workers {
 public:
  explicit Workers(unsigned /*threads*/) {}
  [[nodiscard]] static unsigned size() { return 1; }

  template <class Task>
  Future<std::invoke_result_t<Task>> run(Task task) {
    return Future<std::invoke_result_t<Task>>(task());
  }

  template <class Futures>
  static void wait(const Futures&) {}

  template <class Step>
  static void for_each(std::size_t count, const Step& step) {
    for (std::size_t i = 0; i < count; ++i) step(i);
  }
};

}  // namespace folkmoot::record
