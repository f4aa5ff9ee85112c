#include "base/json_walk.hpp"

#include <algorithm>

namespace folkmoot::json {
namespace {

constexpr std::uint64_t window_size = std::uint64_t{1} << 20;
constexpr std::uint64_t longest_value = 4096;

}  // namespace

// The next byte; nothing at the end, or where the text cannot be read.
std::optional<char> Walk::peek() {
  if (at_ >= window_at_ + window_.size()) {
    window_at_ = at_;
    window_.resize(std::min(window_size, text_.size - at_));
    if (!window_.empty() && !text_.read(at_, window_)) window_.clear();
    if (window_.empty()) return std::nullopt;
  }
  return window_[at_ - window_at_];
}

bool Walk::take(std::string_view expected) {
  const std::uint64_t before = at_;
  for (const char c : expected) {
    if (peek() != c) {
      at_ = before;
      if (at_ < window_at_) {
        window_at_ = at_;
        window_.clear();
      }
      return false;
    }
    ++at_;
  }
  return true;
}

bool Walk::pass_string() {
  for (++at_; peek();) {
    const std::string_view rest = std::string_view(window_).substr(at_ - window_at_);
    const std::string_view string = rest.substr(0, rest.find('"'));
    if (string.find('\\') != std::string_view::npos) return false;
    at_ += string.size();
    if (string.size() < rest.size()) {
      ++at_;
      return true;
    }
  }
  return false;
}

bool Walk::pass_word() {
  const std::uint64_t before = at_;
  const auto belongs = [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || c == '-'; };
  for (auto c = peek(); c && belongs(*c); c = peek()) ++at_;
  return at_ > before;
}

bool Walk::pass_value() {
  std::size_t depth = 0;
  do {
    const auto c = peek();
    if (!c) return false;
    if (*c == '"') {
      if (!pass_string()) return false;
    } else if (*c == '[' || *c == '{') {
      ++depth;
      ++at_;
    } else if (*c == ']' || *c == '}') {
      if (depth == 0) return false;
      --depth;
      ++at_;
    } else if (depth > 0 && (*c == ',' || *c == ':')) {
      ++at_;
    } else if (!pass_word()) {
      return false;
    }
  } while (depth > 0);
  return true;
}

std::optional<std::string> Walk::value() {
  const std::uint64_t before = at_;
  if (!pass_value() || at_ - before > longest_value) return std::nullopt;
  auto text = text_.part(before, at_ - before);
  return text ? std::optional(*std::move(text)) : std::nullopt;
}

std::optional<std::vector<Piece>> Walk::pieces(std::size_t bytes) {
  std::vector<Piece> pieces;
  if (!take("[")) return std::nullopt;
  if (take("]")) return pieces;
  std::size_t count = 0;
  do {
    if (pieces.empty() || pieces.back().size >= bytes) pieces.push_back({at_, 0, count, 0});
    if (!pass_value()) return std::nullopt;
    Piece& piece = pieces.back();
    piece.size = at_ - piece.at;
    ++piece.count;
    ++count;
  } while (take(","));
  if (!take("]")) return std::nullopt;
  return pieces;
}

}  // namespace folkmoot::json
