// The acts as the database has them: a cache of the ledger, for whoever asks which acts a thing has seen.
//
//   act      each act: number, type, time, whose, and the entry as it stands in the ledger
//   mention  which things each act names or opens
#pragma once

#include "audit/entry.hpp"
#include "database/migration.hpp"

namespace folkmoot::service {

// An entry of the ledger with its number.
struct Numbered {
  std::uint64_t number = 0;
  audit::Entry entry;
};

const database::Migration& acts_tables();

// The things (contests, petitions, members, …) that an act names or opens, each once, sorted. Long lists of members are
// not things that it is about.
std::vector<std::string> things_of(const Numbered& act);

// Adds the acts, which follow those that are there.
Status add_acts(database::Database& database, std::span<const Numbered> acts);

// How many acts there are: the number of the next.
Result<std::uint64_t> count_acts(database::Database& database);

// The entry of that number, as it stands in the ledger. Fails if there is none.
Result<std::string> entry_of(database::Database& database, std::uint64_t number);

// Forgets all of them, to be added again from the ledger.
Status clear_acts(database::Database& database);

// The acts that are about a thing, from its opening on, and about what was opened for it (a contest's applications,
// their endorsements, its election), in order.
Result<std::vector<Numbered>> timeline(database::Database& database, const std::string& thing);

}  // namespace folkmoot::service
