// A place in a text file, for readers that say where a file is wrong.
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace folkmoot::count {

// Walks over a text.
class Cursor {
 public:
  explicit Cursor(std::string_view text) : text_(text) {}

  [[nodiscard]] bool at_end() const { return position_ == text_.size(); }
  // The byte here, or '\0' at the end.
  [[nodiscard]] char peek() const { return at_end() ? '\0' : text_[position_]; }
  [[nodiscard]] std::string_view rest() const { return text_.substr(position_); }
  // Where that is, from 1; columns are bytes. Reads the text before it once more, so only for messages.
  [[nodiscard]] std::size_t line() const;
  [[nodiscard]] std::size_t column() const;

  void step() { ++position_; }
  bool take(char c) {
    if (at_end() || text_[position_] != c) return false;
    step();
    return true;
  }
  // Bytes up to, not including, the first of `stops` or the end.
  std::string_view until(std::string_view stops) {
    const std::size_t start = position_;
    position_ = std::min(text_.find_first_of(stops, position_), text_.size());
    return text_.substr(start, position_ - start);
  }

  // The unsigned number here; none if there is none, or if it is greater than `greatest`.
  std::optional<std::int64_t> number(std::int64_t greatest) {
    std::int64_t value = 0;
    const std::size_t start = position_;
    for (; peek() >= '0' && peek() <= '9'; step()) {
      if (value > greatest) return std::nullopt;
      value = 10 * value + (peek() - '0');
    }
    return position_ > start && value <= greatest ? std::optional(value) : std::nullopt;
  }

  // “line 3, column 5: expected …, found …”, at this place.
  [[nodiscard]] Failure expected(std::string_view what) const;
  [[nodiscard]] Failure error(std::string_view message) const;
  // The result; its error, if it is one, says that it is at this place.
  template <class T>
  [[nodiscard]] Result<T> in(Result<T> result) const {
    if (!result) return error(result.error().message);
    return result;
  }

 private:
  std::string_view text_;
  std::size_t position_ = 0;
};

// Text without spaces around it, and with one space for several inside.
std::string tidy(std::string_view text);

// The name of a candidate, a contest or a grade as a file gives it, tidied. Fails unless it is UTF-8 without control
// characters, and not empty.
Result<std::string> read_name(std::string_view text);

}  // namespace folkmoot::count
