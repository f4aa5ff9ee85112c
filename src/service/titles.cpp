#include "service/titles.hpp"

namespace folkmoot::service {
namespace {

using charter::Named;
using charter::State;

std::string title_of_post(const State& state, const std::string& post) {
  const auto found = state.charter().posts.find(post);
  return found == state.charter().posts.end() ? post : found->second.title;
}

// What `title(thing)` gives for the thing of that id, if it is one of these.
template <class T, class Title>
std::string in(const Named<T>& things, std::string_view id, Title title) {
  const auto found = things.find(id);
  return found == things.end() ? "" : title(found->second);
}

}  // namespace

std::string title_of(const State& state, std::string_view id) {
  using namespace charter;
  const auto own = [](const auto& thing) { return thing.title; };
  const auto post = [&](const auto& thing) { return title_of_post(state, thing.post); };
  const auto seat = [&](const auto& thing) { return title_of(state, thing.seat); };
  const std::string_view process = id.substr(0, id.find('-'));
  if (process == "contest") return in(state.contests, id, post);
  if (process == "seat") return in(state.seats, id, post);
  if (process == "petition") return in(state.petitions, id, own);
  if (process == "motion") return in(state.motions, id, own);
  if (process == "decision") return in(state.decisions, id, own);
  if (process == "caucus") return in(state.caucuses, id, own);
  if (process == "statement") return in(state.statements, id, own);
  if (process == "paper") return in(state.papers, id, own);
  if (process == "recall") return in(state.recalls, id, seat);
  if (process == "question") return in(state.questions, id, seat);
  if (process == "report") return in(state.reports, id, seat);
  // Of something else, which is never one of these.
  if (process == "election") return in(state.elections, id, [&](const Election& e) { return title_of(state, e.of); });
  if (process == "slate") return in(state.slates, id, [&](const Slate& s) { return title_of(state, s.contest); });
  if (process == "amendment")
    return in(state.amendments, id, [&](const Amendment& a) { return title_of(state, a.motion); });
  if (process == "application")
    return in(state.applications, id, [&](const Application& a) { return title_of(state, a.contest); });
  if (process == "endorsement")
    return in(state.endorsements, id, [&](const Endorsement& e) { return title_of(state, e.application); });
  return "";
}

}  // namespace folkmoot::service
