#include <algorithm>
#include <set>

#include "base/sha256.hpp"
#include "charter/process/ballot.hpp"
#include "charter/random_requests.hpp"
#include "charter/standing.hpp"

namespace folkmoot::charter {
namespace {

// One of those that fit; nothing if none does.
template <class T, class Fits>
const std::pair<const std::string, T>* some_of(RandomRequests& random, const Named<T>& things, Fits fits) {
  std::vector<const std::pair<const std::string, T>*> all;
  for (const auto& thing : things) {
    if (fits(thing.second)) all.push_back(&thing);
  }
  return all.empty() ? nullptr : all[random.below(all.size())];
}

// What waits for an election to be prepared.
Names without_election(const State& state) {
  Names things;
  const auto add = [&](const auto& all, std::initializer_list<std::string_view> stages) {
    for (const auto& [id, thing] : all) {
      if (thing.election.empty() && std::ranges::find(stages, thing.stage) != stages.end()) things.push_back(id);
    }
  };
  add(state.contests, {"called", "ready"});
  add(state.slates, {"proposing"});
  add(state.motions, {"debate", "ready"});
  add(state.amendments, {"ready"});
  add(state.recalls, {"dated"});
  return things;
}

}  // namespace

// Its roles, its electorate, its ballot, its result, in that order.
std::optional<Request> RandomRequests::advance_election(const State& state, const std::string& id,
                                                        const Election& election, Time now) {
  const Actor officer{election.roles.at("returning-officer").front(), state.charter().posts_for("contests").front()};
  Body body;
  body.set("election", id);
  const auto request = [&](const char* type, const Actor& actor) {
    Request made{type, actor, {}, body};
    make_sensible(state, made, now);
    return made;
  };
  for (const char* role : {"registrar", "trustee"}) {
    const auto found = election.roles.find(role);
    const auto there = static_cast<std::int64_t>(found == election.roles.end() ? 0 : found->second.size());
    const std::int64_t wanted = std::string_view(role) == "registrar" ? 1 : state.charter().elections.trustees;
    if (there >= wanted || election.stage == "closed") continue;
    body.set("role", std::string(role));
    body.set("member", some_member(state));
    return request("election.appoint", officer);
  }
  if (election.stage == "preparing") {
    body.set("root", sha256_hex(id));
    const std::string& post = state.charter().posts_for("roll").front();
    const Names keepers = holders(state, post);
    if (keepers.empty()) return {};
    return request("election.freeze", {keepers.front(), post});
  }
  if (election.stage == "frozen") {
    body.set("fingerprint", sha256_hex(id));
    return request("election.open", officer);
  }
  for (const char* field : {"record", "transcript", "other_transcript"}) body.set(field, sha256_hex(field + id));
  return request("election.declare", officer);
}

std::optional<Request> RandomRequests::helpful(const State& state, Time now) {
  const auto by_somebody = [&](const char* type, const char* field, const std::string& id) {
    Request request{type, {some_member(state), ""}, {}, {}};
    request.body.set(field, id);
    return request;
  };
  const std::string& contests_post = state.charter().posts_for("contests").front();
  const Names officers = holders(state, contests_post);
  switch (below(9)) {
    case 0: {
      const auto is_under_way = [](const Election& election) {
        return election.stage == "preparing" || election.stage == "frozen" || election.stage == "closed";
      };
      const auto* found = some_of(*this, state.elections, is_under_way);
      return found ? advance_election(state, found->first, found->second, now) : std::nullopt;
    }
    case 1: {
      const Names things = without_election(state);
      if (things.empty() || officers.empty()) return {};
      Request request{"election.prepare", {officers.front(), contests_post}, {}, {}};
      request.body.set("of", things[below(things.size())]);
      return request;
    }
    case 2: {
      const auto* found = some_of(*this, state.petitions, [](const Petition& p) { return p.stage == "collecting"; });
      if (!found) return {};
      return by_somebody("petition.sign", "petition", found->first);
    }
    case 3: {
      const auto* found = some_of(*this, state.motions, [](const Motion& m) { return m.stage == "proposed"; });
      if (!found) return {};
      return by_somebody("motion.second", "motion", found->first);
    }
    case 4: {
      const auto* found = some_of(*this, state.amendments, [](const Amendment& a) { return a.stage == "proposed"; });
      if (!found) return {};
      return by_somebody("amendment.second", "amendment", found->first);
    }
    case 5: {
      const auto* found = some_of(*this, state.seats, [&](const Seat& seat) {
        const auto post = state.charter().posts.find(seat.post);
        return seat.holder.empty() && post != state.charter().posts.end() && !post->second.contest.empty();
      });
      if (!found || officers.empty()) return {};
      const std::string& post = found->second.post;
      std::int64_t vacant = 0;
      for (const auto& [id, seat] : state.seats) vacant += seat.post == post && seat.holder.empty() ? 1 : 0;
      return Request{"contest.call", {officers.front(), contests_post}, {}, {{"post", post}, {"seats", vacant}}};
    }
    case 6: {
      const auto* found = some_of(*this, state.contests, [](const Contest& c) { return c.stage == "applications"; });
      if (!found) return {};
      Request request = by_somebody("application.submit", "contest", found->first);
      request.body.set("statement", sha256_hex(found->first));
      return request;
    }
    case 7: {
      const auto* found = some_of(*this, state.contests, [](const Contest& c) { return c.stage == "applications"; });
      if (!found || officers.empty()) return {};
      Request request{"slate.call", {officers.front(), contests_post}, {}, {{"contest", found->first}}};
      request.body.set("rule", some_name(state, "@slate"));
      return request;
    }
    default: {
      const auto* found =
          some_of(*this, state.applications, [](const Application& a) { return a.stage == "received"; });
      if (!found) return {};
      return by_somebody("application.nominate", "application", found->first);
    }
  }
}

}  // namespace folkmoot::charter
