// Who looks on while a record is verified, and is shown each structure once it has been read and decoded: further
// checks need not read the record again (strict/ is one). One process of several (share.hpp) shows all of the record,
// what others verify too; of what is wrong it then knows only what it has found itself. Calls come from the thread that
// verifies, in the order of the record; what they are given lives as long as the call, the setup as long as the
// verification.
#pragma once

#include <type_traits>

#include "election/ballot.hpp"
#include "election/tally.hpp"
#include "group/all.hpp"
#include "record/entry.hpp"
#include "record/verify_setup.hpp"
#include "record/workers.hpp"

namespace folkmoot::record {

template <PrimeGroup G>
class Observer {
 public:
  Observer() = default;
  Observer(const Observer&) = delete;
  Observer& operator=(const Observer&) = delete;
  virtual ~Observer() = default;

  // A structure could not be read, for that reason. Nothing more is told of it.
  virtual void unreadable(const Error& error) = 0;
  virtual void setup(const Setup<G>& setup) = 0;
  // A ballot with the hash of its text.
  virtual void ballot(const Digest& hash, const election::Ballot<G>* ballot) = 0;
  virtual void end_ballots(const Digest& event) = 0;
  virtual void tally(const election::EncryptedTally<G>& tally) = 0;
  // Whatever there is of a shuffle: whose it is, and what it is.
  virtual void shuffle(const std::optional<election::Owned>& owned, const election::Shuffle<G>* shuffle) = 0;
  // The same of a partial decryption, with the tally that it is of. `decryption` is there only if the tally is, and has
  // its shape.
  virtual void decryption(const std::optional<election::Owned>& owned, const election::EncryptedTally<G>* tally,
                          const election::PartialDecryption<G>* decryption) = 0;
  // What the trustees have decrypted the ciphertexts of a non-homomorphic question to, and the numbers that were read
  // from it; not told where a decryption has been found to be wrong.
  virtual void plaintexts(std::size_t question, std::span<const typename G::Element> elements,
                          const std::vector<std::vector<std::uint64_t>>& numbers) = 0;
  // No more will be told. `complete`: because the record ends here.
  virtual void finish(bool complete) = 0;
};

// Gives an observer for the group of the record's election, which is asked for at most once. `workers` live longer.
class Observers {
 public:
  Observers() = default;
  Observers(const Observers&) = delete;
  Observers& operator=(const Observers&) = delete;
  virtual ~Observers() = default;

  virtual std::unique_ptr<Observer<group::Ed25519>> make(Workers& workers, std::type_identity<group::Ed25519>) = 0;
  virtual std::unique_ptr<Observer<group::Belenios2048>> make(Workers& workers,
                                                              std::type_identity<group::Belenios2048>) = 0;
  virtual std::unique_ptr<Observer<group::Rfc3526>> make(Workers& workers, std::type_identity<group::Rfc3526>) = 0;
};

}  // namespace folkmoot::record
