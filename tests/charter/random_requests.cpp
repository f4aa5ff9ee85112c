#include "charter/random_requests.hpp"

#include <algorithm>

#include "base/sha256.hpp"
#include "charter/process/ballot.hpp"
#include "charter/process/contest.hpp"
#include "charter/standing.hpp"

namespace folkmoot::charter {
namespace {

template <class T>
void visit_all(const Named<T>& things, const std::function<void(const std::string&, const Thing&)>& visit) {
  for (const auto& [id, thing] : things) visit(id, thing);
}

template <class T>
Names keys(const Named<T>& map) {
  Names names;
  for (const auto& [name, value] : map) names.push_back(name);
  return names;
}

// How often an act is tried, so that contests, which need many in a row within their deadlines, come to an end.
int weight(std::string_view act) {
  if (act == "election.annul") return 1;
  if (act.starts_with("election.") || act == "application.submit") return 12;
  if (act == "application.nominate" || act == "contest.count_characteristic" || act == "slate.propose") return 12;
  for (const std::string_view process : {"contest.", "slate.", "case.", "amendment.", "application."}) {
    if (act.starts_with(process)) return 4;
  }
  return 1;
}

}  // namespace

void each_thing(const State& state, const std::function<void(const std::string&, const Thing&)>& visit) {
  visit_all(state.members, visit);
  visit_all(state.seats, visit);
  visit_all(state.contests, visit);
  visit_all(state.applications, visit);
  visit_all(state.elections, visit);
  visit_all(state.slates, visit);
  visit_all(state.endorsements, visit);
  visit_all(state.petitions, visit);
  visit_all(state.motions, visit);
  visit_all(state.amendments, visit);
  visit_all(state.recalls, visit);
  visit_all(state.decisions, visit);
  visit_all(state.cases, visit);
  visit_all(state.questions, visit);
  visit_all(state.reports, visit);
  visit_all(state.views, visit);
  visit_all(state.recommendations, visit);
  visit_all(state.caucuses, visit);
  visit_all(state.mandates, visit);
  visit_all(state.spends, visit);
  visit_all(state.statements, visit);
  visit_all(state.claims, visit);
  visit_all(state.papers, visit);
  visit_all(state.complaints, visit);
}

std::string RandomRequests::some_member(const State& state) {
  if (state.members.empty()) return "m-0000000000000000";
  auto i = state.members.begin();
  std::advance(i, static_cast<std::ptrdiff_t>(below(state.members.size())));
  return i->first;
}

// Nine times of ten one from whose stage the act leads on, if there is one.
std::string RandomRequests::some_thing(const State& state, std::string_view process, std::string_view act) {
  Names all, able;
  each_thing(state, [&](const std::string& id, const Thing& thing) {
    const Process* of = process_of(id);
    if (process != "thing" && of->name != process) return;
    all.push_back(id);
    if (of->transition(thing.stage, act)) able.push_back(id);
  });
  const Names& from = !able.empty() && chance(90) ? able : all;
  return from.empty() ? "nothing-1" : from[below(from.size())];
}

std::string RandomRequests::some_name(const State& state, std::string_view what) {
  const Charter& charter = state.charter();
  Names names;
  if (what == "@organ") names = keys(charter.organs);
  if (what == "@post") names = keys(charter.posts);
  if (what == "@contest") names = keys(charter.contests);
  if (what == "@slate") names = keys(charter.slates);
  if (what == "@petition") names = keys(charter.petitions);
  if (what == "@motion") names = keys(charter.motions);
  if (what == "@conduct") names = charter.discipline.rules;
  return names.empty() ? "nothing" : names[below(names.size())];
}

Value RandomRequests::some_value(const State& state, const ActType& type, const Field& field, Time now) {
  switch (field.kind) {
    case Kind::member:
      if (field.name == type.moves) {
        const std::string id = some_thing(state, "member", type.name);
        return is_member(id) ? id : some_member(state);
      }
      return some_member(state);
    case Kind::members:
      return std::vector<std::string>{fmt::format("m-{:016x}", random_())};
    case Kind::name:
      if (field.of.starts_with('@')) return some_name(state, field.of);
      if (!field.of.empty()) return some_thing(state, field.of, type.name);
      if (field.name == "organ") return chance(10) ? some_name(state, "@organ") : likely_organ(state, type);
      if (field.name == "role") return std::string(chance(30) ? "registrar" : "trustee");
      if (field.name == "position") return std::string(chance(50) ? "for" : "against");
      if (field.name == "action") return std::string(chance(50) ? "hidden" : "kept");
      if (field.name == "characteristic") return std::string("woman");
      if (field.name == "section") return std::string(chance(50) ? "north-shore" : "south-bay");
      return std::string(chance(30) ? "policy" : "garden");
    case Kind::names:
      return std::vector<std::string>{};
    case Kind::hashes:
      return std::vector<std::string>{};
    case Kind::hash:
      return sha256_hex(std::to_string(random_()));
    case Kind::title:
      return std::string("Something");
    case Kind::text:
      return std::string("no charter");
    case Kind::count:
      return static_cast<std::int64_t>(chance(80) ? below(6) : below(300'000));
    case Kind::time:
      return text(now + days(static_cast<std::int64_t>(below(200))));
    case Kind::flag:
      return chance(50);
  }
  return false;
}

// The organ that the charter names for such acts.
std::string RandomRequests::likely_organ(const State& state, const ActType& type) {
  const Charter& charter = state.charter();
  if (type.name == "case.uphold" || type.name == "case.overturn") return charter.discipline.appeals;
  if (type.name.starts_with("case.")) return charter.discipline.panel;
  if (type.name.starts_with("application.")) return "appeals";
  if (type.name.starts_with("mandate.") || type.name.starts_with("spend.")) return charter.spending.mandates;
  if (type.name.starts_with("complaint.")) return charter.moderation.appeals;
  if (type.name.starts_with("slate.") || type.name.starts_with("endorsement.")) return "membership";
  if (type.name.starts_with("seat.")) return chance(70) ? "coordinating" : chance(50) ? "rowers" : "harbour-workers";
  return some_name(state, "@organ");
}

Actor RandomRequests::actor_for(const State& state, const ActType& type, const Body& body) {
  const auto holder = [&](const std::string& post) -> Actor {
    const Names holding = holders(state, post);
    return holding.empty() ? Actor{some_member(state), ""} : Actor{holding[below(holding.size())], post};
  };
  if (chance(3)) return {some_member(state), some_name(state, "@post")};
  if (type.who.by == By::clock) return {};
  if (type.who.by == By::founder) return {state.organisation.founder, ""};
  if (type.who.by == By::duty) {
    const Names& posts = state.charter().posts_for(type.who.duty);
    return posts.empty() ? Actor{} : holder(posts[below(posts.size())]);
  }
  if (type.who.by == By::organ) {
    const auto organ = state.charter().organs.find(body.text("organ"));
    if (organ != state.charter().organs.end()) return holder(organ->second.secretary);
  }
  return {some_member(state), ""};
}

// Who may sign; of a tree of one leaf, whose path is empty, that leaf.
void RandomRequests::make_signature_sensible(const State& state, const Petition& petition, Request& request, Time now) {
  Body& body = request.body;
  if (request.type == "petition.freeze") {
    const Charter& charter = state.charter_of(petition.charter);
    const auto all = electors(state, charter, get(charter.petitions, petition.rule).electorate, now);
    body.set("size", static_cast<std::int64_t>(all.size() - petition.named.size()));
  }
  if (request.type == "petition.sign" && petition.root.empty() && chance(90)) {
    for (const char* field : {"salt", "index", "path"}) body.remove(field);
  }
  if (request.type == "petition.withdraw_signature" && chance(70)) {
    body.remove("leaf");
    if (!petition.named.empty()) request.actor = {*petition.named.begin(), ""};
  }
}

void RandomRequests::make_sensible(const State& state, Request& request, Time now) {
  Body& body = request.body;
  const auto found_election = state.elections.find(body.text("election"));
  if (request.type == "election.freeze" && found_election != state.elections.end()) {
    const Election& election = found_election->second;
    const auto all = electors(state, state.charter_of(election.charter), election.electorate, now);
    std::int64_t weight = 0;
    for (const Elector& elector : all) weight += elector.weight;
    body.set("size", static_cast<std::int64_t>(all.size()));
    body.set("weight", weight);
  }
  if (const auto found = state.petitions.find(body.text("petition")); found != state.petitions.end()) {
    make_signature_sensible(state, found->second, request, now);
  }
  if (request.type == "election.issue" && found_election != state.elections.end()) {
    const auto registrar = found_election->second.roles.find("registrar");
    if (registrar != found_election->second.roles.end()) request.actor = {registrar->second.front(), ""};
  }
  if (request.type == "election.declare" && found_election != state.elections.end()) {
    const Election& election = found_election->second;
    const Ballot ballot = ballot_of(state, state.charter_of(election.charter), election.of, now);
    body.set("cast", static_cast<std::int64_t>(below(static_cast<std::size_t>(election.size) + 1)));
    for (const char* field : {"yes", "no", "elected"}) body.remove(field);
    if (ballot.yes_or_no) {
      body.set("yes", static_cast<std::int64_t>(chance(70) ? election.weight : 0));
      body.set("no", std::int64_t{0});
    } else {
      Names elected = ballot.candidates;
      std::ranges::shuffle(elected, random_);
      elected.resize(std::min<std::size_t>(elected.size(), static_cast<std::size_t>(ballot.places)));
      body.set("elected", elected);
    }
  }
  if (request.type == "decision.take" && chance(80)) {
    const auto present = static_cast<std::int64_t>(std::max<std::size_t>(seated(state, body.text("organ")).size(), 1));
    body.set("present", present);
    body.set("yes", present);
    body.set("no", std::int64_t{0});
    if (chance(60)) body.remove("contrary_to");
    if (chance(60)) body.remove("citing");
  }
  const std::string rule = body.text("rule");
  const auto motion = state.charter().motions.find(rule);
  const auto petition = state.charter().petitions.find(rule);
  const bool is_petition = request.type == "petition.open" && petition != state.charter().petitions.end();
  if (is_petition && petition->second.triggers == "motion") body.remove("seat");
  bool changes =
      request.type == "motion.propose" && motion != state.charter().motions.end() && motion->second.changes_charter;
  if (is_petition && petition->second.triggers == "motion") {
    changes = state.charter().motions.at(petition->second.motion).changes_charter;
  }
  const auto amended = state.motions.find(body.text("motion"));
  if (request.type == "amendment.propose" && amended != state.motions.end()) {
    changes = !amended->second.text.empty();
  }
  if (request.type == "motion.propose" || request.type == "amendment.propose" || request.type == "petition.open") {
    body.remove("text");
    if (changes) {
      const std::string charter = state.charter().text + "\n# " + std::to_string(below(1000)) + "\n";
      body.set("text", charter);
      body.set("hash", sha256_hex(charter));
    }
  }
  // Acts that only one person may do.
  const auto act_as = [&](std::string_view field, const auto& things, auto member_of) {
    const auto found = things.find(body.text(field));
    if (found != things.end() && chance(90)) request.actor = {member_of(found->second), ""};
  };
  if (request.type == "seat.resign") act_as("seat", state.seats, [](const Seat& s) { return s.holder; });
  if (request.type == "application.withdraw" || request.type == "application.appeal") {
    act_as("application", state.applications, [](const Application& a) { return a.member; });
  }
  if (request.type == "case.reply" || request.type == "case.appeal") {
    act_as("case", state.cases, [](const Case& c) { return c.member; });
  }
  if (request.type == "case.seat") {
    const Names panel = seated(state, state.charter().discipline.panel);
    if (!panel.empty()) body.set("member", panel[below(panel.size())]);
  }
  if (request.type == "question.answer") {
    act_as("question", state.questions, [&](const Question& q) { return get(state.seats, q.seat).holder; });
  }
  if (request.type == "report.give") {
    act_as("report", state.reports, [&](const Report& r) { return get(state.seats, r.seat).holder; });
  }
  if (request.type == "amendment.accept") {
    act_as("amendment", state.amendments, [&](const Amendment& a) { return get(state.motions, a.motion).mover; });
  }
  const auto appointed = state.seats.find(body.text("seat"));
  if (request.type == "seat.appoint" && appointed != state.seats.end()) {
    const auto post = state.charter().posts.find(appointed->second.post);
    if (post != state.charter().posts.end() && !post->second.appointed_by.empty()) {
      body.set("organ", post->second.appointed_by);
      request.actor = actor_for(state, *find_act_type(request.type), body);
    }
  }
  // Some decision in force of that organ.
  if (body.has("decision") && body.has("organ") && process_of(body.text("decision"))) {
    Names able;
    for (const auto& [id, decision] : state.decisions) {
      if (decision.organ == body.text("organ") && decision.stage == "in-force") able.push_back(id);
    }
    if (!able.empty() && !request.type.starts_with("decision.")) body.set("decision", able[below(able.size())]);
  }
  if (request.type == "decision.take" && chance(40)) {
    body.set("organ", std::string("coordinating"));
    const auto present = static_cast<std::int64_t>(std::max<std::size_t>(seated(state, "coordinating").size(), 1));
    body.set("present", present);
    body.set("yes", present);
    request.actor = actor_for(state, *find_act_type(request.type), body);
  }
  // Officers of an election are people without an office.
  if (request.type == "election.appoint" && chance(95)) {
    for (int i = 0; i < 20 && std::ranges::any_of(
                                  state.seats, [&](const auto& s) { return s.second.holder == body.text("member"); });
         ++i) {
      body.set("member", some_member(state));
    }
  }
  if (request.type == "endorsement.claim") {
    act_as("application", state.applications, [](const Application& a) { return a.member; });
  }
  if (request.type == "endorsement.confirm" || request.type == "endorsement.deny" ||
      request.type == "endorsement.withdraw") {
    act_as("endorsement", state.endorsements,
           [&](const Endorsement& e) { return e.by_organ ? some_member(state) : e.endorser; });
  }
  if (request.type == "amendment.withdraw") {
    act_as("amendment", state.amendments, [](const Amendment& a) { return a.mover; });
  }
  if (request.type == "motion.withdraw") {
    act_as("motion", state.motions, [](const Motion& m) { return m.mover; });
  }
  if (request.type == "claim.confirm" || request.type == "claim.deny") {
    act_as("claim", state.claims, [](const Claim& c) { return c.about; });
  }
  if (request.type == "member.leave" && chance(20)) request.actor = {body.text("member"), ""};
}

// Half of the time an act that moves something on: of some thing, a way to another stage.
std::pair<const ActType*, std::string> RandomRequests::some_act(const State& state) {
  if (chance(50)) {
    std::vector<std::pair<const ActType*, std::string>> ways;
    each_thing(state, [&](const std::string& id, const Thing& thing) {
      const Process* process = process_of(id);
      if (process->name == "member" && !chance(2)) return;
      if (process->name == "seat" && !chance(10)) return;
      for (const Transition& t : process->transitions) {
        if (t.from != thing.stage || (t.to == t.from && weight(t.act) == 1 && !chance(30))) continue;
        const ActType* type = find_act_type(t.act);
        if (type->who.by == By::clock) continue;
        for (int i = 0; i < weight(t.act); ++i) ways.emplace_back(type, id);
      }
    });
    if (!ways.empty()) return ways[below(ways.size())];
  }
  const auto all = processes();
  const Process* process = all[below(all.size())];
  return {&process->acts[below(process->acts.size())], ""};
}

Request RandomRequests::next(const State& state, Time now) {
  if (chance(40)) {
    std::optional<Request> request = helpful(state, now);
    if (request) return seconded(state, *std::move(request));
  }
  return seconded(state, any(state, now));
}

// With the second person that a privileged act takes.
Request RandomRequests::seconded(const State& state, Request request) {
  if (!find_act_type(request.type)->privileged || !chance(95)) return request;
  std::vector<Actor> able;
  for (const std::string& post : state.charter().privileged) {
    for (const std::string& holder : holders(state, post)) {
      if (holder != request.actor.member) able.push_back({holder, post});
    }
  }
  if (!able.empty()) request.seconded_by.push_back(able[below(able.size())]);
  return request;
}

Request RandomRequests::any(const State& state, Time now) {
  auto [chosen, id] = some_act(state);
  // An organisation that everybody leaves has no more history.
  while ((chosen->name == "member.lapse" || chosen->name == "member.leave" || chosen->name == "member.erase" ||
          chosen->name == "seat.resign") &&
         chance(85)) {
    std::tie(chosen, id) = some_act(state);
  }
  const ActType& type = *chosen;
  Request request{std::string(type.name), {}, {}, {}};
  for (const Field& field : type.fields) {
    if (field.derived || (field.optional && chance(40))) continue;
    const Process* process = id.empty() ? nullptr : process_of(id);
    const bool is_it =
        process && (field.of == process->name || (field.name == type.moves && process->name == "member"));
    request.body.add(std::string(field.name), is_it ? Value(id) : some_value(state, type, field, now));
  }
  request.actor = actor_for(state, type, request.body);
  if (chance(97)) make_sensible(state, request, now);
  return request;
}

}  // namespace folkmoot::charter
