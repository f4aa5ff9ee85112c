// The example organisation as somebody finds it who opens it today: a year behind it, and things under way. There is a
// ballot in which one can vote, a contest that takes applications, a petition that wants signatures, a motion in
// debate.
#pragma once

#include "scenes/year.hpp"

namespace folkmoot::scenes {

// Somebody whom the example lets one be.
struct ExamplePerson {
  std::string member;  // reference
  std::string name;
  std::string role;                   // posts held, "trustee", "registrar" or "member"
  std::array<std::uint8_t, 32> seed;  // of the key with which they sign acts
};

// Of somebody who has not voted yet.
struct ExampleVoter {
  std::string member;
  std::string name;
  std::string credential;
};

// What a trustee of that election keeps to themselves.
struct ExampleTrustee {
  std::int64_t number = 0;
  std::string member;
  std::string name;
  std::string key;  // the seed, as `folkmoot trustee join` writes it
};

struct Example {
  service::fs::path organisation;  // its folder, as the commands take it
  std::string election;            // uuid of the one whose ballot is open
  std::vector<ExampleVoter> voters;
  std::vector<ExampleTrustee> trustees;
  std::vector<ExamplePerson> people;
};

// How much of it is made: all, or the open ballot only, in an organisation that has just begun.
enum class Extent { year, ballot };

// Makes it in a folder that is not there yet, or empty, and an empty database, so that `now` is where its time has come
// to. Fails where
// something is refused that the charter allows, or a file cannot be written.
Result<Example> make_example(const Place& place, Time now, std::ostream& out, const Progress& progress,
                             Extent extent = Extent::year);

}  // namespace folkmoot::scenes
