// Upper houses and councils of three Australian states, which count as the Senate does with a few differences.
//
//   vic-2018     Legislative Council of Victoria: Electoral Act 2002 (Vic), section 114A
//   wa-2008      Legislative Council of Western Australia: Electoral Act 1907 (WA), Schedule 1
//   nsw-lg-2021  councils of New South Wales: Local Government (General) Regulation 2021 (NSW), Schedule 5
//
// Readings.
// - Victoria: an excluded candidate's first preferences are a transfer of their own before other papers of value 1; the
//   last candidates are elected as soon as they are as many as the vacancies.
// - Western Australia: papers keep the value they had, times surplus / votes; every parcel moves apart from others, in
// the
//   order it came, and elections within a surplus wait for its end. Where not transferable papers alone are worth more
//   than a quota, what exceeds the quota is lost.
// - New South Wales: as the Electoral Commission counts: values are multiplied by surplus / (votes − those of papers
// that
//   are not transferable), at most 1; parcels go in the order of the counts they came from; elections wait for the end
//   of a surplus or an exclusion; leaders whom all others together can't overtake are elected (cl. 11).
#include "count/rules/rules.hpp"
#include "count/transfer_count.hpp"

namespace folkmoot::count {
namespace {

constexpr Procedure victoria{.surplus = Procedure::Surplus::all_papers,       // s.114A(11)
                             .order = Procedure::Order::first_then_by_value,  // s.114A(12)
                             .tied_lowest = Look::all_different,
                             .tied_elected = Look::all_different,
                             .elect_during_surplus = false,
                             .elect_during_exclusion = true,
                             .last_two = Procedure::When::settled,
                             .all_remaining = Procedure::When::always,
                             .overwhelming = Procedure::When::never,
                             .quota_by = "s.114A(5)",
                             .elected_by = "s.114A(6)",
                             .surplus_by = "s.114A(7)–(11)",
                             .exclusion_by = "s.114A(12)",
                             .last_two_by = "s.114A(16)",
                             .remaining_by = "s.114A(17)",
                             .overwhelming_by = "",
                             .tie_by = "s.114A(21)–(23)"};

constexpr Procedure western_australia{.surplus = Procedure::Surplus::scaled,      // cl. 4, 5
                                      .order = Procedure::Order::by_transfer,     // cl. 8
                                      .tied_lowest = Look::all_different,         // cl. 16
                                      .tied_elected = Look::all_different,        // cl. 15
                                      .elect_during_surplus = false,              // cl. 19
                                      .elect_during_exclusion = true,             // cl. 9, 11
                                      .last_two = Procedure::When::settled,       // cl. 12
                                      .all_remaining = Procedure::When::settled,  // cl. 13
                                      .overwhelming = Procedure::When::never,
                                      .quota_by = "Sch. 1 cl. 2",
                                      .elected_by = "Sch. 1 cl. 3, 5, 9",
                                      .surplus_by = "Sch. 1 cl. 4, 5",
                                      .exclusion_by = "Sch. 1 cl. 8, 10",
                                      .last_two_by = "Sch. 1 cl. 12",
                                      .remaining_by = "Sch. 1 cl. 13",
                                      .overwhelming_by = "",
                                      .tie_by = "Sch. 1 cl. 15, 16"};

constexpr Procedure new_south_wales{.surplus = Procedure::Surplus::scaled_continuing,  // cl. 7
                                    .order = Procedure::Order::by_origin,              // cl. 9
                                    .tied_lowest = Look::backwards_whole,              // cl. 12
                                    .tied_elected = Look::backwards_whole,             // cl. 7(5)
                                    .elect_during_surplus = false,
                                    .elect_during_exclusion = false,
                                    .last_two = Procedure::When::settled,                  // cl. 11(1)
                                    .all_remaining = Procedure::When::between_exclusions,  // cl. 10
                                    .overwhelming = Procedure::When::between_exclusions,   // cl. 11(2), (3)
                                    .quota_by = "Sch. 5 cl. 5",
                                    .elected_by = "Sch. 5 cl. 6",
                                    .surplus_by = "Sch. 5 cl. 7",
                                    .exclusion_by = "Sch. 5 cl. 9",
                                    .last_two_by = "Sch. 5 cl. 11(1)",
                                    .remaining_by = "Sch. 5 cl. 10",
                                    .overwhelming_by = "Sch. 5 cl. 11(2)–(3)",
                                    .tie_by = "Sch. 5 cl. 7(5), 12"};

using StateCount = TransferCount<Fixed<0>>;

}  // namespace

const Rule vic_2018{
    "vic-2018",
    "Victorian Legislative Council",
    "Electoral Act 2002 (Vic), s.114A",
    {},
    [](const Contest& contest, const Options& options) { return StateCount(contest, options, victoria).run(); }};
const Rule wa_2008{"wa-2008",
                   "Western Australian Legislative Council",
                   "Electoral Act 1907 (WA), Schedule 1",
                   {},
                   [](const Contest& contest, const Options& options) {
                     return StateCount(contest, options, western_australia).run();
                   }};
const Rule nsw_lg_2021{
    "nsw-lg-2021",
    "New South Wales councils",
    "Local Government (General) Regulation 2021 (NSW), Schedule 5",
    {},
    [](const Contest& contest, const Options& options) { return StateCount(contest, options, new_south_wales).run(); }};

}  // namespace folkmoot::count
