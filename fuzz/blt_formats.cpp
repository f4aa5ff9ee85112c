// Any bytes as each of the other ballot formats; what can be read is counted, and written and read again.
#include <cstdint>
#include <string_view>

#include "count/count.hpp"
#include "count/format/blt.hpp"
#include "count/format/format.hpp"

namespace count = folkmoot::count;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0 || size > 4096) return 0;
  constexpr count::Format formats[] = {count::Format::preflib,   count::Format::abif,     count::Format::cef,
                                       count::Format::debian,    count::Format::rank_csv, count::Format::ballot_csv,
                                       count::Format::grade_csv, count::Format::cdf};
  const std::string_view text(reinterpret_cast<const char*>(data) + 1, size - 1);
  const auto contest = count::read_contest(formats[data[0] % std::size(formats)], text);
  if (!contest || contest->candidates.size() > 32) return 0;
  count::Options options;
  options.seats = 1 + data[0] / 64;
  options.lots = count::seeded_lots("fuzz");
  for (const char* rule : {"rcv-us", "schulze", "majority-judgement", "approval", "meek-prf"})
    (void)count::count(rule, *contest, options);
  (void)count::read_contest(count::Format::blt, count::write_blt(*contest));
  (void)count::read_preflib(count::write_preflib(*contest));
  (void)count::read_abif(count::write_abif(*contest));
  if (contest->papers.total() <= 1000 && !count::read_cdf(count::write_cdf(*contest))) __builtin_trap();
  return 0;
}
