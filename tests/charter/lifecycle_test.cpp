// Random histories: whatever is asked, the tables and the charter hold.
#include <gtest/gtest.h>

#include <iostream>
#include <map>
#include <set>

#include "base/json.hpp"
#include "charter/organisation.hpp"
#include "charter/random_requests.hpp"
#include "charter/standing.hpp"

namespace folkmoot::charter {
namespace {

using Stages = std::map<std::string, std::string, std::less<>>;

// Every change of stage since the last call is a row of its process's table.
void expect_drawn(Stages& known, const State& after, const std::string& act,
                  std::set<std::pair<std::string, std::string>>& seen) {
  each_thing(after, [&](const std::string& id, const Thing& thing) {
    std::string& stage = known[id];
    if (stage == thing.stage) return;
    const Process* process = process_of(id);
    const Transition* transition = process->transition(stage, act);
    ASSERT_TRUE(transition && transition->to == thing.stage)
        << id << ": " << stage << " to " << thing.stage << " by " << act;
    seen.emplace(process->name, fmt::format("{} {}", stage, act));
    stage = thing.stage;
  });
}

// No seat was given against a composition rule, or to somebody who may not hold it.
void expect_rightly_seated(const Named<Seat>& before, const Charter& charter, const State& after, const Act& act) {
  for (const auto& [id, seat] : after.seats) {
    const auto found = before.find(id);
    if (found != before.end() && found->second.holder == seat.holder && found->second.from == seat.from) continue;
    if (seat.holder.empty() || act.type == "seat.found") continue;
    EXPECT_EQ(get(after.members, seat.holder).stage, "active") << id << " by " << act.type;
    const Post& post = get(charter.posts, seat.post);
    if (seat.stage == "held" && post.max_terms > 0) {
      EXPECT_LE(get(after.members, seat.holder).terms.at(seat.post), post.max_terms) << id;
    }
    if (post.organ.empty()) continue;
    for (const Composition& rule : get(charter.organs, post.organ).composition) {
      if (rule.elected_by == seat.electorate) continue;
      // Somebody who sat there already, and now has one seat more, changes nothing.
      bool sat = false;
      for (const auto& [other, seat_before] : before) {
        const auto other_post = charter.posts.find(seat_before.post);
        sat |= seat_before.holder == seat.holder && other_post != charter.posts.end() &&
               other_post->second.organ == post.organ;
      }
      if (sat) continue;
      const Seated count = composition(after, post.organ, rule.elected_by);
      EXPECT_GT(2 * count.elected, count.all) << id << " by " << act.type;
    }
  }
}

// What goes against a decision of a higher organ is cited or flagged (R26).
void expect_nothing_reversed_unseen(const State& state) {
  for (const auto& [id, decision] : state.decisions) {
    if (decision.contrary_to.empty() || decision.stage != "in-force") continue;
    const Decision& earlier = get(state.decisions, decision.contrary_to);
    const bool own_right = state.charter().binds(decision.organ, earlier.organ);
    const bool cited =
        !decision.citing.empty() && state.charter().binds(get(state.decisions, decision.citing).organ, earlier.organ);
    EXPECT_TRUE(own_right || cited || earlier.stage == "reversed") << id << " against " << decision.contrary_to;
  }
}

// The agenda misses nothing: whatever the clock may do now to any thing, due() finds.
void expect_agenda_complete(const State& state, Time now) {
  ASSERT_TRUE(due(state, now).empty());
  each_thing(state, [&](const std::string& id, const Thing& thing) {
    for (const Transition& transition : process_of(id)->transitions) {
      const ActType* type = find_act_type(transition.act);
      if (transition.from != thing.stage || type->who.by != By::clock) continue;
      Request request{std::string(type->name), {}, {}, {}};
      request.body.add(std::string(type->moves), id);
      EXPECT_FALSE(std::holds_alternative<Act>(decide(state, request, now))) << type->name << " of " << id;
    }
  });
}

TEST(Lifecycle, RandomHistoriesKeepTheRules) {
  std::set<std::pair<std::string, std::string>> seen;
  std::set<std::string> granted;
  std::size_t steps = 0, acts = 0;
  for (std::uint64_t seed = 1; seed <= 14; ++seed) {
    test::Organisation organisation("campaign", 10);
    State state = organisation.state();
    std::vector<Act> history = organisation.acts();
    RandomRequests random(seed);
    Time now = organisation.now();
    Stages known;
    each_thing(state, [&](const std::string& id, const Thing& thing) { known[id] = thing.stage; });
    const auto take = [&](const Act& act) {
      const Named<Seat> seats = state.seats;
      const auto charters = state.charters;
      state = apply(std::move(state), act);
      history.push_back(act);
      if (!act.refused) granted.insert(act.type);
      ++acts;
      expect_drawn(known, state, act.type, seen);
      expect_rightly_seated(seats, *charters.back(), state, act);
    };
    // Vacancies from the first day on, so that there is something to contest.
    for (const char* id : {"seat-chair-1", "seat-coordinator-1", "seat-coordinator-2", "seat-convener-1",
                           "seat-north-shore-secretary-1", "seat-affiliate-member-1", "seat-appeals-member-1"}) {
      Request request{"seat.resign", {get(state.seats, id).holder, ""}, {}, {}};
      request.body.add("seat", std::string(id));
      const Decided decided = decide(state, request, now);
      ASSERT_TRUE(std::holds_alternative<Act>(decided));
      take(std::get<Act>(decided));
      for (auto requests = due(state, now); !requests.empty(); requests = due(state, now)) {
        take(std::get<Act>(decide(state, requests.front(), now)));
      }
    }
    for (int step = 0; step < 1500 && !::testing::Test::HasFailure(); ++step, ++steps) {
      if (random.chance(12)) now = now + Length{static_cast<std::int64_t>(random.below(8 * 86'400))};
      for (auto requests = due(state, now); !requests.empty(); requests = due(state, now)) {
        const Decided decided = decide(state, requests.front(), now);
        ASSERT_TRUE(std::holds_alternative<Act>(decided));
        take(std::get<Act>(decided));
      }
      const Request request = random.next(state, now);
      const Decided decided = decide(state, request, now);
      if (const auto* act = std::get_if<Act>(&decided)) {
        take(*act);
      } else if (std::get<Refusal>(decided).recorded) {
        take(recorded(state, request, std::get<Refusal>(decided), now));
      }
      if (step % 100 == 0 && due(state, now).empty()) {
        expect_agenda_complete(state, now);
        expect_nothing_reversed_unseen(state);
      }
    }
    const Result<State> replayed = replay(history);
    ASSERT_TRUE(replayed) << replayed.error().message;
    EXPECT_EQ(to_json(*replayed), to_json(state));
  }
  std::size_t rows = 0;
  std::string missing;
  for (const Process* process : processes()) {
    for (const Transition& t : process->transitions) {
      if (t.from == t.to) continue;
      ++rows;
      if (!seen.contains({std::string(process->name), fmt::format("{} {}", t.from, t.act)})) {
        missing += fmt::format(" {}:{}/{}", process->name, t.from, t.act);
      }
    }
  }
  std::cout << steps << " requests, " << acts << " acts, " << granted.size() << " types of act, " << seen.size()
            << " of " << rows << " transitions seen; not:" << missing << '\n';
  EXPECT_GT(granted.size(), 105U);
  EXPECT_GT(seen.size(), 110U);
}

}  // namespace
}  // namespace folkmoot::charter
