// Weights and totals in JSON. They are numbers up to 2^30 − 1 and strings of decimal digits above, because the original
// tools' integers have 31 bits where they run in a browser. (The specification's section 4.2 does not tell.)
#pragma once

#include <cstdint>
#include <string_view>

#include "base/json.hpp"

namespace folkmoot::election {

inline constexpr std::int64_t greatest_json_weight = (std::int64_t{1} << 30) - 1;

// A weight or a sum of weights, 0 to 2^63 − 1, from either form; comparing with what write_weight makes of it
// (json::read_canonical) tells whether it was the right one.
Result<std::uint64_t> read_weight(json::Value value);
void write_weight(json::Writer& writer, std::uint64_t weight);

// A weight in text, as in "KEY,WEIGHT": decimal digits without a leading zero, 0 to 2^63 − 1.
Result<std::uint64_t> parse_weight(std::string_view text);

}  // namespace folkmoot::election
