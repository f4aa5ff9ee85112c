#include "charter/time.hpp"

#include <array>
#include <charconv>
#include <chrono>
#include <optional>

namespace folkmoot::charter {
namespace {

struct Unit {
  std::string_view name;
  std::int64_t seconds;
};
constexpr std::array units{Unit{"year", 365 * 86'400}, Unit{"week", 7 * 86'400}, Unit{"day", 86'400},
                           Unit{"hour", 3'600}};
constexpr Length longest{100LL * 365 * 86'400};

std::optional<int> number(std::string_view digits) {
  int value = 0;
  const auto [end, status] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (status != std::errc() || end != digits.data() + digits.size() || value < 0 || digits.front() == '-') return {};
  return value;
}

}  // namespace

std::string text(Time time) {
  if (time >= never) return "never";
  using namespace std::chrono;
  const sys_seconds moment{seconds(time.seconds)};
  const auto day = floor<std::chrono::days>(moment);
  const year_month_day date(day);
  const auto second = (moment - day).count();
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z", int(date.year()), unsigned(date.month()),
                     unsigned(date.day()), second / 3600, second / 60 % 60, second % 60);
}

Result<Time> read_time(std::string_view written) {
  const Failure failure = fail("\"{}\" is not a time like 2026-03-01T12:00:00Z", written.substr(0, 40));
  if (written.size() != 20) return failure;
  const auto year = number(written.substr(0, 4)), month = number(written.substr(5, 2)),
             day = number(written.substr(8, 2)), hour = number(written.substr(11, 2)),
             minute = number(written.substr(14, 2)), second = number(written.substr(17, 2));
  if (!year || !month || !day || !hour || !minute || !second || *year < 1970) return failure;
  using namespace std::chrono;
  const auto date = std::chrono::year{*year} / *month / *day;
  if (!date.ok()) return failure;
  const Time time{sys_seconds(sys_days(date)).time_since_epoch().count() + *hour * 3600 + *minute * 60 + *second};
  if (text(time) != written) return failure;  // refuses other separators, hour 24 and second 60
  return time;
}

std::string text(Length length) {
  if (length.seconds == 0) return "none";
  for (const Unit& unit : units) {
    if (length.seconds % unit.seconds == 0) {
      const auto count = length.seconds / unit.seconds;
      return fmt::format("{} {}{}", count, unit.name, count == 1 ? "" : "s");
    }
  }
  return fmt::format("{} seconds", length.seconds);
}

Result<Length> read_length(std::string_view written) {
  if (written == "none") return Length{};
  const std::size_t space = written.find(' ');
  if (space != std::string_view::npos && space > 0) {
    const auto count = number(written.substr(0, space));
    std::string_view name = written.substr(space + 1);
    if (name.ends_with('s')) name.remove_suffix(1);
    for (const Unit& unit : units) {
      if (!count || name != unit.name) continue;
      if (*count > longest.seconds / unit.seconds) return fail("\"{}\" is longer than a hundred years", written);
      return Length{*count * unit.seconds};
    }
  }
  return fail("\"{}\" is not a length of time like \"14 days\" (hours, days, weeks, years, or \"none\")",
              written.substr(0, 40));
}

}  // namespace folkmoot::charter
