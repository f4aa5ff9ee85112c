// What importing a membership list would change, before anything does: the list compared with the private store and
// with what the ledger says of the same people.
//
// The list is the organisation's; the roll follows it where an officer may make it: members are admitted, moved, lapsed
// and renewed, supporters admitted and promoted, and details changed. What only a member or a panel may decide stays:
// who has left in the list lapses here, whoever is suspended stays so, and nobody disappears because a list is short.
//
// People are matched by the organisation's own id (lists without ids: by e-mail address, in lower case). An empty field
// of a column that says who somebody is clears what was known; a column that the list doesn't have changes nothing.
#pragma once

#include "charter/roll.hpp"
#include "charter/state.hpp"
#include "service/people.hpp"

namespace folkmoot::service {

struct RollPlan {
  // A member of the list, and who that is on the roll: nobody yet if the reference is empty.
  struct Change {
    std::size_t member = 0;  // in `list.members`
    std::string reference;
  };
  // Something for a person to look at. Nothing is done about it.
  struct Note {
    std::size_t line = 0;  // of the list; 0: of none
    std::string id;
    std::string message;
  };

  charter::Roll list;
  std::vector<Change> admit;  // members and supporters
  std::vector<Change> promote, renew, move, lapse;
  std::vector<Change> details;         // changed in the private store only
  std::vector<std::string> abandoned;  // prepared by an import that was never finished, and not in this list: forgotten
  std::vector<Note> missing;           // on the roll, and not in the list
  std::vector<Note> conflicts;         // people about whom the import does nothing
  std::vector<Note> shared_emails;     // different people with one address
  std::size_t unchanged = 0;
  std::size_t not_admitted = 0;  // lapsed or left in the list, and not on the roll
  std::size_t left = 0;          // of those that lapse: the list says that they have left
  std::size_t unknown = 0;       // on the roll, and without details in the private store
  std::size_t undated = 0;       // of those admitted: the list has no date of joining
  std::vector<std::string> new_sections;

  // Whether there is nothing to do.
  [[nodiscard]] bool empty() const;
};

// Compares; changes nothing. The list has been read by a form of members. Fails as the database can.
Result<RollPlan> plan_import(database::Database& database, const charter::State& state, charter::Roll list,
                             charter::Time now);

// Gives a person the details that the list has of them.
void update(Person& person, const charter::Member& member, const charter::Roll& list);

// The plan for people, with counts and the first `most` of each sort by the organisation's own ids. For the officer who
// keeps the roll, not for publication.
std::string describe(const RollPlan& plan, std::size_t most = 5);

}  // namespace folkmoot::service
