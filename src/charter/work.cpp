#include "charter/work.hpp"

#include <algorithm>

#include "charter/decide.hpp"
#include "charter/process.hpp"
#include "charter/standing.hpp"

namespace folkmoot::charter {
namespace {

constexpr auto all = [](const auto&) { return true; };

// The field of an act that names a thing of that process which it moves; null if it moves none. What it opens may carry
// along any thing ("of" of election.prepare).
const Field* field_for(const ActType& type, std::string_view process) {
  const auto names = [&](const Field& field) {
    return type.moves.empty() ? field.of == "thing" : field.name == type.moves && field.of == process;
  };
  const auto found = std::ranges::find_if(type.fields, names);
  return found == type.fields.end() ? nullptr : &*found;
}

class Desk {
 public:
  Desk(const State& state, const std::string& member, Time now) : state_(state), member_(member), now_(now) {
    for (const auto& [id, seat] : state.seats) {
      const bool is_held = seat.holder == member && seat.stage != "abolished";
      if (is_held && !contains(posts_, seat.post)) posts_.push_back(seat.post);
    }
  }

  std::vector<Work> run() {
    if (posts_.empty()) return {};
    look_at(state_.contests);
    look_at(state_.elections);
    look_at(state_.slates);
    // Any that stands can be rejected; what waits is an appeal.
    look_at(state_.applications, [](const Application& one) { return one.stage == "appealed"; });
    look_at(state_.petitions, [&](const Petition& one) { return is_private(one); });
    look_at(state_.motions);
    look_at(state_.amendments);
    look_at(state_.recalls);
    look_at(state_.decisions);
    look_at(state_.cases);
    look_at(state_.complaints);
    look_at_own(state_.questions);
    look_at_own(state_.reports);
    look_at(state_.views);
    look_at(state_.spends);
    return std::move(work_);
  }

 private:
  // Signatures by name need nobody in office.
  [[nodiscard]] bool is_private(const Petition& petition) const {
    const auto& rules = state_.charter_of(petition.charter).petitions;
    const auto rule = rules.find(petition.rule);
    return rule != rules.end() && rule->second.private_signatures;
  }

  template <class T, class Which = decltype(all)>
  void look_at(const Named<T>& things, Which which = all) {
    for (const auto& [id, thing] : things) {
      if (which(thing)) add(id, thing);
    }
  }
  // Questions and reports, which are for the holder of a seat.
  template <class T>
  void look_at_own(const Named<T>& things) {
    for (const auto& [id, thing] : things) {
      const Seat& seat = get(state_.seats, thing.seat);
      if (seat.holder == member_) add(id, thing, seat.post);
    }
  }

  // `own`: the post whose holder alone is asked; empty if it is the work of an office.
  void add(const std::string& id, const Thing& thing, const std::string& own = "") {
    const Process& process = *process_of(id);
    Work work{id, thing.stage, thing.since, {}};
    for (const Transition& way : process.transitions) {
      if (way.from != thing.stage) continue;
      const ActType& type = *find_act_type(way.act);
      const Field* field = field_for(type, process.name);
      if (!field) continue;
      for (auto& [office, organ] : ways(type, own)) {
        Step step{type.name, field->name, std::move(office), std::move(organ)};
        if (may(type, id, step)) work.steps.push_back(std::move(step));
      }
    }
    if (!work.steps.empty()) work_.push_back(std::move(work));
  }

  // In which office such an act is the member's to do, and for which organ.
  [[nodiscard]] std::vector<std::pair<std::string, std::string>> ways(const ActType& type,
                                                                      const std::string& own) const {
    std::vector<std::pair<std::string, std::string>> found;
    const Charter& charter = state_.charter();
    if (type.who.by == By::duty) {
      const Names& posts = charter.posts_for(type.who.duty);
      const auto post = std::ranges::find_if(posts, [&](const std::string& one) { return contains(posts_, one); });
      if (post != posts.end()) found.emplace_back(*post, "");
    } else if (type.who.by == By::organ) {
      for (const auto& [id, organ] : charter.organs) {
        if (contains(posts_, organ.secretary)) found.emplace_back(organ.secretary, id);
      }
    } else if (type.who.by == By::anyone && !own.empty()) {
      found.emplace_back(own, "");
    }
    return found;
  }

  // Whether it would be granted with any hash where one is wanted. Yes if other fields are, for they may decide it.
  [[nodiscard]] bool may(const ActType& type, const std::string& thing, const Step& step) const {
    Request request{std::string(type.name), {member_, step.office}, {}, {}};
    for (const Field& field : type.fields) {
      if (field.derived || field.optional) continue;
      const bool is_thing = field.name == step.field, is_organ = field.name == "organ" && !step.organ.empty();
      if (!is_thing && !is_organ && field.kind != Kind::hash) return true;
      request.body.add(std::string(field.name), is_thing ? thing : is_organ ? step.organ : std::string(64, '0'));
    }
    if (type.privileged) request.seconded_by = anybody_else();
    return std::holds_alternative<Act>(decide(state_, request, now_));
  }

  // Who may be the second of two; nobody if there is none.
  [[nodiscard]] std::vector<Actor> anybody_else() const {
    for (const std::string& post : state_.charter().privileged) {
      for (const std::string& holder : holders(state_, post)) {
        if (holder != member_) return {{holder, post}};
      }
    }
    return {};
  }

  const State& state_;
  const std::string& member_;
  Time now_;
  Names posts_;  // that the member holds
  std::vector<Work> work_;
};

}  // namespace

std::vector<Work> work_of(const State& state, const std::string& member, Time now) {
  return Desk(state, member, std::max(now, state.time)).run();
}

}  // namespace folkmoot::charter
