// Erasing a former member: the row that says who they were, every salt and reference in the electorates they were on,
// the letters to them and whatever they signed in with, deleted in the transaction that enters the act member.erase,
// and then from the database's files (Database::purge, which says how far that goes). In the ledger the reference
// stays, and nothing is left that links it to a person.
#pragma once

#include "database/database.hpp"

namespace folkmoot::service {

// Deletes it, in the transaction in which the charter has let the member be erased.
Status forget(database::Database& database, const std::string& member);
// Outside a transaction, and before the act is public: leaves nothing of what has been deleted so. Takes long.
Status purge_forgotten(database::Database& database);

}  // namespace folkmoot::service
