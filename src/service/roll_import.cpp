#include "service/roll_import.hpp"

#include <algorithm>
#include <cassert>
#include <map>
#include <unordered_set>

namespace folkmoot::service {
namespace {

using charter::Member;
using charter::Request;
using charter::State;
using charter::Time;

// People are prepared a slice at a time, so that a long list is not in memory twice.
constexpr std::size_t slice = 10'000;

// The people of plan.admit, in the order of their references.
struct Admitted {
  std::string reference;
  std::size_t member = 0;
  bool is_new = false;
};

std::string draw_reference(secret::Random& random) {
  std::array<std::uint8_t, 8> bytes;
  random.fill(bytes);
  return "m-" + to_hex(bytes);
}

std::vector<Admitted> draw_references(const RollPlan& plan, const State& state, secret::Random& random) {
  std::vector<Admitted> admitted;
  std::unordered_set<std::string> drawn;
  admitted.reserve(plan.admit.size());
  for (const auto& [member, reference] : plan.admit) {
    std::string own = reference;
    while (own.empty() || (reference.empty() && (state.members.contains(own) || !drawn.insert(own).second))) {
      own = draw_reference(random);
    }
    admitted.push_back({std::move(own), member, reference.empty()});
  }
  std::ranges::sort(admitted, {}, &Admitted::reference);
  return admitted;
}

Status insert_people(People& people, const RollPlan& plan, const std::vector<Admitted>& admitted) {
  std::vector<Person> batch;
  for (const Admitted& one : admitted) {
    if (!one.is_new) continue;
    const Member& member = plan.list.members[one.member];
    Person& person = batch.emplace_back();
    person.reference = one.reference;
    person.id = member.id;
    update(person, member, plan.list);
    if (batch.size() == slice) {
      TRY(people.insert(batch));
      batch.clear();
    }
  }
  return people.insert(batch);
}

Status update_people(People& people, const RollPlan& plan) {
  std::vector<Person> batch;
  for (const auto& [member, reference] : plan.details) {
    std::optional<Person> person = TRY(people.by_reference(reference));
    if (!person) return fail("{} is not in the private store any more", reference);
    update(*person, plan.list.members[member], plan.list);
    batch.push_back(*std::move(person));
    if (batch.size() == slice) {
      TRY(people.update(batch));
      batch.clear();
    }
  }
  return people.update(batch);
}

// What one act of admission has in common.
struct Group {
  bool supporters = false;
  std::string section, joined;
  friend auto operator<=>(const Group&, const Group&) = default;
};

void request_admission(std::vector<Request>& requests, const charter::Actor& officer, const Group& group,
                       const charter::Names& members) {
  for (std::size_t first = 0; first < members.size(); first += charter::longest_list) {
    const std::size_t last = std::min(first + charter::longest_list, members.size());
    Request request{group.supporters ? "supporter.admit" : "member.admit", officer, {}, {}};
    request.body.add("members", charter::Names(members.begin() + static_cast<std::ptrdiff_t>(first),
                                               members.begin() + static_cast<std::ptrdiff_t>(last)));
    if (!group.section.empty()) request.body.add("section", group.section);
    if (!group.joined.empty()) request.body.add("joined", group.joined);
    requests.push_back(std::move(request));
  }
}

std::vector<Request> request_all(const State& state, const RollPlan& plan, const std::vector<Admitted>& admitted,
                                 const charter::Actor& officer, Time now) {
  std::map<Group, charter::Names> groups;
  for (const Admitted& one : admitted) {
    const Member& member = plan.list.members[one.member];
    Group group{member.supporter, member.section, ""};
    if (member.joined && !member.supporter) group.joined = text(public_date(state.charter(), *member.joined, now));
    groups[std::move(group)].push_back(one.reference);
  }
  std::vector<Request> requests;
  for (const auto& [group, members] : groups) request_admission(requests, officer, group, members);
  const auto add = [&](const char* type, const std::vector<RollPlan::Change>& changes, bool with_section) {
    for (const auto& [member, reference] : changes) {
      Request request{type, officer, {}, {{"member", reference}}};
      if (with_section) request.body.add("section", plan.list.members[member].section);
      requests.push_back(std::move(request));
    }
  };
  add("member.promote", plan.promote, false);
  add("member.renew", plan.renew, false);
  add("member.move", plan.move, true);
  add("member.lapse", plan.lapse, false);
  return requests;
}

}  // namespace

charter::Time public_date(const charter::Charter& charter, Time joined, Time now) {
  charter::Length longest;
  for (const auto& [name, electorate] : charter.electorates) longest = std::max(longest, electorate.member_for);
  for (const auto& [name, contest] : charter.contests) longest = std::max(longest, contest.member_for);
  if (joined + longest > now) return joined;
  const auto new_year = charter::read_time(text(joined).substr(0, 4) + "-01-01T00:00:00Z");
  assert(new_year);  // of a time that can be written
  return *new_year;
}

Result<std::vector<Request>> apply_import(database::Database& database, const State& state, const RollPlan& plan,
                                          const charter::Actor& officer, Time now, secret::Random& random) {
  const std::vector<Admitted> admitted = draw_references(plan, state, random);
  People people(database);
  const auto write = [&]() -> Status {
    TRY(people.remove(plan.abandoned));  // whose ids somebody else may have now
    TRY(insert_people(people, plan, admitted));
    return update_people(people, plan);
  };
  TRY(in("private store", database.transact(write)));
  return request_all(state, plan, admitted, officer, now);
}

}  // namespace folkmoot::service
