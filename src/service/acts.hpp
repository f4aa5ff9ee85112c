// The acts as the database has them: in which order they come, on however many nodes, and which of them a thing has
// seen. All of it can be made again from the ledger.
//
//   act          each act: number, type, time, whose, and the entry as it stands in the ledger
//   mention      which things each act names or opens
//   ledger_head  the hash of the ledger's tree after each group of acts, by which nodes know that theirs is the same
#pragma once

#include "audit/entry.hpp"
#include "database/migration.hpp"
#include "ledger/merkle.hpp"

namespace folkmoot::service {

// An entry of the ledger with its number.
struct Numbered {
  std::uint64_t number = 0;
  audit::Entry entry;
};

const database::Migration& acts_tables();
const database::Migration& head_table();

// The things (contests, petitions, members, …) that an act names or opens, each once, sorted. Long lists of members are
// not things that it is about.
std::vector<std::string> things_of(const Numbered& act);

// Adds the acts, which follow those that are there; within a transaction. No number can be given twice.
Status add_acts(database::Database& database, std::span<const Numbered> acts);
// Notes what the ledger's tree is then.
Status add_head(database::Database& database, const ledger::TreeHead& head);
// Both fail if another tree of that size has been noted: another node's ledger is another one.
Status check_head(database::Database& database, const ledger::TreeHead& head);

// How many acts there are: the number of the next.
Result<std::uint64_t> count_acts(database::Database& database);

// The entries from that number on, at most so many, as they stand in the ledger.
Result<std::vector<std::string>> entries_from(database::Database& database, std::uint64_t number, std::size_t most);

// Forgets all of them, to be added again from the ledger; within a transaction.
Status clear_acts(database::Database& database);

// The acts that are about a thing, from its opening on, and about what was opened for it (a contest's applications,
// their endorsements, its election), in order.
Result<std::vector<Numbered>> timeline(database::Database& database, const std::string& thing);

}  // namespace folkmoot::service
