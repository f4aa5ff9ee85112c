// How far the tally of a record has come, for people to see what is to be done next, and by whom.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "record/event.hpp"
#include "service/files.hpp"

namespace folkmoot::service {

struct TallyState {
  struct Trustee {
    bool threshold = false;  // one of a group of whom some are enough; else nothing is decrypted without them
    bool shuffled = false;
    bool decrypted = false;
  };
  std::string group;
  bool strict = false;                                // held under the strict profile
  bool shuffles = false;                              // there are rankings, which have to be shuffled
  record::EventType last = record::EventType::setup;  // of the record
  std::vector<Trustee> trustees;                      // from number 1 on
  std::int64_t needed = 0;                            // so many decryptions make a result
  std::string structure;                              // the trustees structure, as JSON
  [[nodiscard]] std::int64_t shuffled() const;        // how many have
  [[nodiscard]] std::int64_t decrypted() const;
  // Whether the voting has been closed: nothing that a voter does changes the record any more.
  [[nodiscard]] bool is_closed() const;
};

// What is read of a record: its setup alone, in a time that does not grow with the ballots, as if nothing had happened
// since; or all of it. It is a record that verifies, or grew by what was checked.
enum class Course { setup, all };
Result<TallyState> tally_state(const fs::path& record, Course course);

}  // namespace folkmoot::service
