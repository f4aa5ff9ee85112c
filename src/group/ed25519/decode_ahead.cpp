#include "group/ed25519/decode_ahead.hpp"

#include <algorithm>

namespace folkmoot::group::ed25519 {
namespace {

constexpr std::size_t at_a_time = std::size_t{1} << 14;
// How far from where it is expected an element is looked for: the fields of an object may be read in another order.
constexpr std::size_t reach = 16;
constexpr std::size_t digits = 64;

thread_local DecodeAhead* innermost = nullptr;

}  // namespace

DecodeAhead::DecodeAhead(std::vector<std::string_view> texts) : rest_(std::move(texts)), outer_(innermost) {
  std::ranges::reverse(rest_);
  innermost = this;
}
DecodeAhead::~DecodeAhead() { innermost = outer_; }

void DecodeAhead::decode_more() {
  encodings_.clear();
  next_ = 0;
  while (encodings_.size() < at_a_time && !rest_.empty()) {
    std::string_view& text = rest_.back();
    const std::size_t quote = text.find('"');
    if (quote == std::string_view::npos) {
      rest_.pop_back();
      continue;
    }
    text.remove_prefix(quote + 1);
    Encoding encoding;
    const bool ends = text.size() > digits && (text[digits] == '"' || text[digits] == ',');
    if (!ends || !from_hex(text.substr(0, digits), encoding)) continue;
    text.remove_prefix(digits + 1);
    std::ranges::reverse(encoding);
    encodings_.push_back(encoding);
  }
  points_ = backend().uncompress(encodings_, true);
}

std::optional<Point> DecodeAhead::find(const Encoding& encoding) {
  DecodeAhead* const ahead = innermost;
  if (ahead == nullptr) return std::nullopt;
  if (ahead->next_ == ahead->encodings_.size() && !ahead->rest_.empty()) ahead->decode_more();
  const auto& known = ahead->encodings_;
  const std::size_t first = ahead->next_ - std::min(ahead->next_, reach);
  const std::size_t last = std::min(ahead->next_ + reach, known.size());
  for (std::size_t i = ahead->next_; i < last; ++i) {
    if (known[i] != encoding) continue;
    ahead->next_ = i + 1;
    return ahead->points_[i];
  }
  for (std::size_t i = first; i < ahead->next_; ++i)
    if (known[i] == encoding) return ahead->points_[i];
  return std::nullopt;
}

}  // namespace folkmoot::group::ed25519
