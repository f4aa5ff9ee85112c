// Erasing a former member: the row that says who they were, every salt and reference in the electorates they were on,
// the letters to them and whatever they signed in with, deleted in one transaction and then from the database's files
// (Database::purge, which says how far that goes); and the act that says so. In the ledger the reference stays, and
// nothing is left that links it to a person.
#pragma once

#include "charter/act.hpp"
#include "charter/state.hpp"
#include "database/database.hpp"

namespace folkmoot::service {

// Deletes, and returns member.erase for each, for the officer (with the duty "roll") and a second person to submit. The
// deletion comes first, because the act is public word that it has been done; interrupted, it can be asked for again.
// Fails, with nothing deleted, if the charter does not let them erase one of these now, who has to have left or lapsed;
// and as the database can.
Result<std::vector<charter::Request>> erase(database::Database& database, const charter::State& state,
                                            const charter::Names& members, const charter::Actor& officer,
                                            const charter::Actor& second, charter::Time now);

// The deletion alone, of members whom the charter lets be erased now.
Status forget(database::Database& database, const charter::Names& members);

}  // namespace folkmoot::service
