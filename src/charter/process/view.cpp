// An affiliate's view on something that is to be decided, and the response that it is owed (R19).
#include "charter/processes.hpp"
#include "charter/standing.hpp"

namespace folkmoot::charter {
namespace {

const View& view_of(const Matter& m) { return get(m.state.views, m.body.text("view")); }

Verdict may_give(const Matter& m) {
  if (get(m.charter.organs, m.body.text("organ")).kind == "affiliate") return {};
  return refuse("organs", "\"{}\" is not an affiliate", m.body.text("organ"));
}

void give(State& state, const Done& done) {
  const std::string id = new_id(state, "view");
  View& view = open(state.views, id, done);
  view.organ = done.body().text("organ");
  view.on = done.body().text("on");
  view.hash = done.body().text("hash");
  view.respond_by = done.body().time("respond_by");
  wake(state, id, view.respond_by);
}

Verdict may_respond(const Matter& m) {
  const std::string& kind = get(m.charter.organs, m.body.text("organ")).kind;
  if (kind == "committee" || kind == "conference") return {};
  return refuse("affiliates_answered_within", "a committee or a conference responds");
}

Verdict is_overdue(const Matter& m) {
  if (m.now > view_of(m).respond_by) return {};
  return refuse("affiliates_answered_within", "may be responded to until {}", text(view_of(m).respond_by));
}

}  // namespace

const Process& view_process() {
  static const Process process{
      .name = "view",
      .title = "An affiliate's view",
      .rows = "R19",
      .keeps_charter = false,
      .transitions = {{"", "view.give", "given", "affiliates_answered_within"},
                      {"given", "view.respond", "answered", "affiliates_answered_within"},
                      {"given", "view.fall_overdue", "overdue", "affiliates_answered_within"},
                      {"overdue", "view.respond", "answered", "affiliates_answered_within"}},
      .acts = {{.name = "view.give",
                .about = "an affiliate puts its view on record",
                .who = {By::organ},
                .fields = {named("organ", "@organ"), thing("on", "thing"), published("hash"),
                           time("respond_by").worked_out()},
                .guard = may_give,
                .derive = [](const Matter& m,
                             Body& b) { b.add("respond_by", text(m.now + m.charter.affiliates_answered_within)); },
                .effect = give},
               {.name = "view.respond",
                .about = "an organ responds to it",
                .who = {By::organ},
                .fields = {named("organ", "@organ"), thing("view"), published("hash")},
                .moves = "view",
                .guard = may_respond,
                .effect = [](State& s,
                             const Done& d) { get(s.views, d.body().text("view")).response = d.body().text("hash"); }},
               {.name = "view.fall_overdue",
                .about = "nobody has responded in time",
                .who = {By::clock},
                .fields = {thing("view")},
                .moves = "view",
                .guard = is_overdue}},
      .find = find_in<&State::views>};
  return process;
}

}  // namespace folkmoot::charter
