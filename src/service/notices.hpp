// Whom an act tells (charter/notices.hpp), as letters. What is to be told is noted in the transaction that enters the
// act; the letters are written afterwards, a slice at a time, so that an electorate of half a million keeps nobody
// waiting. A letter's name follows from the act and the member: whatever dies in between, nobody gets it twice.
#pragma once

#include <optional>

#include "charter/state.hpp"
#include "service/acts.hpp"

namespace folkmoot::service {

const database::Migration& notice_table();

struct Notice {
  std::uint64_t act = 0;  // number
  std::string type;
  charter::Time time;
  std::string thing;      // that it is about
  std::string about;      // what that is called (titles.hpp); may be empty
  charter::Names people;  // references
  std::string election;   // and all its electors; may be empty
};

// Of an act that was just entered and gave that state; nothing if nobody is told.
std::optional<Notice> notice_of(const charter::State& state, const Numbered& act);

// Within the transaction that enters the acts.
Status add_notices(database::Database& database, std::span<const Notice> notices);

// Writes the letters of the oldest notice to some hundreds of those whom it tells. Whether there may be more to do.
// `state`: after at least the acts that were entered when this is called, or else nothing is done. A notice that has
// become old news is dropped.
Result<bool> write_letters(database::Database& database, const charter::State& state, charter::Time now);

}  // namespace folkmoot::service
