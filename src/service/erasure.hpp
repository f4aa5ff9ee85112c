// Erasing a former member: the row that says who they were, every salt and reference in the electorates they were on,
// the letters to them and whatever they signed in with, deleted in the transaction that enters the act member.erase,
// and then from the database's files (Database::purge, which says how far that goes). In the ledger the reference
// stays, and nothing is left that links it to a person.
#pragma once

#include "database/migration.hpp"

namespace folkmoot::service {

// A row for each of whom the files may still have something.
const database::Migration& erased_table();

// Deletes it, in the transaction in which the charter has let the member be erased.
Status forget(database::Database& database, const std::string& member);
// Outside a transaction: leaves nothing in the files of what has been deleted so, by whichever node, since the last
// time. May take long; fails where others use the tables all the time, and is then to be done again.
Status purge_forgotten(database::Database& database);

}  // namespace folkmoot::service
