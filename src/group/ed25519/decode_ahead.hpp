// The elements of a text, decoded many at a time (group/ahead.hpp).
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "group/ed25519/backend.hpp"

namespace folkmoot::group::ed25519 {

class DecodeAhead {
 public:
  // The texts, to be read in this order, must outlive this. Whatever stands in them between quotation marks and is 64
  // hexadecimal digits, or begins with them and a comma (a credential with its weight), is taken for an element, some
  // thousand at a time, in the order of the text: which is that of reading it, or nearly.
  explicit DecodeAhead(std::vector<std::string_view> texts);
  ~DecodeAhead();
  DecodeAhead(const DecodeAhead&) = delete;
  DecodeAhead& operator=(const DecodeAhead&) = delete;

  // The element with this encoding, if this thread has decoded it ahead.
  static std::optional<Point> find(const Encoding& encoding);

 private:
  void decode_more();

  std::vector<std::string_view> rest_;  // not looked at yet, the next last
  std::vector<Encoding> encodings_;
  std::vector<std::optional<Point>> points_;
  std::size_t next_ = 0;  // of these, the one that is asked for next
  DecodeAhead* outer_;    // this thread's, before
};

}  // namespace folkmoot::group::ed25519
