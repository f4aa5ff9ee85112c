// BLT, the ballot file of Wichmann and Hill that nearly every STV program reads:
//
//   4 2                      four candidates, two seats
//   -2                       candidate 2 has withdrawn
//   3 1 3 4 0                three papers that prefer 1, then 3, then 4
//   1 4 0
//   0                        end of the papers
//   "Amy" … "Diane"          the candidates' names, then the title
//   "Gardening Club Election"
#pragma once

#include <string>
#include <string_view>

#include "count/contest.hpp"

namespace folkmoot::count {

enum class BltDialect {
  // One item a line, one space between numbers, nothing else; `#` lines before the first.
  strict,
  // What programs write: white space and `#` comments anywhere, [nick …] names for candidates, [withdrawn …], [tie …]
  // (ignored, noted), several withdrawals a line, `2=3` for a shared rank, `-` for a skipped rank, `(id)` in place of a
  // weight, a candidate marked twice (noted: the first mark counts), and text after the title.
  tolerant
};

// Reads a contest. Fails with line, column and what was expected. Names must be UTF-8 and different; the number of
// votes at most most_votes. Spaces around a name go, and several inside become one. Memory is proportional to the text,
// plus a byte for each candidate the first line announces.
Result<Contest> read_blt(std::string_view text, BltDialect dialect = BltDialect::tolerant);

// Writes the contest in the strict dialect, with `=` and `-` only where papers share or skip ranks. Names are written
// with quotes inside them replaced by apostrophes, which is all the format allows.
std::string write_blt(const Contest& contest);

}  // namespace folkmoot::count
