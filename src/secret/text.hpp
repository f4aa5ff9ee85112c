// Secret texts: private credentials, seeds, private keys as files hold them.
#pragma once

#include <cstddef>
#include <initializer_list>
#include <memory>
#include <string_view>

namespace folkmoot::secret {

// A text that is wiped when it goes, moves but is not copied, has no ==, and does not print: who must write it to a
// file or hand it to its owner says view().
class SecretText {
 public:
  SecretText() = default;
  explicit SecretText(std::string_view text) : SecretText({text}) {}
  // The pieces, one after the other.
  explicit SecretText(std::initializer_list<std::string_view> pieces);
  SecretText(SecretText&& other) noexcept;
  SecretText& operator=(SecretText&& other) noexcept;
  ~SecretText();

  // The text. It must not outlive this object, and a copy of it is the caller's to wipe.
  [[nodiscard]] std::string_view view() const { return {text_.get(), size_}; }

 private:
  std::unique_ptr<char[]> text_;
  std::size_t size_ = 0;
};

}  // namespace folkmoot::secret
