// Electorates, frozen: who may vote in an election, or sign a petition in private, with a commitment to all of them in
// the ledger, and here a salt for each, with which a member can prove having been on it (charter/elector_proof.hpp).
//
// When a member is erased, their salt and reference go, and the bare commitment stays, which without the salt says
// nothing: the root in the ledger, and everybody else's proof, hold as before.
#pragma once

#include "charter/act.hpp"
#include "charter/elector_proof.hpp"
#include "charter/state.hpp"
#include "database/database.hpp"
#include "secret/random.hpp"

namespace folkmoot::service {

// Works out who may vote, or sign and has not, at `now`, stores a fresh salt for each in one transaction, and returns
// election.freeze or petition.freeze with the root, for the officer (with the duty "roll") to submit in that very state
// and at that time. Until it is on the ledger, freezing again replaces the salts. `id`: an election or a petition.
// Fails if the charter does not let the officer freeze it now, and as the database can.
Result<charter::Request> freeze(database::Database& database, const charter::State& state, const std::string& id,
                                const charter::Actor& officer, charter::Time now, secret::Random& random);

// That what is stored opens the commitment in the ledger, for an election for exactly the electors that the state has.
// What was erased since is taken as it is. For whoever may see the private store; fails if it doesn't.
Status check_electorate(database::Database& database, const charter::State& state, const std::string& id);

// Proofs of one frozen electorate, whose tree it keeps in memory: 64 bytes an elector.
class ElectorateProofs {
 public:
  // Fails if it is not frozen, or what is stored does not lead to its root.
  static Result<ElectorateProofs> open(database::Database& database, const charter::State& state,
                                       const std::string& id);
  // The proof of that member. Fails if they were not on it, or their salt has been erased, and as the database can.
  [[nodiscard]] Result<charter::ElectorProof> prove(const std::string& member) const;

 private:
  ElectorateProofs(database::Database& database, std::string id, merkle::Tree tree)
      : database_(&database), id_(std::move(id)), tree_(std::move(tree)) {}
  database::Database* database_;
  std::string id_;
  merkle::Tree tree_;
};

}  // namespace folkmoot::service
