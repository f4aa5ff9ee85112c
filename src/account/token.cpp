#include "account/token.hpp"

#include <sodium.h>

#include <algorithm>

namespace folkmoot::account {

Token Token::make(secret::Random& random) {
  std::array<std::uint8_t, 32> bytes{};
  random.fill(bytes);
  std::string text = to_base64url(bytes);
  secret::SecretText secret(text);
  sodium_memzero(bytes.data(), bytes.size());
  sodium_memzero(text.data(), text.size());
  return Token(std::move(secret));
}

Bytes Token::hash() const { return hash_of_token(view()); }

Bytes hash_of_token(std::string_view shown) {
  const Digest digest = sha256(shown);
  return {digest.begin(), digest.end()};
}

std::string to_base64url(ByteView bytes) {
  std::string text = to_base64(bytes);
  std::ranges::replace(text, '+', '-');
  std::ranges::replace(text, '/', '_');
  return text;
}

Result<Bytes> from_base64url(std::string_view text) {
  if (text.find_first_of("+/") != std::string_view::npos) return fail("not base64url");
  std::string digits(text);
  std::ranges::replace(digits, '-', '+');
  std::ranges::replace(digits, '_', '/');
  return from_base64(digits);
}

std::string random_name(secret::Random& random, std::size_t size) {
  Bytes bytes(size);
  random.fill(bytes);
  return to_hex(bytes);
}

}  // namespace folkmoot::account
