#include "service/characteristic.hpp"

#include "charter/process/contest.hpp"
#include "charter/standing.hpp"
#include "service/people.hpp"

namespace folkmoot::service {

Result<charter::Request> count_characteristic(database::Database& database, const charter::State& state,
                                              const std::string& contest, const std::string& characteristic,
                                              const charter::Actor& officer) {
  const auto found = state.contests.find(contest);
  if (found == state.contests.end()) return fail("there is no \"{}\"", contest);
  People people(database);
  std::int64_t applicants = 0;
  for (const std::string& application : charter::standing(state, found->second)) {
    const auto person = TRY(people.by_reference(get(state.applications, application).member));
    applicants += person && charter::contains(person->characteristics, characteristic);
  }
  return charter::Request{"contest.count_characteristic",
                          officer,
                          {},
                          {{"contest", contest}, {"characteristic", characteristic}, {"applicants", applicants}}};
}

}  // namespace folkmoot::service
