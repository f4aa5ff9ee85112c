// Signing a petition. Once it is frozen, a signature shows a leaf of its tree and the path to the root: opened by
// whoever signs by name, closed where the keeper of the roll signs for somebody who does not want to be named. The
// keeper has the salts, so a proxy is what they are: that they were asked is theirs to answer for (THREAT_MODEL.md).
#pragma once

#include "charter/act.hpp"
#include "charter/state.hpp"
#include "database/database.hpp"

namespace folkmoot::service {

// Each returns the request to be submitted in that very state. `member`: who signs. Fails if there is no such petition,
// if it has to be frozen and is not, or if the member has no leaf in it; and as the database can.
Result<charter::Request> sign_by_name(database::Database& database, const charter::State& state,
                                      const std::string& petition, const std::string& member);
Result<charter::Request> sign_privately(database::Database& database, const charter::State& state,
                                        const std::string& petition, const std::string& member,
                                        const charter::Actor& keeper);
// Withdraws a private signature; one by name is its signer's to withdraw, and needs no secret.
Result<charter::Request> withdraw_privately(database::Database& database, const charter::State& state,
                                            const std::string& petition, const std::string& member,
                                            const charter::Actor& keeper);

}  // namespace folkmoot::service
