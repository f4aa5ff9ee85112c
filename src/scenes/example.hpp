// The example organisation as somebody finds it who opens it today: a year behind it, and things under way. There is a
// ballot in which one can vote, a contest that takes applications, a petition that wants signatures, a motion in
// debate.
#pragma once

#include "scenes/year.hpp"

namespace folkmoot::scenes {

// Of somebody who has not voted yet.
struct ExampleVoter {
  std::string name;
  std::string credential;
};

struct Example {
  service::fs::path organisation;  // its folder, as the commands take it
  std::string election;            // uuid of the one whose ballot is open
  std::vector<ExampleVoter> voters;
};

// Makes it in a folder that is not there yet, or empty, so that `now` is where its time has come to. Fails where
// something is refused that the charter allows, or a file cannot be written.
Result<Example> make_example(const service::fs::path& folder, Time now, std::ostream& out,
                             const service::Progress& progress);

}  // namespace folkmoot::scenes
