#include "service/roll_plan.hpp"

#include <algorithm>
#include <set>
#include <unordered_map>

namespace folkmoot::service {
namespace {

using charter::Column;
using charter::Member;
using charter::Membership;
using charter::Roll;
using charter::Standing;
using charter::State;

constexpr std::size_t nobody = static_cast<std::size_t>(-1);

std::string lower_case(std::string_view text) {
  std::string lowered(text);
  std::ranges::transform(lowered, lowered.begin(),
                         [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  return lowered;
}

class Planner {
 public:
  Planner(const State& state, Roll list, charter::Time now) : state_(state), now_(now) {
    plan_.list = std::move(list);
    seen_.resize(members().size());
    index();
  }

  // Takes the next person of the private store.
  void compare(const Person& person) {
    const auto known = state_.members.find(person.reference);
    const Membership* membership = known == state_.members.end() ? nullptr : &known->second;
    if (membership && membership->stage != "erased") ++known_;
    const auto found = by_id_.find(person.id);
    if (found == by_id_.end()) return leave_out(person, membership);
    if (found->second == nobody) return;  // several lines: a conflict
    seen_[found->second] = true;
    compare(found->second, person, membership);
  }

  RollPlan finish() {
    for (std::size_t i = 0; i < members().size(); ++i) {
      if (!seen_[i] && by_id_.at(members()[i].id) == i) add_new(i);
    }
    // The private store has its own order.
    for (auto* changes : {&plan_.admit, &plan_.promote, &plan_.renew, &plan_.move, &plan_.lapse, &plan_.details}) {
      std::ranges::sort(*changes, {}, &RollPlan::Change::member);
    }
    find_shared_emails();
    const auto erased = [](const auto& entry) { return entry.second.stage == "erased"; };
    plan_.unknown =
        state_.members.size() - known_ - static_cast<std::size_t>(std::ranges::count_if(state_.members, erased));
    note_new_sections();
    return std::move(plan_);
  }

 private:
  [[nodiscard]] const std::vector<Member>& members() const { return plan_.list.members; }
  void conflict(std::size_t i, std::string message) {
    plan_.conflicts.push_back({members()[i].line, members()[i].id, std::move(message)});
  }

  void index() {
    by_id_.reserve(members().size());
    std::unordered_map<std::string_view, std::size_t> first;  // of those on several lines
    for (std::size_t i = 0; i < members().size(); ++i) {
      const auto [entry, is_new] = by_id_.emplace(members()[i].id, i);
      if (is_new) continue;
      if (entry->second != nobody) {
        first.emplace(members()[i].id, entry->second);
        conflict(entry->second, "the id is on several lines");
        entry->second = nobody;
      }
      conflict(i, fmt::format("the id is also on line {}", members()[first.at(members()[i].id)].line));
    }
  }

  // Whoever is in the private store and not in the list.
  void leave_out(const Person& person, const Membership* membership) {
    if (!membership) {
      plan_.abandoned.push_back(person.reference);
    } else if (membership->stage != "left" && membership->stage != "erased") {
      plan_.missing.push_back({0, person.id, membership->stage});
      if (!person.email.empty()) missing_emails_.emplace(lower_case(person.email), person.id);
    }
  }

  // Whoever is in both.
  void compare(std::size_t i, const Person& person, const Membership* membership) {
    const Member& member = members()[i];
    const bool active = member.standing == Standing::active;
    if (!membership) {
      if (!active) return plan_.abandoned.push_back(person.reference);
      if (!may_admit(i)) return;
      plan_.admit.push_back({i, person.reference});
      plan_.undated += !member.joined;
      if (differs(member, person)) plan_.details.push_back({i, person.reference});
      return;
    }
    const std::string& stage = membership->stage;
    if (stage == "erased") {
      return conflict(i, fmt::format("{} is erased on the ledger: finish the erasure", person.reference));
    }
    if (stage == "left") {
      if (active) conflict(i, "has left: once erased, the same person can be admitted as a new member");
      return;
    }
    const bool moved = follow(i, person.reference, *membership);
    const bool renamed = follow_details(i, person);
    if (!moved && !renamed) ++plan_.unchanged;
  }

  bool follow_details(std::size_t i, const Person& person) {
    if (!differs(members()[i], person)) return false;
    plan_.details.push_back({i, person.reference});
    return true;
  }

  // What the officer may do so that the roll says what the list says; whether that is anything.
  bool follow(std::size_t i, const std::string& reference, const Membership& membership) {
    const Member& member = members()[i];
    const bool active = member.standing == Standing::active;
    const std::string& stage = membership.stage;
    bool is_active = stage == "active";  // so that it can be moved
    bool changed = true;
    if (stage == "supporter" && !active) {
      conflict(i, "is a supporter, who leaves by an act of their own");
    } else if (stage == "supporter" && !member.supporter) {
      plan_.promote.push_back({i, reference});
      is_active = true;
    } else if (stage != "supporter" && member.supporter && active) {
      conflict(i, fmt::format("is a supporter in the list, and {} as a member on the roll", stage));
      is_active = false;
    } else if (stage == "suspended" && !active) {
      conflict(i, fmt::format("is suspended by {} and cannot lapse before that ends", membership.suspended_by));
    } else if (stage == "lapsed" && active) {
      plan_.renew.push_back({i, reference});
      is_active = true;
    } else if (stage == "active" && !active) {
      plan_.lapse.push_back({i, reference});
      plan_.left += member.standing == Standing::left;
      is_active = false;
    } else {
      changed = false;
    }
    if (member.section.empty() || member.section == membership.section || !active) return changed;
    if (is_active) {
      plan_.move.push_back({i, reference});
      return true;
    }
    conflict(i, fmt::format("is in section \"{}\" in the list; who is {} cannot be moved", member.section, stage));
    return true;
  }

  void add_new(std::size_t i) {
    const Member& member = members()[i];
    if (member.standing != Standing::active) {
      ++plan_.not_admitted;
      return;
    }
    if (!may_admit(i)) return;
    if (const auto other = missing_emails_.find(lower_case(member.email)); other != missing_emails_.end()) {
      return conflict(i, fmt::format("has the e-mail address of \"{}\", who is not in the list: the same person under "
                                     "another id?",
                                     other->second));
    }
    plan_.admit.push_back({i, ""});
    plan_.undated += !member.joined;
  }

  // What no act could say.
  bool may_admit(std::size_t i) {
    const Member& member = members()[i];
    if (member.supporter && !state_.charter().supporters) {
      conflict(i, "is a supporter, and the charter knows none");
      return false;
    }
    if (member.joined && *member.joined > now_) {
      conflict(i, fmt::format("joins only on {}", charter::text(*member.joined)));
      return false;
    }
    return true;
  }

  [[nodiscard]] bool differs(const Member& member, const Person& person) const {
    Person listed = person;
    update(listed, member, plan_.list);
    return listed != person;
  }

  void find_shared_emails() {
    std::vector<std::pair<std::size_t, std::size_t>> order;  // hash, member
    for (std::size_t i = 0; i < members().size(); ++i) {
      const Member& member = members()[i];
      if (member.email.empty() || member.standing == Standing::left) continue;
      order.emplace_back(std::hash<std::string>()(lower_case(member.email)), i);
    }
    std::ranges::sort(order);
    for (std::size_t i = 1; i < order.size(); ++i) {
      const Member& member = members()[order[i].second];
      const Member& other = members()[order[i - 1].second];
      if (order[i].first != order[i - 1].first || member.id == other.id) continue;
      if (lower_case(member.email) != lower_case(other.email)) continue;
      plan_.shared_emails.push_back(
          {member.line, member.id, fmt::format("has the same e-mail address as \"{}\"", other.id)});
    }
    std::ranges::sort(plan_.shared_emails, {}, &RollPlan::Note::line);
    std::ranges::sort(plan_.conflicts, {}, &RollPlan::Note::line);
  }

  void note_new_sections() {
    std::set<std::string_view> sections;
    for (const auto* changes : {&plan_.admit, &plan_.move}) {
      for (const RollPlan::Change& change : *changes) sections.insert(members()[change.member].section);
    }
    sections.erase("");
    if (sections.empty()) return;
    for (const auto& [reference, membership] : state_.members) sections.erase(membership.section);
    plan_.new_sections.assign(sections.begin(), sections.end());
  }

  const State& state_;
  const charter::Time now_;
  RollPlan plan_;
  std::unordered_map<std::string_view, std::size_t> by_id_;  // of the list; `nobody` for an id on several lines
  std::vector<bool> seen_;                                   // in the private store, of the list's members
  std::unordered_map<std::string, std::string> missing_emails_;
  std::size_t known_ = 0;  // in the private store and on the ledger
};

// "  A12, A13, A14 and 9 more\n"
template <class Items, class Text>
void list_first(std::string& text, const Items& items, std::size_t most, Text text_of_item) {
  for (std::size_t i = 0; i < std::min(most, items.size()); ++i) {
    text += fmt::format("{}{}", i == 0 ? "  " : ", ", text_of_item(items[i]));
  }
  if (items.size() > most) text += fmt::format("{}and {} more", most == 0 ? "  " : " ", items.size() - most);
  text += '\n';
}

}  // namespace

void update(Person& person, const Member& member, const Roll& list) {
  const auto has = [&](Column column) { return list.has[static_cast<std::size_t>(column)]; };
  if (has(Column::name) || has(Column::first_name) || has(Column::last_name)) person.name = member.name;
  if (has(Column::email)) person.email = member.email;
  if (has(Column::language)) person.language = member.language;
  if (has(Column::joined)) person.joined = member.joined;
  if (list.has_characteristics) person.characteristics = member.characteristics;
}

bool RollPlan::empty() const {
  return admit.empty() && promote.empty() && renew.empty() && move.empty() && lapse.empty() && details.empty() &&
         abandoned.empty();
}

Result<RollPlan> plan_import(database::Database& database, const State& state, Roll list, charter::Time now) {
  Planner planner(state, std::move(list), now);
  TRY(People(database).each([&](Person&& person) { planner.compare(person); }));
  return planner.finish();
}

std::string describe(const RollPlan& plan, std::size_t most) {
  const auto& members = plan.list.members;
  std::string text = fmt::format("{} lines: {} unchanged\n", members.size(), plan.unchanged);
  const auto changes = [&](std::string_view what, const std::vector<RollPlan::Change>& all) {
    if (all.empty()) return;
    text += fmt::format("{}: {}\n", what, all.size());
    list_first(text, all, most, [&](const auto& change) { return members[change.member].id; });
  };
  const auto notes = [&](std::string_view what, const std::vector<RollPlan::Note>& all) {
    if (all.empty()) return;
    text += fmt::format("{}: {}\n", what, all.size());
    for (std::size_t i = 0; i < std::min(most, all.size()); ++i) {
      const RollPlan::Note& note = all[i];
      const std::string line = note.line == 0 ? "" : fmt::format("line {}, ", note.line);
      text += fmt::format("  {}\"{}\": {}\n", line, note.id, note.message);
    }
    if (all.size() > most) text += fmt::format("  and {} more\n", all.size() - most);
  };
  const auto count = [&](std::string_view what, std::size_t number) {
    if (number > 0) text += fmt::format("{}: {}\n", what, number);
  };
  changes("to admit", plan.admit);
  count("  of them without a date of joining, who join on the day of the import", plan.undated);
  changes("supporters to promote to members", plan.promote);
  changes("to renew", plan.renew);
  changes("to move to another section", plan.move);
  changes("to lapse", plan.lapse);
  count("  of them left, in the list: they end their membership by an act of their own, or are erased", plan.left);
  changes("details changed, in the private store only", plan.details);
  if (!plan.new_sections.empty()) {
    text += fmt::format("sections new to the roll: {}\n", plan.new_sections.size());
    list_first(text, plan.new_sections, most, [](const std::string& name) { return name; });
  }
  notes("not in the list, and left as they are", plan.missing);
  notes("conflicts, and left as they are", plan.conflicts);
  notes("shared e-mail addresses", plan.shared_emails);
  count("not admitted, because the list has them as lapsed or left", plan.not_admitted);
  count("prepared by an unfinished import, not in this list, and forgotten", plan.abandoned.size());
  count("on the roll without details in the private store", plan.unknown);
  return text;
}

}  // namespace folkmoot::service
