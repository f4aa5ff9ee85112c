// Carrying out the plan of an import: private rows here, acts to be submitted by whoever keeps the ledger.
//
// The rows come first, in one transaction, then the acts. An import that is interrupted in between has prepared people
// whom the ledger does not know; importing the same list again admits them under the references that they have. The
// other way round the ledger, from which nothing can be taken back, would have members of whom nobody knows who they
// are. All else is worked out anew each time from the list and the ledger, so that what was done is not done again, and
// what was not, is. Requests of an earlier import that were not submitted must not be submitted after a later one.
#pragma once

#include "charter/act.hpp"
#include "secret/random.hpp"
#include "service/roll_plan.hpp"

namespace folkmoot::service {

// Writes the private rows of the plan, with new random references for those who are new, and returns the acts for the
// officer (who holds a post with the duty "roll", or is the founder) to submit in this order: member.admit and
// supporter.admit, member.promote, .renew, .move, .lapse. The database and the state are those of the plan. Fails as
// the database can; then nothing is written.
//
// Acts of admission name at most 2,000 people, of one section and one date of joining, in the order of their
// references, which says nothing about them.
Result<std::vector<charter::Request>> apply_import(database::Database& database, const charter::State& state,
                                                   const RollPlan& plan, const charter::Actor& officer,
                                                   charter::Time now, secret::Random& random);

// The date of joining that the ledger gets: the day, if the charter's rules can depend on it; else the year, because
// together with the section it could tell who somebody is. A rule depends on it if it asks for a membership of at least
// so long ("member_for"), longer than this one has lasted.
charter::Time public_date(const charter::Charter& charter, charter::Time joined, charter::Time now);

}  // namespace folkmoot::service
