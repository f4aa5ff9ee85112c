// A recall: a petition of members has dated a ballot on whether somebody keeps their seat. No act cancels it.
#include "charter/processes.hpp"
#include "charter/standing.hpp"

namespace folkmoot::charter {
namespace {

const Recall& recall_of(const Matter& m) { return get(m.state.recalls, m.body.text("recall")); }

bool is_carried(const Matter& m) {
  const Election& election = get(m.state.elections, recall_of(m).election);
  return get(m.charter.petitions, recall_of(m).rule).majority.met(election.yes, election.yes + election.no);
}

bool still_holds(const Matter& m) { return get(m.state.seats, recall_of(m).seat).holder == recall_of(m).holder; }

Verdict may_carry(const Matter& m) {
  if (is_carried(m) && still_holds(m)) return {};
  return refuse(fmt::format("petitions.{}.majority", recall_of(m).rule), "it has not been carried");
}

Verdict may_fail(const Matter& m) {
  if (!is_carried(m) || !still_holds(m)) return {};
  return refuse(fmt::format("petitions.{}.majority", recall_of(m).rule), "it has been carried");
}

Verdict may_lapse(const Matter& m) {
  if (!still_holds(m)) return {};
  return refuse("lifecycle.recall", "the holder has the seat");
}

}  // namespace

const Process& recall_process() {
  static const Process process{.name = "recall",
                               .title = "A recall",
                               .rows = "R29",
                               .transitions = {{"", "petition.table", "dated", "petitions.*.threshold"},
                                               {"dated", "election.prepare", "dated", "elections"},
                                               {"dated", "election.freeze", "dated", "petitions.*.recall_electorate"},
                                               {"dated", "recall.lapse", "lapsed", ""},
                                               {"dated", "election.open", "balloting", "petitions.*.ballot_within"},
                                               {"balloting", "election.close", "counting", "petitions.*.ballot"},
                                               {"counting", "election.declare", "decided", "petitions.*.majority"},
                                               {"decided", "recall.carry", "carried", "petitions.*.majority"},
                                               {"decided", "recall.fail", "failed", "petitions.*.majority"}},
                               .acts = {{.name = "recall.lapse",
                                         .about = "the holder has left the seat by themselves",
                                         .who = {By::clock},
                                         .fields = {thing("recall")},
                                         .moves = "recall",
                                         .guard = may_lapse},
                                        {.name = "recall.carry",
                                         .about = "the holder loses the seat",
                                         .who = {By::clock},
                                         .fields = {thing("recall")},
                                         .moves = "recall",
                                         .guard = may_carry,
                                         .effect =
                                             [](State& s, const Done& d) {
                                               const std::string seat = get(s.recalls, d.body().text("recall")).seat;
                                               move_along(s, seat, d);
                                               empty_seat(s, seat, d.act.time);
                                             }},
                                        {.name = "recall.fail",
                                         .about = "the holder keeps the seat, or has left it",
                                         .who = {By::clock},
                                         .fields = {thing("recall")},
                                         .moves = "recall",
                                         .guard = may_fail}},
                               .find = find_in<&State::recalls>};
  return process;
}

}  // namespace folkmoot::charter
