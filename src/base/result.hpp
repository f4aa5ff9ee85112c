// What can fail for reasons outside the program returns a Result: a value, or an Error that says what and where.
// A broken invariant of the program itself asserts instead.
#pragma once

#include <fmt/format.h>

#include <string>
#include <tl/expected.hpp>
#include <utility>

namespace folkmoot {

// A message for a person: what is wrong, and where ("ballot 17: answers[0].choices[2].alpha: not a group element").
struct Error {
  std::string message;

  // The same error, seen from one level further out: "where: message".
  [[nodiscard]] Error in(std::string_view where) const { return {fmt::format("{}: {}", where, message)}; }
  friend bool operator==(const Error&, const Error&) = default;
};

// std::expected is C++23; tl::expected is its model, with the same interface.
template <class T>
using Result = tl::expected<T, Error>;
using Status = Result<void>;

using Failure = tl::unexpected<Error>;

// `return fail("line {}: …", n);` from a function that returns a Result.
template <class... Args>
[[nodiscard]] Failure fail(fmt::format_string<Args...> format, Args&&... args) {
  return Failure(Error{fmt::format(format, std::forward<Args>(args)...)});
}

// The same result, with where it happened put before the message of an error.
template <class T>
[[nodiscard]] Result<T> in(std::string_view where, Result<T> result) {
  if (result) return result;
  return Failure(result.error().in(where));
}

}  // namespace folkmoot

// TRY(expression): the value of a Result, or return its error from the enclosing function. A GNU statement expression,
// which g++ and clang both have. Only the first member of a braced list may be a TRY: g++ 12 forgets to destroy the
// members built before it when a later one returns.
#define TRY(...)                                                                \
  __extension__({                                                               \
    auto try_result = (__VA_ARGS__);                                            \
    if (!try_result) return ::folkmoot::Failure(std::move(try_result).error()); \
    ::folkmoot::detail::value_of(std::move(try_result));                        \
  })

namespace folkmoot::detail {
template <class T>
T value_of(Result<T>&& result) {
  if constexpr (!std::is_void_v<T>) return *std::move(result);
}
}  // namespace folkmoot::detail
