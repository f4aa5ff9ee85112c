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

// The generic cell rate algorithm: one number an asker.
bool Limiter::allow(std::string_view asker, std::int64_t now) {
  const std::lock_guard lock(mutex_);
  const std::uint64_t key = key_of(asker);
  if (!full_at_.contains(key) && full_at_.size() >= room_) {
    std::erase_if(full_at_, [&](const auto& item) { return item.second <= now; });
    if (full_at_.size() >= room_) full_at_.clear();
  }
  std::int64_t& full_at = full_at_[key];
  if (full_at > now + burst_ * interval_) full_at = now;  // noted before the clock was set back
  const std::int64_t next = std::max(full_at, now) + interval_;
  if (next > now + burst_ * interval_) return false;
  full_at = next;
  return true;
}

bool Limiter::would_allow(std::string_view asker, std::int64_t now) {
  const std::lock_guard lock(mutex_);
  const auto found = full_at_.find(key_of(asker));
  // More than the whole burst lacks only what was noted before the clock was set back.
  const std::int64_t lacking = found == full_at_.end() ? 0 : std::max<std::int64_t>(found->second - now, 0);
  return lacking > burst_ * interval_ || lacking + interval_ <= burst_ * interval_;
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
