#include "charter/threshold.hpp"

#include <algorithm>
#include <charconv>
#include <optional>

namespace folkmoot::charter {
namespace {

std::optional<std::int64_t> number(std::string_view digits) {
  std::int64_t value = 0;
  const auto [end, status] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (status != std::errc() || end != digits.data() + digits.size() || value < 1 || value > 1'000'000'000) return {};
  return value;
}

}  // namespace

bool Threshold::met(std::int64_t part, std::int64_t whole) const { return part >= needed(whole); }

std::int64_t Threshold::needed(std::int64_t whole) const {
  if (!is_share()) return number;
  const std::int64_t product = whole * numerator;
  const std::int64_t least = more_than ? product / denominator + 1 : (product + denominator - 1) / denominator;
  return std::max<std::int64_t>(least, 1);
}

Result<Threshold> read_threshold(std::string_view written) {
  if (written == "majority") return Threshold{.numerator = 1, .denominator = 2, .more_than = true};
  if (const auto whole = number(written)) return Threshold{.number = *whole};
  const std::size_t slash = written.find('/');
  const bool percent = written.ends_with('%');
  const auto above = number(written.substr(0, percent ? written.size() - 1 : std::min(slash, written.size())));
  const auto below = percent ? 100 : slash == std::string_view::npos ? std::nullopt : number(written.substr(slash + 1));
  if (!above || !below || *above > *below || *below > 1000) {
    return fail("\"{}\" is neither \"majority\" nor a share (\"2/3\", \"5%\") nor a number", written.substr(0, 40));
  }
  return Threshold{.numerator = *above, .denominator = *below};
}

std::string text(const Threshold& threshold) {
  if (!threshold.is_share()) return std::to_string(threshold.number);
  if (threshold.more_than) return "majority";
  if (threshold.denominator == 100) return fmt::format("{}%", threshold.numerator);
  return fmt::format("{}/{}", threshold.numerator, threshold.denominator);
}

}  // namespace folkmoot::charter
