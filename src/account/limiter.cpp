#include "account/limiter.hpp"

#include <arpa/inet.h>
#include <sodium.h>

#include <algorithm>
#include <cstring>
#include <string>

namespace folkmoot::account {

Limiter::Limiter(std::int64_t burst, std::int64_t interval, secret::Random& random, std::size_t room)
    : burst_(burst), interval_(interval), room_(room) {
  static_assert(sizeof key_ == crypto_shorthash_KEYBYTES);
  random.fill(key_);
}

std::uint64_t Limiter::key_of(std::string_view asker) const {
  std::array<std::uint8_t, crypto_shorthash_BYTES> hash{};
  crypto_shorthash(hash.data(), reinterpret_cast<const unsigned char*>(asker.data()), asker.size(), key_.data());
  std::uint64_t key = 0;
  std::memcpy(&key, hash.data(), sizeof key);
  return key;
}

std::optional<std::int64_t> Limiter::one_more(std::int64_t full_at, std::int64_t now) const {
  const std::int64_t latest = now + burst_ * interval_;
  if (full_at > latest) full_at = now;  // noted before the clock was set back
  const std::int64_t next = std::max(full_at, now) + interval_;
  return next <= latest ? std::optional(next) : std::nullopt;
}

// The generic cell rate algorithm: one number an asker.
bool Limiter::allow(std::string_view asker, std::int64_t now) {
  const std::lock_guard lock(mutex_);
  const std::uint64_t key = key_of(asker);
  if (!full_at_.contains(key) && full_at_.size() >= room_) {
    std::erase_if(full_at_, [&](const auto& item) { return item.second <= now; });
    if (full_at_.size() >= room_) full_at_.clear();
  }
  const auto next = one_more(full_at_[key], now);
  if (next) full_at_[key] = *next;
  return next.has_value();
}

bool Limiter::would_allow(std::string_view asker, std::int64_t now) {
  const std::lock_guard lock(mutex_);
  const auto found = full_at_.find(key_of(asker));
  return one_more(found == full_at_.end() ? now : found->second, now).has_value();
}

std::string network_of(std::string_view address) {
  std::array<std::uint8_t, 16> bytes{};
  const std::string text(address);
  if (::inet_pton(AF_INET6, text.c_str(), bytes.data()) != 1) return text;
  constexpr std::array<std::uint8_t, 12> mapped{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF};  // RFC 4291 section 2.5.5.2
  if (std::equal(mapped.begin(), mapped.end(), bytes.begin())) {
    return text.find('.') == std::string::npos ? text : text.substr(text.rfind(':') + 1);
  }
  std::fill(bytes.begin() + 8, bytes.end(), std::uint8_t{0});
  std::array<char, INET6_ADDRSTRLEN> network{};
  ::inet_ntop(AF_INET6, bytes.data(), network.data(), network.size());
  return std::string(network.data()) + "/64";
}

}  // namespace folkmoot::account
