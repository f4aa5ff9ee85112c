#include "secret/text.hpp"

#include <sodium.h>

#include <cstring>
#include <utility>

namespace folkmoot::secret {

SecretText::SecretText(std::initializer_list<std::string_view> pieces) {
  for (const std::string_view piece : pieces) size_ += piece.size();
  text_ = std::make_unique<char[]>(size_);
  char* end = text_.get();
  for (const std::string_view piece : pieces) {
    if (!piece.empty()) std::memcpy(end, piece.data(), piece.size());
    end += piece.size();
  }
}

SecretText::SecretText(SecretText&& other) noexcept
    : text_(std::move(other.text_)), size_(std::exchange(other.size_, 0)) {}

SecretText& SecretText::operator=(SecretText&& other) noexcept {
  std::swap(text_, other.text_);
  std::swap(size_, other.size_);
  return *this;
}

SecretText::~SecretText() {
  if (text_) sodium_memzero(text_.get(), size_);
}

}  // namespace folkmoot::secret
