// What an organ recommends on something to be decided. A local group's stands beside the centre's, and only the group
// can take it back (R18).
#include "charter/processes.hpp"
#include "charter/standing.hpp"

namespace folkmoot::charter {
namespace {

Verdict may_publish(const Matter& m) {
  const std::string& position = m.body.text("position");
  if (position != "for" && position != "against" && position != "neither") {
    return refuse("acts.recommendation.publish.position", "is for, against or neither");
  }
  for (const auto& [id, other] : m.state.recommendations) {
    if (other.organ == m.body.text("organ") && other.on == m.body.text("on") && other.stage == "published") {
      return refuse("lifecycle.recommendation", "{} is published: withdraw it first", id);
    }
  }
  return {};
}

void publish(State& state, const Done& done) {
  Recommendation& recommendation = open(state.recommendations, new_id(state, "recommendation"), done);
  recommendation.organ = done.body().text("organ");
  recommendation.on = done.body().text("on");
  recommendation.position = done.body().text("position");
  recommendation.hash = done.body().text("hash");
}

Verdict is_own(const Matter& m) {
  const std::string& organ = get(m.state.recommendations, m.body.text("recommendation")).organ;
  if (organ == m.body.text("organ")) return {};
  return refuse(fmt::format("organs.{}", organ), "only \"{}\" withdraws what it recommends", organ);
}

}  // namespace

const Process& recommendation_process() {
  static const Process process{
      .name = "recommendation",
      .title = "A recommendation of an organ or a local group",
      .rows = "R18",
      .keeps_charter = false,
      .transitions = {{"", "recommendation.publish", "published", ""},
                      {"published", "recommendation.withdraw", "withdrawn", ""}},
      .acts = {{.name = "recommendation.publish",
                .about = "publishes what an organ recommends",
                .who = {By::organ},
                .fields = {named("organ", "@organ"), thing("on", "thing"), word("position"), published("hash")},
                .guard = may_publish,
                .effect = publish},
               {.name = "recommendation.withdraw",
                .about = "the organ itself withdraws it",
                .who = {By::organ},
                .fields = {named("organ", "@organ"), thing("recommendation")},
                .moves = "recommendation",
                .refusals_recorded = true,
                .guard = is_own}},
      .find = find_in<&State::recommendations>};
  return process;
}

}  // namespace folkmoot::charter
