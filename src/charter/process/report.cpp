// Reports that holders of posts owe to the organ to which they answer (R28).
#include <algorithm>

#include "charter/processes.hpp"
#include "charter/standing.hpp"

namespace folkmoot::charter {
namespace {

const Report& report_of(const Matter& m) { return get(m.state.reports, m.body.text("report")); }

Verdict is_due(const Matter& m) {
  const Seat& seat = get(m.state.seats, m.body.text("seat"));
  const Post& post = get(m.charter.posts, seat.post);
  if (post.report_every.seconds > 0 && seat.next_report > Time{} && m.now >= seat.next_report && m.now < seat.until) {
    return {};
  }
  return refuse(fmt::format("posts.{}.report_every", seat.post), "no report is due");
}

void fall_due(State& state, const Done& done) {
  const std::string id = new_id(state, "report");
  const std::string& seat_id = done.body().text("seat");
  Report& report = open(state.reports, id, done);
  report.seat = seat_id;
  report.give_by = done.body().time("give_by");
  wake(state, id, report.give_by);
  Seat& seat = get(state.seats, seat_id);
  seat.next_report = done.act.time + get(state.charter().posts, seat.post).report_every;
  wake(state, seat_id, std::min(seat.until, seat.next_report));
}

Verdict may_give(const Matter& m) {
  if (get(m.state.seats, report_of(m).seat).holder == m.who()) return {};
  return refuse("accountability", "only the holder of {} reports", report_of(m).seat);
}

Verdict is_overdue(const Matter& m) {
  if (m.now > report_of(m).give_by) return {};
  return refuse("accountability.report_within", "is to be given by {}", text(report_of(m).give_by));
}

}  // namespace

const Process& report_process() {
  static const Process process{
      .name = "report",
      .title = "A report of a holder of a post",
      .rows = "R28",
      .transitions = {{"", "report.fall_due", "due", "posts.*.report_every"},
                      {"due", "report.give", "given", "accountability.report_within"},
                      {"due", "report.fall_overdue", "overdue", "accountability.report_within"},
                      {"overdue", "report.give", "given", "accountability.report_within"}},
      .acts = {{.name = "report.fall_due",
                .about = "the holder of a seat owes a report",
                .who = {By::clock},
                .fields = {thing("seat"), time("give_by").worked_out()},
                .moves = "seat",
                .guard = is_due,
                .derive = [](const Matter& m,
                             Body& b) { b.add("give_by", text(m.now + m.charter.accountability.report_within)); },
                .effect = fall_due},
               {.name = "report.give",
                .about = "gives the report",
                .who = {By::anyone},
                .fields = {thing("report"), published("hash")},
                .moves = "report",
                .guard = may_give,
                .effect = [](State& s,
                             const Done& d) { get(s.reports, d.body().text("report")).hash = d.body().text("hash"); }},
               {.name = "report.fall_overdue",
                .about = "the deadline has passed without a report",
                .who = {By::clock},
                .fields = {thing("report")},
                .moves = "report",
                .guard = is_overdue,
                .effect = [](State& s, const Done& d) { get(s.reports, d.body().text("report")).late = true; }}},
      .find = find_in<&State::reports>};
  return process;
}

}  // namespace folkmoot::charter
