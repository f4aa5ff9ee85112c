// The Australian Senate: unweighted inclusive Gregory. All papers of an elected candidate go on at one transfer value,
// surplus / papers; each candidate's gain is a whole number, fractions disregarded.
//
// Commonwealth Electoral Act 1918 (Australia), section 273; its subsections are cited (8 …). The three rules are the
// section as the Australian Electoral Commission applied it:
//   senate-2016   2016: no bulk exclusions (13A); any difference at an earlier count breaks a tie for exclusion
//   senate-2019   2019 and 2022: the last candidates are elected as soon as it is known who is excluded (18); a tie is
//                 broken by the latest count at which all tied candidates differed, as (31)(b) then said
//   senate-2021   the section as amended in December 2021, counted by computer: as in 2016, which it made law
//
// Readings. (17) and (18) apply once no surplus waits and no exclusion is under way (2019: (18) also in the middle);
// candidates elected at one count are listed by their votes (20)(b), and their surpluses go in that order (22).
#include "count/rules/rules.hpp"
#include "count/transfer_count.hpp"

namespace folkmoot::count {
namespace {

constexpr Procedure procedure(Look tied_lowest, Procedure::When all_remaining) {
  return {.surplus = Procedure::Surplus::all_papers,  // (9), (14)
          .order = Procedure::Order::by_value,        // (13AA)
          .tied_lowest = tied_lowest,
          .tied_elected = Look::all_different,  // (20)(b), (22)
          .elect_during_surplus = true,
          .elect_during_exclusion = true,        // (15)
          .last_two = Procedure::When::settled,  // (17)
          .all_remaining = all_remaining,        // (18)
          .overwhelming = Procedure::When::never,
          .quota_by = "s.273(8)",
          .elected_by = "s.273(8), (15)",
          .surplus_by = "s.273(9)",
          .exclusion_by = "s.273(13)",
          .last_two_by = "s.273(17)",
          .remaining_by = "s.273(18)",
          .overwhelming_by = "",
          .tie_by = "s.273(20)–(22), (31)"};
}

constexpr Procedure of_2016 = procedure(Look::backwards, Procedure::When::settled);
constexpr Procedure of_2019 = procedure(Look::all_different, Procedure::When::before_transfer);

using Senate = TransferCount<Fixed<0>>;

}  // namespace

const Rule senate_2016{
    "senate-2016",
    "Australian Senate, 2016",
    "Commonwealth Electoral Act 1918, s.273 (as counted 2016)",
    {},
    [](const Contest& contest, const Options& options) { return Senate(contest, options, of_2016).run(); }};
const Rule senate_2019{
    "senate-2019",
    "Australian Senate, 2019 and 2022",
    "Commonwealth Electoral Act 1918, s.273 (as counted 2019)",
    {},
    [](const Contest& contest, const Options& options) { return Senate(contest, options, of_2019).run(); }};
const Rule senate_2021{
    "senate-2021",
    "Australian Senate, amended 2021",
    "Commonwealth Electoral Act 1918, s.273 (amended 2021)",
    {},
    [](const Contest& contest, const Options& options) { return Senate(contest, options, of_2016).run(); }};

}  // namespace folkmoot::count
