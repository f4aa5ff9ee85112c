// Random requests that often make sense: actors who may, things that exist, in stages from which the act leads on.
#pragma once

#include <random>

#include "charter/decide.hpp"
#include "charter/process.hpp"

namespace folkmoot::charter {

class RandomRequests {
 public:
  explicit RandomRequests(std::uint64_t seed) : random_(seed) {}

  // Some request of any act type; usually well-formed.
  Request next(const State& state, Time now);
  // A number below `bound`, which is not 0.
  std::size_t below(std::size_t bound) { return random_() % bound; }
  bool chance(std::size_t percent) { return below(100) < percent; }

 private:
  Request any(const State& state, Time now);
  // What somebody would ask for who wants something to come to its end: things that take many acts, each in its time
  // and by whom it is for, are hardly ever finished by chance. Nothing if there is nothing of the sort that chance
  // picked.
  std::optional<Request> helpful(const State& state, Time now);
  std::optional<Request> advance_election(const State& state, const std::string& id, const Election& election,
                                          Time now);
  Request seconded(const State& state, Request request);
  std::pair<const ActType*, std::string> some_act(const State& state);
  std::string some_member(const State& state);
  std::string some_thing(const State& state, std::string_view process, std::string_view act);
  std::string some_name(const State& state, std::string_view what);
  std::string likely_organ(const State& state, const ActType& type);
  Value some_value(const State& state, const ActType& type, const Field& field, Time now);
  Actor actor_for(const State& state, const ActType& type, const Body& body);
  void make_signature_sensible(const State& state, const Petition& petition, Request& request, Time now);
  // What only somebody who knows the organisation gets right: sizes, candidates, charters.
  void make_sensible(const State& state, Request& request, Time now);

  std::mt19937_64 random_;
};

// Every thing there is, with its process.
void each_thing(const State& state, const std::function<void(const std::string& id, const Thing& thing)>& visit);

}  // namespace folkmoot::charter
