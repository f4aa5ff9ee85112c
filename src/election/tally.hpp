// From ballots to the result (specification, sections 4.17 to 4.20): the encrypted tally, what shuffles and partial
// decryptions look like in the record, and how factors combine to the result.
#pragma once

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "election/ballot.hpp"
#include "election/trustees.hpp"
#include "proof/shuffle.hpp"

namespace folkmoot::election {

// A vector of ciphertexts for each question: for homomorphic and lists questions (flattened list by list, as the
// result of the original tools nests them — see write) one for each answer; for a non-homomorphic question one a
// ballot.
template <PrimeGroup G>
struct EncryptedTally {
  std::vector<std::vector<Ciphertext<G>>> questions;
};

struct SizedEncryptedTally {
  std::uint64_t num_tallied = 0;
  std::uint64_t total_weight = 0;
  std::string encrypted_tally;  // its hash
};

template <PrimeGroup G>
struct Shuffle {
  std::vector<std::vector<Ciphertext<G>>> ciphertexts;  // for each non-homomorphic question
  std::vector<proof::ShuffleProof<G>> proofs;
};

// Who (from 1, in the order of Trustees::verification_keys) made the shuffle or partial decryption of that hash.
struct Owned {
  std::int64_t owner = 0;
  std::string payload;
};

template <PrimeGroup G>
struct PartialDecryption {
  std::vector<std::vector<typename G::Element>> factors;
  std::vector<std::vector<Proof<G>>> proofs;
};

// Homomorphic: a total for each answer. Non-homomorphic: each ballot's numbers, in shuffled order. Lists: totals nested
// as the lists are.
using QuestionResult = std::variant<std::vector<std::uint64_t>, std::vector<std::vector<std::uint64_t>>>;
struct ElectionResult {
  std::vector<QuestionResult> questions;
};

// Adds ballots up, as they come. A credential's later ballot replaces its earlier: the caller takes the earlier one
// out.
template <PrimeGroup G>
class Accumulator {
 public:
  explicit Accumulator(const Election<G>& election);
  // `weight` ≥ 1; with a non-homomorphic question it must be 1.
  void add(const Ballot<G>& ballot, std::uint64_t weight);
  void remove(const Ballot<G>& ballot, std::uint64_t weight);
  // The encrypted tally: non-homomorphic ciphertexts in the published order.
  [[nodiscard]] EncryptedTally<G> tally() const;
  [[nodiscard]] std::uint64_t ballots() const;
  [[nodiscard]] std::uint64_t total_weight() const;
};

}  // namespace folkmoot::election
