// A walk along a long JSON text, to find where its values lie, so that they can be read apart from each other, on
// several threads, and with as little memory as each takes.
//
// It goes by brackets, commas and quotation marks alone and says nothing of the values: those are to be read with
// read_canonical. Where all of them are canonical, and what stands between them was taken, the text is. It comes to no
// end of a text with white space between values or with a backslash, which no canonical text of numbers and group
// elements has.
#pragma once

#include <optional>
#include <vector>

#include "base/long_text.hpp"

namespace folkmoot::json {

// Some values of an array, with the commas between them.
struct Piece {
  std::uint64_t at, size;    // in the text, in bytes
  std::size_t first, count;  // the index of the first, and how many they are
};

class Walk {
 public:
  // The text must outlive it.
  explicit Walk(const LongText& text) : text_(text) {}

  // Passes over exactly this, if it comes next. Whether it did.
  bool take(std::string_view expected);
  // Passes over a value (a string, brackets and what is between them, a word or a number), and gives its text, which is
  // to be short.
  std::optional<std::string> value();
  // Passes over an array, and gives its values in pieces of so many bytes, or a little more; none if it is empty.
  std::optional<std::vector<Piece>> pieces(std::size_t bytes);

  [[nodiscard]] bool at_end() const { return at_ == text_.size; }

 private:
  std::optional<char> peek();
  bool pass_value();
  bool pass_string();
  bool pass_word();

  const LongText& text_;
  std::uint64_t at_ = 0;
  std::string window_;  // the bytes of the text from window_at_ on
  std::uint64_t window_at_ = 0;
};

}  // namespace folkmoot::json
