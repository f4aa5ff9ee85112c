// Any bytes as a roll: reading ends without a crash, and a roll that is accepted keeps its promises.
#include <cstdlib>
#include <set>

#include "base/bytes.hpp"
#include "base/utf8.hpp"
#include "charter/roll.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace folkmoot;
  const auto roll = charter::read_roll(std::string(text_of({data, size})));
  if (!roll) {
    if (roll.error().empty() || charter::describe(roll.error()).empty()) std::abort();
    return 0;
  }
  std::set<std::string_view> ids;
  std::uint64_t total = 0;
  for (const charter::Member& member : roll->members) {
    if (member.id.empty() || member.id.find_first_of(",\n\r") != std::string::npos) std::abort();
    if (!ids.insert(member.id).second) std::abort();
    for (const std::string* text : {&member.id, &member.name, &member.email, &member.language, &member.section}) {
      if (!is_utf8(*text)) std::abort();
    }
    if (member.weight == 0) std::abort();
    total += member.weight;
  }
  if (ids.empty() || total > charter::greatest_total_weight) std::abort();
  return 0;
}
