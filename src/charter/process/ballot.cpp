#include "charter/process/ballot.hpp"

#include <algorithm>
#include <cassert>

#include "base/sha256.hpp"
#include "charter/process/contest.hpp"
#include "charter/standing.hpp"

namespace folkmoot::charter {
namespace {

Names people(const State& state, const Names& applications) {
  Names members;
  for (const std::string& id : applications) members.push_back(get(state.applications, id).member);
  return members;
}

Ballot contest_ballot(const State& state, const Charter& charter, const Contest& contest, Time now) {
  const ContestRule& rule = get(charter.contests, contest.rule);
  Ballot ballot{.electorate = rule.electorate, .length = rule.ballot};
  ballot.places = static_cast<std::int64_t>(contest.seats.size());
  ballot.candidates = people(state, standing(state, contest));
  ballot.count = rule.rule;
  ballot.contested = rule.unopposed == "ballot";
  ballot.rule = fmt::format("contests.{}.campaign", contest.rule);
  if (now < contest.ballot_from) ballot.not_yet = fmt::format("the campaign lasts until {}", text(contest.ballot_from));
  for (const std::string& id : contest.applications) {
    if (get(state.applications, id).stage == "appealed") ballot.not_yet = fmt::format("the appeal of {} is open", id);
  }
  return ballot;
}

Ballot slate_ballot(const State& state, const Charter& charter, const Slate& slate, Time now) {
  const SlateRule& rule = get(charter.slates, slate.rule);
  Ballot ballot{.electorate = rule.electorate, .length = rule.ballot};
  ballot.places = rule.size;
  ballot.candidates = people(state, slate.proposed);
  ballot.count = rule.rule;
  ballot.rule = fmt::format("slates.{}.proposals", slate.rule);
  if (now <= slate.proposals_close) {
    ballot.not_yet = fmt::format("names may be proposed until {}", text(slate.proposals_close));
  }
  return ballot;
}

bool is_to_be_voted_on(const Amendment& amendment) {
  return amendment.stage == "ready" || amendment.stage == "balloting" || amendment.stage == "counting" ||
         amendment.stage == "decided";
}

// The first amendment to that motion, before the given one if any, that is to be voted on: each is voted on when it is
// known what it would amend. Empty if there is none.
std::string undecided_before(const State& state, const std::string& motion, const std::string& amendment) {
  for (const std::string& id : get(state.motions, motion).amendments) {
    if (id == amendment) break;
    if (is_to_be_voted_on(get(state.amendments, id))) return id;
  }
  return "";
}

Ballot amendment_ballot(const State& state, const Charter& charter, const std::string& id, const Amendment& amendment) {
  const std::string& name = get(state.motions, amendment.motion).rule;
  const MotionRule& rule = get(charter.motions, name);
  Ballot ballot{.electorate = rule.electorate, .length = rule.ballot, .yes_or_no = true};
  ballot.rule = fmt::format("motions.{}.amendment_seconders", name);
  const std::string before = undecided_before(state, amendment.motion, id);
  if (!before.empty()) ballot.not_yet = fmt::format("{} is to be voted on first", before);
  return ballot;
}

Ballot motion_ballot(const State& state, const Charter& charter, const std::string& id, const Motion& motion,
                     Time now) {
  const MotionRule& rule = get(charter.motions, motion.rule);
  Ballot ballot{.electorate = rule.electorate, .length = rule.ballot, .yes_or_no = true};
  ballot.rule = fmt::format("motions.{}.debate", motion.rule);
  if (now <= motion.debate_until) ballot.not_yet = fmt::format("the debate lasts until {}", text(motion.debate_until));
  const std::string before = undecided_before(state, id, "");
  if (!before.empty()) ballot.not_yet = fmt::format("{} is to be voted on first", before);
  return ballot;
}

Ballot recall_ballot(const Charter& charter, const Recall& recall, Time now) {
  const PetitionRule& rule = get(charter.petitions, recall.rule);
  Ballot ballot{.electorate = rule.recall_electorate, .length = rule.ballot, .yes_or_no = true};
  ballot.rule = fmt::format("petitions.{}.ballot_within", recall.rule);
  if (now < recall.ballot_on) ballot.not_yet = fmt::format("the ballot opens on {}", text(recall.ballot_on));
  return ballot;
}

}  // namespace

Ballot ballot_of(const State& state, const Charter& charter, std::string_view id, Time now) {
  if (const auto found = state.contests.find(id); found != state.contests.end()) {
    return contest_ballot(state, charter, found->second, now);
  }
  if (const auto found = state.slates.find(id); found != state.slates.end()) {
    return slate_ballot(state, charter, found->second, now);
  }
  if (const auto found = state.motions.find(id); found != state.motions.end()) {
    return motion_ballot(state, charter, found->first, found->second, now);
  }
  if (const auto found = state.amendments.find(id); found != state.amendments.end()) {
    return amendment_ballot(state, charter, found->first, found->second);
  }
  return recall_ballot(charter, get(state.recalls, id), now);
}

Names in_ballot_order(Names candidates, const Election& frozen) {
  std::ranges::sort(candidates, {}, [&](const std::string& member) { return sha256_hex(frozen.root + member); });
  return candidates;
}

Names suspended_since_opening(const State& state, const Election& election) {
  Names suspended;
  const auto contest = state.contests.find(election.of);
  if (contest == state.contests.end()) return suspended;
  for (const std::string& candidate : election.candidates) {
    const bool since = std::ranges::any_of(contest->second.applications, [&](const std::string& id) {
      const Application& application = get(state.applications, id);
      return application.member == candidate && application.suspended_at >= election.opened;
    });
    if (since) suspended.push_back(candidate);
  }
  return suspended;
}

std::string& election_of(State& state, std::string_view id) {
  if (const auto found = state.contests.find(id); found != state.contests.end()) return found->second.election;
  if (const auto found = state.slates.find(id); found != state.slates.end()) return found->second.election;
  if (const auto found = state.motions.find(id); found != state.motions.end()) return found->second.election;
  if (const auto found = state.amendments.find(id); found != state.amendments.end()) return found->second.election;
  return get(state.recalls, id).election;
}

}  // namespace folkmoot::charter
