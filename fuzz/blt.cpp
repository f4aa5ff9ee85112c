// Any bytes as a BLT file; what can be read is counted by two rules, and the written file must read the same.
#include <cassert>
#include <cstdint>
#include <string_view>

#include "count/count.hpp"
#include "count/format/blt.hpp"
#include "count/render/text.hpp"

namespace count = folkmoot::count;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  (void)count::read_blt(text, count::BltDialect::strict);
  const auto contest = count::read_blt(text);
  if (!contest || size > 4096 || contest->candidates.size() > 64) return 0;
  count::Options options;
  options.seats = contest->seats % 8 + 1;
  options.lots = count::seeded_lots("fuzz");
  for (const char* rule : {"scottish-2011", "approval"}) {
    const auto transcript = count::count(rule, *contest, options);
    if (transcript) (void)(count::to_table(*transcript) + count::to_json(*transcript));
  }
  const auto again = count::read_blt(count::write_blt(*contest));
  if (!again || !(again->papers == contest->papers)) __builtin_trap();
  return 0;
}
