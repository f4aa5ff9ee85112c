#include "charter/decide.hpp"

#include <algorithm>
#include <cassert>

#include "base/utf8.hpp"
#include "charter/process.hpp"
#include "charter/standing.hpp"

namespace folkmoot::charter {
namespace {

constexpr Time latest{253'402'300'799};  // 9999-12-31T23:59:59Z

std::string rule_of(const ActType& type, std::string_view field = "") {
  return fmt::format("acts.{}{}{}", type.name, field.empty() ? "" : ".", field);
}

// The version that governs: of the first thing in the body whose process keeps it, else the one in force.
std::int64_t governing_version(const State& state, const ActType& type, const Body& body) {
  for (const Field& field : type.fields) {
    if (field.of.empty() || field.of.starts_with('@') || !body.has(field.name)) continue;
    const Process* process = process_of(body.text(field.name));
    const Thing* thing = find_thing(state, body.text(field.name));
    if (process && thing && process->keeps_charter) return thing->charter;
  }
  return state.version();
}

// Whoever authenticated the request hands in references of members; the office is checked when it matters.
bool is_well_formed(const Request& request) {
  const auto good = [](const Actor& actor) {
    const bool name = actor.office.size() <= 64 && is_utf8(actor.office);
    return is_member(actor.member) && name;
  };
  if (request.actor.is_clock() ? !request.actor.office.empty() : !good(request.actor)) return false;
  return request.seconded_by.size() <= 1 && std::ranges::all_of(request.seconded_by, good);
}

Verdict check_references(const State& state, const Charter& charter, const ActType& type, const Body& body) {
  for (const Field& field : type.fields) {
    if (!body.has(field.name)) continue;
    if (field.kind == Kind::member) {
      if (!state.members.contains(body.text(field.name))) {
        return refuse(rule_of(type, field.name), "{} is not on the roll", body.text(field.name));
      }
    } else if (field.of.starts_with('@')) {
      if (!charter.has(field.of, body.text(field.name))) {
        return refuse(rule_of(type, field.name), "the charter has no {} \"{}\"", field.of.substr(1),
                      body.text(field.name));
      }
    } else if (!field.of.empty()) {
      const std::string& id = body.text(field.name);
      const Process* process = process_of(id);
      if (!process || !find_thing(state, id) || (field.of != "thing" && process->name != field.of)) {
        return refuse(rule_of(type, field.name), "there is no {} \"{}\"", field.of, id);
      }
    }
  }
  return {};
}

Verdict check_actor(const State& state, const ActType& type, const Request& request, const Body& body) {
  const Actor& actor = request.actor;
  if (actor.is_clock() != (type.who.by == By::clock)) {
    return refuse(rule_of(type), "{} is done {}", type.name, actor.is_clock() ? "by a person" : "by the clock alone");
  }
  if (type.who.by == By::clock) return {};
  const bool founding = state.organisation.stage == "founding" && actor.member == state.organisation.founder;
  if (type.who.by == By::founder) {
    if (founding || state.charters.empty()) return {};
    return refuse(rule_of(type), "only the founder may do this, until the organisation is constituted");
  }
  const auto member = state.members.find(actor.member);
  if (member == state.members.end() || member->second.stage == "erased") {
    return refuse(rule_of(type), "{} is not on the roll", actor.member);
  }
  if (!actor.office.empty() && !holds(state, actor.member, actor.office)) {
    return refuse(fmt::format("posts.{}", actor.office), "{} does not hold the post \"{}\"", actor.member,
                  actor.office);
  }
  const std::string& standing = member->second.stage;
  switch (type.who.by) {
    case By::participant:
      if (standing == "active" || standing == "supporter") return {};
      return refuse("standing", "this is for members and supporters; {} is {}", actor.member, standing);
    case By::member:
      if (standing == "active") return {};
      if (standing == "supporter") {
        return refuse("supporters", "supporters take part without a vote: this is for members");
      }
      return refuse("standing", "this is for active members; {} is {}", actor.member, standing);
    case By::duty: {
      if (founding && type.who.duty == "roll") return {};
      const Names& posts = state.charter().posts_for(type.who.duty);
      if (std::ranges::find(posts, actor.office) != posts.end()) return {};
      return refuse(fmt::format("duties.{}", type.who.duty), "this is the work of {}", fmt::join(posts, " or "));
    }
    case By::organ: {
      const std::string& organ = body.text("organ");
      const auto found = state.charter().organs.find(organ);
      if (found != state.charter().organs.end() && found->second.secretary == actor.office) return {};
      return refuse(fmt::format("organs.{}.secretary", organ), "only its secretary puts its acts on the record");
    }
    case By::clock:
    case By::founder:
    case By::anyone:
      break;
  }
  return {};
}

Verdict check_second(const State& state, const ActType& type, const Request& request) {
  if (!type.privileged && request.seconded_by.empty()) return {};
  if (!type.privileged && !type.may_be_seconded) {
    return refuse(rule_of(type), "no second person is needed");
  }
  const Names& posts = state.charter().privileged;
  if (request.seconded_by.size() == 1) {
    const Actor& second = request.seconded_by.front();
    if (second.member != request.actor.member && holds(state, second.member, second.office) &&
        std::ranges::find(posts, second.office) != posts.end()) {
      return {};
    }
  }
  return refuse("privileged", "two people are needed: a second one who is {}", fmt::join(posts, " or "));
}

// That the lifecycle has a way from where the thing is.
Verdict check_stage(const State& state, const ActType& type, const std::string& id) {
  const Process* process = process_of(id);
  const Thing* thing = find_thing(state, id);
  assert(process && thing);
  if (process->transition(thing->stage, type.name)) return {};
  std::vector<std::string_view> stages;
  std::string rule = fmt::format("lifecycle.{}", process->name);
  for (const Transition& transition : process->transitions) {
    if (transition.act != type.name) continue;
    stages.push_back(transition.from);
    if (!transition.rule.empty()) rule = transition.rule;
  }
  if (stages.empty()) return refuse(rule, "{} is \"{}\": nothing of that kind can be done to it", id, thing->stage);
  return refuse(rule, "{} is \"{}\" since {}, and this needs it to be \"{}\"", id, thing->stage, text(thing->since),
                fmt::join(stages, "\" or \""));
}

// Everything but the form and the clock.
Verdict check(const Matter& matter, const ActType& type) {
  const auto& [state, request, body, now, charter] = matter;
  if (Verdict refusal = check_actor(state, type, request, body)) return refusal;
  if (Verdict refusal = check_references(state, charter, type, body)) return refusal;
  if (!type.moves.empty()) {
    if (Verdict refusal = check_stage(state, type, body.text(type.moves))) return refusal;
  }
  if (type.carries) {
    const std::string id = type.carries(state, body);
    if (!id.empty()) {
      if (Verdict refusal = check_stage(state, type, id)) return refusal;
    }
  }
  if (Verdict refusal = check_second(state, type, request)) return refusal;
  return type.guard ? type.guard(matter) : Verdict{};
}

// `settled`: whether the clock has nothing to do first.
Decided decide(const State& state, const Request& request, Time now, bool settled) {
  const ActType* type = find_act_type(request.type);
  if (!type) return refuse("acts", "there is no act \"{}\"", request.type.substr(0, 60));
  if (!is_well_formed(request)) return refuse("acts", "an actor is a member's reference, perhaps with an office");
  if (now < state.time || now > latest) {
    return refuse("time", "{} is before the last act, {}, or after the year 9999", text(now), text(state.time));
  }
  const auto body = arrange(request.body, type->fields, false);
  if (!body) return refuse(rule_of(*type), "{}", body.error().message);
  if (state.charters.empty() && type->who.by != By::founder) return refuse("founding", "there is no organisation yet");
  if (!settled) return refuse("time", "the clock comes first: something is due by {}", text(now));
  const std::int64_t version = governing_version(state, *type, *body);
  const Matter matter{state, request, *body, now, state.charter_of(version)};
  if (Verdict refusal = check(matter, *type)) {
    refusal->recorded = refusal->recorded || type->privileged || type->refusals_recorded;
    if (request.actor.is_clock() || !state.members.contains(request.actor.member)) refusal->recorded = false;
    return *std::move(refusal);
  }
  Act act{request.type, now, request.actor, request.seconded_by, version, *body, {}};
  if (type->derive) {
    type->derive(matter, act.body);
    auto whole = arrange(act.body, type->fields, true);
    assert(whole);
    act.body = *std::move(whole);
  }
  if (json::to_text(act).size() > longest_act) return refuse("acts", "the act is longer than {} bytes", longest_act);
  return act;
}

}  // namespace

Decided decide(const State& state, const Request& request, Time now) {
  const bool clock = request.actor.is_clock();
  return decide(state, request, now, clock || due(state, now).empty());
}

Act recorded(const State& state, const Request& request, const Refusal& refusal, Time now) {
  assert(refusal.recorded);
  const ActType* type = find_act_type(request.type);
  const auto body = arrange(request.body, type->fields, false);
  return {request.type, now,    request.actor, request.seconded_by, governing_version(state, *type, *body),
          *body,        refusal};
}

State apply(State state, const Act& act) {
  const ActType* type = find_act_type(act.type);
  assert(type);
  state.time = act.time;
  if (act.refused) {
    state.attempts.push_back({state.acts, act.type, act.refused->rule});
    ++state.acts;
    return state;
  }
  // Effects may adopt a charter; the one under which the act was decided stays alive until they are done.
  const auto charters = state.charters;
  const Done done{act, state.charter_of(act.charter)};
  const std::string carried = type->carries ? type->carries(state, act.body) : "";
  if (!type->moves.empty()) move_along(state, act.body.text(type->moves), done);
  if (!carried.empty()) move_along(state, carried, done);
  if (type->effect) type->effect(state, done);
  ++state.acts;
  return state;
}

std::vector<Request> due(const State& state, Time now) {
  std::vector<Request> requests;
  for (const auto& [time, id] : state.agenda) {
    if (time > now) break;
    const Process* process = process_of(id);
    const Thing* thing = find_thing(state, id);
    assert(process && thing);
    for (const Transition& transition : process->transitions) {
      const ActType* type = find_act_type(transition.act);
      if (transition.from != thing->stage || !type || type->who.by != By::clock) continue;
      Request request{std::string(type->name), {}, {}, {}};
      request.body.add(std::string(type->moves), id);
      if (std::holds_alternative<Act>(decide(state, request, now, true))) requests.push_back(std::move(request));
    }
  }
  return requests;
}

std::vector<Act> settle(State& state, Time now) {
  std::vector<Act> acts;
  for (auto requests = due(state, now); !requests.empty(); requests = due(state, now)) {
    acts.push_back(std::get<Act>(decide(state, requests.front(), now, true)));
    state = apply(std::move(state), acts.back());
  }
  return acts;
}

Status replay_one(State& state, const Act& act) {
  const std::string where = fmt::format("act {} ({})", state.acts, act.type);
  const Decided decided = decide(state, request_of(act), act.time);
  if (const auto* refusal = std::get_if<Refusal>(&decided)) {
    if (!act.refused) return fail("{}: against the rules: {}: {}", where, refusal->rule, refusal->message);
    if (!refusal->recorded || *refusal != *act.refused) return fail("{}: was refused for another reason", where);
  } else if (act.refused) {
    return fail("{}: was refused, and the rules allow it", where);
  } else if (json::to_text(std::get<Act>(decided)) != json::to_text(act)) {
    return fail("{}: what was worked out differs", where);
  }
  state = apply(std::move(state), act);
  return {};
}

Result<State> replay(std::span<const Act> acts) {
  State state;
  for (const Act& act : acts) TRY(replay_one(state, act));
  return state;
}

}  // namespace folkmoot::charter
