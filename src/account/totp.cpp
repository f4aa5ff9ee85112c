#include "account/totp.hpp"

#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <sodium.h>

#include <array>
#include <cassert>

#include "account/url.hpp"

namespace folkmoot::account {
std::string hotp(TotpHash hash, ByteView secret, std::uint64_t counter, int digits) {
  std::array<std::uint8_t, 8> message{};
  for (std::size_t i = message.size(); i-- > 0; counter >>= 8) message[i] = static_cast<std::uint8_t>(counter);
  std::array<std::uint8_t, EVP_MAX_MD_SIZE> mac{};
  unsigned size = 0;
  [[maybe_unused]] const auto* made =
      HMAC(hash == TotpHash::sha1 ? EVP_sha1() : EVP_sha256(), secret.data(), static_cast<int>(secret.size()),
           message.data(), message.size(), mac.data(), &size);
  assert(made != nullptr);
  const std::size_t offset = mac[size - 1] & 0xFU;
  std::uint32_t number = 0;
  for (std::size_t i = 0; i < 4; ++i) number = number << 8 | mac[offset + i];
  number &= 0x7FFFFFFFU;
  std::string text(static_cast<std::size_t>(digits), '0');
  for (auto digit = text.rbegin(); digit != text.rend(); ++digit, number /= 10) {
    *digit = static_cast<char>('0' + number % 10);
  }
  return text;
}

std::optional<std::int64_t> check_totp(TotpHash hash, ByteView secret, std::string_view shown, std::int64_t now,
                                       std::int64_t last) {
  if (shown.size() != totp_digits) return std::nullopt;
  std::optional<std::int64_t> found;
  const std::int64_t current = now / totp_step;
  for (std::int64_t step = current - 1; step <= current + 1; ++step) {
    const std::string right = hotp(hash, secret, static_cast<std::uint64_t>(step), totp_digits);
    const bool same = sodium_memcmp(right.data(), shown.data(), right.size()) == 0;
    if (same && step > last && !found) found = step;
  }
  return found;
}

std::string to_base32(ByteView bytes) {
  constexpr std::string_view digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  std::string text;
  std::uint32_t bits = 0;
  int count = 0;
  for (const std::uint8_t byte : bytes) {
    bits = bits << 8 | byte;
    for (count += 8; count >= 5; count -= 5) text += digits[bits >> (count - 5) & 31];
  }
  if (count > 0) text += digits[bits << (5 - count) & 31];
  return text;
}

std::string otpauth_uri(TotpHash hash, ByteView secret, std::string_view issuer, std::string_view name) {
  const std::string who = percent_encoded(issuer);
  return fmt::format("otpauth://totp/{}:{}?secret={}&issuer={}&algorithm={}&digits={}&period={}", who,
                     percent_encoded(name), to_base32(secret), who, hash == TotpHash::sha1 ? "SHA1" : "SHA256",
                     totp_digits, totp_step);
}

}  // namespace folkmoot::account
