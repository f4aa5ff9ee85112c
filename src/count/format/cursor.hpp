// A place in a text file, for readers that say where a file is wrong.
#pragma once

#include <string>
#include <string_view>

#include "base/result.hpp"

namespace folkmoot::count {

// Walks over a text and knows the line. Columns count bytes from 1.
class Cursor {
 public:
  explicit Cursor(std::string_view text) : text_(text) {}

  [[nodiscard]] bool at_end() const { return position_ == text_.size(); }
  // The byte here, or '\0' at the end.
  [[nodiscard]] char peek() const { return at_end() ? '\0' : text_[position_]; }
  [[nodiscard]] std::string_view rest() const { return text_.substr(position_); }
  [[nodiscard]] std::size_t line() const { return line_; }
  [[nodiscard]] std::size_t column() const { return position_ - line_start_ + 1; }

  void step() {
    if (text_[position_++] == '\n') {
      ++line_;
      line_start_ = position_;
    }
  }
  bool take(char c) {
    if (at_end() || text_[position_] != c) return false;
    step();
    return true;
  }
  // Bytes up to, not including, the first of `stops` or the end.
  std::string_view until(std::string_view stops) {
    const std::size_t start = position_;
    while (!at_end() && stops.find(text_[position_]) == std::string_view::npos) step();
    return text_.substr(start, position_ - start);
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
  std::size_t line_ = 1;
  std::size_t line_start_ = 0;
};

// Text without spaces around it, and with one space for several inside.
std::string tidy(std::string_view text);

// The name of a candidate, a contest or a grade as a file gives it, tidied. Fails unless it is UTF-8 without control
// characters, and not empty.
Result<std::string> read_name(std::string_view text);

}  // namespace folkmoot::count
