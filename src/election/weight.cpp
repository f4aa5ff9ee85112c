#include "election/weight.hpp"

#include <charconv>
#include <limits>

namespace folkmoot::election {

Result<std::uint64_t> parse_weight(std::string_view text) {
  std::int64_t weight = 0;
  const char* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, weight);
  if (error != std::errc() || stop != end || text[0] == '-' || (text[0] == '0' && text.size() > 1)) {
    return fail("expected a whole number below 2^63, found \"{}\"", text.substr(0, 24));
  }
  return static_cast<std::uint64_t>(weight);
}

Result<std::uint64_t> read_weight(json::Value value) {
  if (value.is_string()) return parse_weight(TRY(value.string()));
  return static_cast<std::uint64_t>(TRY(value.integer(0, std::numeric_limits<std::int64_t>::max())));
}

void write_weight(json::Writer& writer, std::uint64_t weight) {
  if (weight <= static_cast<std::uint64_t>(greatest_json_weight)) {
    writer.integer(static_cast<std::int64_t>(weight));
  } else {
    writer.plain_string(std::to_string(weight));
  }
}

}  // namespace folkmoot::election
