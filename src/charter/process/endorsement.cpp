// An endorsement: a member, or an organ in its members' name, backs a candidate. Nothing shows as one until the
// endorser has said so (R15); withdrawn ones stay visible with their reasons (R16).
#include "charter/processes.hpp"
#include "charter/standing.hpp"

namespace folkmoot::charter {
namespace {

const Endorsement& endorsement_of(const Matter& m) { return get(m.state.endorsements, m.body.text("endorsement")); }

Verdict stands(const Matter& m) {
  const Application& application = get(m.state.applications, m.body.text("application"));
  if (application.stage == "standing" || application.stage == "received") return {};
  return refuse("lifecycle.application", "the application is \"{}\"", application.stage);
}

Verdict is_there(const Matter& m, const std::string& endorser) {
  for (const auto& [id, other] : m.state.endorsements) {
    if (other.application == m.body.text("application") && other.endorser == endorser && other.stage != "withdrawn" &&
        other.stage != "denied") {
      return refuse("lifecycle.endorsement", "{} is \"{}\" already", id, other.stage);
    }
  }
  return {};
}

// R13: an organ backs whom its members have chosen, and nobody else.
Verdict may_give_for_organ(const Matter& m) {
  const Slate& slate = get(m.state.slates, m.body.text("slate"));
  const std::string& organ = m.body.text("organ");
  const std::string rule = fmt::format("slates.{}", slate.rule);
  if (get(m.state.charter_of(slate.charter).slates, slate.rule).organ != organ) {
    return refuse(rule, "the slate is not that of \"{}\"", organ);
  }
  if (slate.stage != "official") return refuse(rule, "the slate is \"{}\": members choose first", slate.stage);
  if (!contains(slate.chosen, m.body.text("application")) || contains(slate.dropped, m.body.text("application"))) {
    return refuse(rule, "the members did not choose {}, or it was dropped", m.body.text("application"));
  }
  if (Verdict refusal = stands(m)) return refusal;
  return is_there(m, organ);
}

Verdict may_give(const Matter& m) {
  if (Verdict refusal = stands(m)) return refusal;
  return is_there(m, m.who());
}

Verdict may_claim(const Matter& m) {
  if (get(m.state.applications, m.body.text("application")).member != m.who()) {
    return refuse("lifecycle.endorsement", "only the candidate claims endorsements");
  }
  if (Verdict refusal = stands(m)) return refusal;
  return is_there(m, m.body.text("endorser"));
}

Verdict is_endorser(const Matter& m) {
  const Endorsement& endorsement = endorsement_of(m);
  if (!endorsement.by_organ && endorsement.endorser == m.who()) return {};
  if (endorsement.by_organ && is_secretary(m.state, endorsement.endorser, m.request.actor.office)) return {};
  return refuse("lifecycle.endorsement", "only the endorser says so");
}

void record(State& state, const Done& done, const std::string& endorser, bool by_organ) {
  Endorsement& endorsement = open(state.endorsements, new_id(state, "endorsement"), done);
  endorsement.application = done.body().text("application");
  endorsement.endorser = endorser;
  endorsement.by_organ = by_organ;
  endorsement.slate = done.body().text("slate");
}

}  // namespace

const Process& endorsement_process() {
  static const Process process{
      .name = "endorsement",
      .title = "An endorsement of a candidate",
      .rows = "R13 R15 R16",
      .transitions = {{"", "endorsement.claim", "claimed", ""},
                      {"", "endorsement.give", "given", ""},
                      {"", "endorsement.give_for_organ", "given", "slates"},
                      {"claimed", "endorsement.confirm", "given", ""},
                      {"claimed", "endorsement.deny", "denied", ""},
                      {"given", "endorsement.withdraw", "withdrawn", ""}},
      .acts = {{.name = "endorsement.claim",
                .about = "a candidate names a member as an endorser: nothing shows until they confirm",
                .who = {By::member},
                .fields = {thing("application"), member("endorser")},
                .guard = may_claim,
                .effect = [](State& s, const Done& d) { record(s, d, d.body().text("endorser"), false); }},
               {.name = "endorsement.give",
                .about = "endorses a candidate",
                .who = {By::member},
                .fields = {thing("application")},
                .guard = may_give,
                .effect = [](State& s, const Done& d) { record(s, d, d.who(), false); }},
               {.name = "endorsement.give_for_organ",
                .about = "an organ endorses a candidate whom its members have chosen",
                .who = {By::organ},
                .fields = {word("organ"), thing("application"), thing("slate")},
                .refusals_recorded = true,
                .guard = may_give_for_organ,
                .effect = [](State& s, const Done& d) { record(s, d, d.body().text("organ"), true); }},
               {.name = "endorsement.confirm",
                .about = "confirms an endorsement that a candidate has claimed",
                .who = {By::member},
                .fields = {thing("endorsement")},
                .moves = "endorsement",
                .refusals_recorded = true,
                .guard = is_endorser},
               {.name = "endorsement.deny",
                .about = "denies it",
                .who = {By::member},
                .fields = {thing("endorsement")},
                .moves = "endorsement",
                .guard = is_endorser},
               {.name = "endorsement.withdraw",
                .about = "withdraws an endorsement; both acts stay visible",
                .who = {By::member},
                .fields = {thing("endorsement"), published("reasons")},
                .moves = "endorsement",
                .guard = is_endorser,
                .effect =
                    [](State& s, const Done& d) {
                      get(s.endorsements, d.body().text("endorsement")).reason = d.body().text("reasons");
                    }}},
      .find = find_in<&State::endorsements>};
  return process;
}

}  // namespace folkmoot::charter
