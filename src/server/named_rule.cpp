#include "server/named_rule.hpp"

#include "charter/process.hpp"

namespace folkmoot::server {
namespace {

using namespace charter;

// Under which of the charter's contests, slates, … a thing stands, or what it belongs to does; empty if none.
std::string name_by_thing(const State& state, std::string_view part, std::string_view id) {
  const auto field = [&](const auto& things, auto member) -> const std::string* {
    const auto found = things.find(id);
    return found == things.end() ? nullptr : &(found->second.*member);
  };
  const auto name = [](const std::string* found) { return found ? *found : std::string(); };
  if (const std::string* of = field(state.elections, &Election::of)) return name_by_thing(state, part, *of);
  if (const std::string* of = field(state.endorsements, &Endorsement::application)) {
    return name_by_thing(state, part, *of);
  }
  if (const std::string* of = field(state.applications, &Application::contest)) return name_by_thing(state, part, *of);
  if (const std::string* of = field(state.amendments, &Amendment::motion)) return name_by_thing(state, part, *of);
  if (part == "contests") return name(field(state.contests, &Contest::rule));
  if (part == "slates") return name(field(state.slates, &Slate::rule));
  if (part == "petitions") return name(field(state.petitions, &Petition::rule));
  if (part == "motions") return name(field(state.motions, &Motion::rule));
  if (part == "posts") return name(field(state.seats, &Seat::post));
  return "";
}

// The same of what an act says itself: it may be about to open the thing.
std::string name_by_body(const State& state, std::string_view part, const Body& body) {
  const auto field = [&](std::string_view name) {
    const Value* value = body.find(name);
    const std::string* text = value ? std::get_if<std::string>(value) : nullptr;
    return text ? *text : std::string();
  };
  if (part == "posts") return field("post");
  if (part == "organs") {
    const auto decision = state.decisions.find(field("decision"));
    return decision == state.decisions.end() ? field("organ") : decision->second.organ;
  }
  if (part != "contests") return field("rule");
  const auto post = state.charter().posts.find(field("post"));
  return post == state.charter().posts.end() ? "" : post->second.contest;
}

}  // namespace

std::string named_rule(const State& state, const Act& act, std::string_view rule, std::span<const std::string> things) {
  const std::size_t star = rule.find(".*");
  if (star == std::string_view::npos) return std::string(rule);
  const std::string_view part = rule.substr(0, star);
  std::string name;
  for (const std::string& id : things) {
    if (name.empty()) name = name_by_thing(state, part, id);
  }
  if (name.empty()) name = name_by_body(state, part, act.body);
  return name.empty() ? std::string(rule) : fmt::format("{}.{}{}", part, name, rule.substr(star + 2));
}

}  // namespace folkmoot::server
