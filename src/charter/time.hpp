// Time as data: this part never looks at a clock. Moments are whole seconds UTC, written as RFC 3339 with a Z
// ("2026-03-01T12:00:00Z"); lengths are what charters say ("14 days").
#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace folkmoot::charter {

struct Length {
  std::int64_t seconds = 0;
  friend auto operator<=>(const Length&, const Length&) = default;
};

struct Time {
  std::int64_t seconds = 0;  // since 1970-01-01T00:00:00Z
  friend auto operator<=>(const Time&, const Time&) = default;
  friend Time operator+(Time time, Length length) { return {time.seconds + length.seconds}; }
  friend Time operator-(Time time, Length length) { return {time.seconds - length.seconds}; }
};

// Later than every time that can be read.
inline constexpr Time never{std::int64_t{1} << 40};

inline constexpr Length days(std::int64_t number) { return {number * 86'400}; }

// "2026-03-01T12:00:00Z"; "never".
std::string text(Time time);
// The reverse, for the years 1970 to 9999, in exactly that form.
Result<Time> read_time(std::string_view text);

// "14 days"; the largest unit in which it is a whole number.
std::string text(Length length);
// A whole number, a space, and hour(s), day(s), week(s) or year(s) (of 365 days); up to a hundred years. "none" is 0.
Result<Length> read_length(std::string_view text);

}  // namespace folkmoot::charter
