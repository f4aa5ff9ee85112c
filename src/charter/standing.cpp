#include "charter/standing.hpp"

#include <algorithm>
#include <map>

#include "charter/process.hpp"

namespace folkmoot::charter {
namespace {

bool is_taken(const Seat& seat) { return seat.stage == "held" || seat.stage == "interim"; }

// The seats of a post have neighbouring ids: "seat-chair-1", "seat-chair-2"; those of "chair-elect" lie between them.
template <class Visit>
void each_seat(const State& state, std::string_view post, Visit visit) {
  const std::string prefix = fmt::format("seat-{}-", post);
  for (auto i = state.seats.lower_bound(prefix); i != state.seats.end() && i->first.starts_with(prefix); ++i) {
    if (i->second.post == post) visit(i->first, i->second);
  }
}

bool qualifies(const Electorate& rule, const Membership& member, Time now) {
  return member.stage == "active" && member.joined + rule.member_for <= now &&
         (rule.sections.empty() || contains(rule.sections, member.section));
}

}  // namespace

bool contains(const Names& names, std::string_view name) { return std::ranges::find(names, name) != names.end(); }

bool holds(const State& state, std::string_view member, std::string_view post) {
  bool found = false;
  each_seat(state, post,
            [&](const std::string&, const Seat& seat) { found |= is_taken(seat) && seat.holder == member; });
  return found;
}

Names holders(const State& state, std::string_view post) {
  Names names;
  each_seat(state, post, [&](const std::string&, const Seat& seat) {
    if (is_taken(seat)) names.push_back(seat.holder);
  });
  return names;
}

bool is_active(const State& state, std::string_view member) {
  const auto found = state.members.find(member);
  return found != state.members.end() && found->second.stage == "active";
}

bool is_secretary(const State& state, std::string_view organ, std::string_view post) {
  const auto found = state.charter().organs.find(organ);
  return found != state.charter().organs.end() && !post.empty() && found->second.secretary == post;
}

Names seated(const State& state, std::string_view organ) {
  Names names;
  for (const auto& [name, post] : state.charter().posts) {
    if (post.organ == organ) std::ranges::copy(holders(state, name), std::back_inserter(names));
  }
  std::ranges::sort(names);
  names.erase(std::ranges::unique(names).begin(), names.end());
  return names;
}

std::vector<Elector> electors(const State& state, const Charter& charter, std::string_view electorate, Time now) {
  const Electorate& rule = get(charter.electorates, electorate);
  std::map<std::string, std::int64_t> found;
  if (rule.of == "members") {
    std::vector<Elector> all;
    for (const auto& [reference, member] : state.members) {
      if (qualifies(rule, member, now)) all.push_back({reference, 1});
    }
    return all;
  }
  if (rule.of == "affiliates") {
    for (const auto& [name, organ] : charter.organs) {
      if (organ.kind != "affiliate" || (!rule.organs.empty() && !contains(rule.organs, name))) continue;
      const Names delegates = holders(state, organ.secretary);
      if (!delegates.empty()) found[delegates.front()] += organ.votes;
    }
  } else {
    for (const std::string& member : seated(state, rule.of)) found[member] = 1;
  }
  std::vector<Elector> all;
  for (const auto& [member, weight] : found) {
    if (is_active(state, member)) all.push_back({member, weight});
  }
  return all;
}

bool in_electorate(const State& state, const Charter& charter, std::string_view electorate, std::string_view member,
                   Time now) {
  const Electorate& rule = get(charter.electorates, electorate);
  if (rule.of == "members") {
    const auto found = state.members.find(member);
    return found != state.members.end() && qualifies(rule, found->second, now);
  }
  const auto all = electors(state, charter, electorate, now);
  return std::ranges::find(all, member, &Elector::member) != all.end();
}

std::string unfit(const State& state, const Charter& charter, std::string_view post, std::string_view member) {
  const auto found = state.members.find(member);
  if (found == state.members.end()) return "is not on the roll";
  if (found->second.stage != "active") return fmt::format("is {}", found->second.stage);
  const auto rule = charter.posts.find(post);
  if (rule == charter.posts.end()) return "seeks a post that the charter does not have";
  const auto terms = found->second.terms.find(post);
  if (rule->second.max_terms > 0 && terms != found->second.terms.end() && terms->second >= rule->second.max_terms) {
    return fmt::format("has served {} of at most {} terms", terms->second, rule->second.max_terms);
  }
  return "";
}

Seated composition(const State& state, std::string_view organ, std::string_view electorate, const Seating& next) {
  std::map<std::string_view, bool> people;  // whether elected
  for (const auto& [name, post] : state.charter().posts) {
    if (post.organ != organ) continue;
    each_seat(state, name, [&](const std::string& id, const Seat& seat) {
      const bool given = contains(next.seats, id);
      if (!given && !is_taken(seat)) return;
      const std::string_view person = !given ? seat.holder : next.holder.empty() ? id : next.holder;
      people[person] |= (given ? next.by : seat.electorate) == electorate;
    });
  }
  Seated count;
  for (const auto& [person, elected] : people) {
    ++count.all;
    count.elected += elected;
  }
  return count;
}

std::optional<Broken> would_break(const State& state, const Seating& next) {
  for (const auto& [name, organ] : state.charter().organs) {
    for (const Composition& rule : organ.composition) {
      if (rule.elected_by == next.by) continue;
      const Seated before = composition(state, name, rule.elected_by);
      const Seated after = composition(state, name, rule.elected_by, next);
      // Whoever sits there already, and has one seat more, changes nothing; a successor does.
      const bool sits = !next.holder.empty() && contains(seated(state, name), next.holder);
      if (sits && after.elected == before.elected && after.all == before.all) continue;
      if (rule.share.met(after.elected, after.all)) continue;
      return Broken{fmt::format("{}.share", rule.place.path),
                    fmt::format("{} of {} on \"{}\" would be elected by \"{}\", and {} are needed", after.elected,
                                after.all, name, rule.elected_by, rule.share.needed(after.all))};
    }
  }
  return {};
}

void seat_member(State& state, const std::string& id, const std::string& member, const Done& done,
                 const std::string& by, const std::string& electorate, Time until) {
  Seat& seat = get(state.seats, id);
  seat.holder = member;
  seat.from = done.act.time;
  seat.until = until;
  seat.by = by;
  seat.electorate = electorate;
  seat.vacant_since = seat.call_by = {};
  if (by.starts_with("election-")) {
    seat.elected_in = by;
    seat.elected_until = until;
  }
  Time due = until;
  const auto post = state.charter().posts.find(seat.post);
  if (seat.stage == "held") {
    ++get(state.members, member).terms[seat.post];
    if (post != state.charter().posts.end() && post->second.report_every.seconds > 0) {
      seat.next_report = done.act.time + post->second.report_every;
      due = std::min(due, seat.next_report);
    }
  }
  wake(state, id, due);
}

void empty_seat(State& state, const std::string& id, Time now) {
  Seat& seat = get(state.seats, id);
  const bool still_vacant = seat.by == "interim";  // the vacancy in which somebody stood in goes on
  seat.holder.clear();
  seat.by.clear();
  seat.electorate.clear();
  seat.from = seat.until = seat.next_report = {};
  if (!still_vacant) {
    seat.had_interim = false;
    seat.vacant_since = now;
    seat.call_by = {};
  }
  wake(state, id, now);
}

void wake_all_of(State& state, std::string_view member, Time now) {
  for (const auto& [id, seat] : state.seats) {
    if (seat.holder == member) wake(state, id, now);
  }
  for (const auto& [id, application] : state.applications) {
    if (application.member == member) wake(state, id, now);
  }
}

}  // namespace folkmoot::charter
