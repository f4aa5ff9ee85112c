// How much is enough: a number of people, or a share of some whole.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace folkmoot::charter {

struct Threshold {
  std::int64_t number = 0;  // as a number; else the share numerator / denominator
  std::int64_t numerator = 0;
  std::int64_t denominator = 0;
  bool more_than = false;  // the share itself is not enough ("majority")

  [[nodiscard]] bool is_share() const { return denominator != 0; }
  // Whether that part of the whole is enough. Both from 0 to 10^12.
  [[nodiscard]] bool met(std::int64_t part, std::int64_t whole) const;
  // The least part that is enough; of a share at least 1.
  [[nodiscard]] std::int64_t needed(std::int64_t whole) const;
};

// "majority" (more than half), "2/3", "5%", "500"; a share is above nothing and at most the whole, with a denominator
// of at most 1000.
Result<Threshold> read_threshold(std::string_view text);
std::string text(const Threshold& threshold);

}  // namespace folkmoot::charter
