// How often one may ask: token buckets, in memory, for as many askers as there is room for.
#pragma once

#include <array>
#include <cstdint>
#include <mutex>
#include <optional>
#include <string_view>
#include <unordered_map>

#include "secret/random.hpp"

namespace folkmoot::account {

class Limiter {
 public:
  // `burst` at once, and one more every `interval` seconds. The limits are those of one program: several nodes let as
  // much through each.
  Limiter(std::int64_t burst, std::int64_t interval, secret::Random& random, std::size_t room = 100'000);

  // Whether that asker may now (seconds since 1970); counts it if so. Any text; what is kept of it is a hash under a
  // key that goes with this object. From any thread. When there is no room for a new asker, those who could ask their
  // whole burst again are forgotten; if there are none, all are, which lets some through rather than nobody.
  bool allow(std::string_view asker, std::int64_t now);

  // Whether it would be allowed; counts nothing.
  bool would_allow(std::string_view asker, std::int64_t now);

  // After how many seconds somebody who was refused may ask again, at the most.
  [[nodiscard]] std::int64_t interval() const { return interval_; }

 private:
  std::uint64_t key_of(std::string_view asker) const;
  // When the whole burst is there again after one more, if it was to be at `full_at`; nothing if that is too many.
  std::optional<std::int64_t> one_more(std::int64_t full_at, std::int64_t now) const;

  std::int64_t burst_, interval_;
  std::size_t room_;
  std::array<std::uint8_t, 16> key_{};
  std::mutex mutex_;
  std::unordered_map<std::uint64_t, std::int64_t> full_at_;  // when the whole burst is there again
};

// What a client's limit is kept by: an IPv4 address, or the /64 of an IPv6 one, which is one customer's (RFC 6177).
// A text that is no address is its own network.
std::string network_of(std::string_view address);

}  // namespace folkmoot::account
