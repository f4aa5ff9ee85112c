// The elements of a text, decoded many at a time (ahead.hpp). One text for all groups; a Codec says how a group does
// it:
//
//   Encoding, Decoded   an element as it stands in a text, and as an Element is made of it
//   most                how many are decoded at a time
//   take(text)          text begins after a quotation mark: the encoding of the element that stands there, which is
//                       taken off; nothing if none does
//   decode(encodings)   each, or nothing where one is none of the group's elements
#pragma once

#include <algorithm>
#include <optional>
#include <string_view>
#include <vector>

namespace folkmoot::group {

template <class Codec>
class AheadDecoder {
  using Encoding = typename Codec::Encoding;
  using Decoded = typename Codec::Decoded;

 public:
  // The texts, to be read in this order, must outlive this. Whatever stands in them between quotation marks and looks
  // like an element, or begins with one and a comma (a credential with its weight), is taken for one, in the order of
  // the text: which is that of reading it, or nearly.
  explicit AheadDecoder(std::vector<std::string_view> texts) : rest_(std::move(texts)), outer_(innermost) {
    std::ranges::reverse(rest_);
    innermost = this;
  }
  ~AheadDecoder() { innermost = outer_; }
  AheadDecoder(const AheadDecoder&) = delete;
  AheadDecoder& operator=(const AheadDecoder&) = delete;

  // The element with this encoding, if this thread has decoded it ahead.
  static std::optional<Decoded> find(const Encoding& encoding) {
    AheadDecoder* const ahead = innermost;
    return ahead == nullptr ? std::nullopt : ahead->look_up(encoding);
  }

 private:
  // How far from where it is expected an element is looked for: the fields of an object may be read in another order.
  static constexpr std::size_t reach = 16;

  std::optional<Decoded> look_up(const Encoding& encoding) {
    if (next_ == encodings_.size() && !rest_.empty()) decode_more();
    const std::size_t first = next_ - std::min(next_, reach), last = std::min(next_ + reach, encodings_.size());
    for (std::size_t i = next_; i < last; ++i) {
      if (encodings_[i] != encoding) continue;
      next_ = i + 1;
      return decoded_[i];
    }
    for (std::size_t i = first; i < std::min(next_, last); ++i) {
      if (encodings_[i] == encoding) return decoded_[i];
    }
    return std::nullopt;
  }

  void decode_more() {
    encodings_.clear();
    next_ = 0;
    while (encodings_.size() < Codec::most && !rest_.empty()) {
      std::string_view& text = rest_.back();
      const std::size_t quote = text.find('"');
      if (quote == std::string_view::npos) {
        rest_.pop_back();
        continue;
      }
      text.remove_prefix(quote + 1);
      if (const auto encoding = Codec::take(text)) encodings_.push_back(*encoding);
    }
    decoded_ = Codec::decode(encodings_);
  }

  static inline thread_local AheadDecoder* innermost = nullptr;

  std::vector<std::string_view> rest_;  // not looked at yet, the next last
  std::vector<Encoding> encodings_;
  std::vector<std::optional<Decoded>> decoded_;
  std::size_t next_ = 0;  // of these, the one that is asked for next
  AheadDecoder* outer_;   // this thread's, before
};

}  // namespace folkmoot::group
