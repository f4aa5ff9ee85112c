// What the record says between the last ballot and the result (specification, sections 4.18 to 4.21): the encrypted
// tally, shuffles, partial decryptions, and the result; as structures, and in JSON.
#pragma once

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "election/election.hpp"
#include "election/values.hpp"
#include "proof/shuffle.hpp"

namespace folkmoot::election {

using proof::Ciphertext;
using proof::Proof;

// The ciphertexts of each question: one for each answer of a homomorphic or lists question (nested as the lists are),
// one for each ballot of a non-homomorphic question.
template <PrimeGroup G>
struct EncryptedTally {
  std::vector<Values<Ciphertext<G>>> questions;
  friend bool operator==(const EncryptedTally&, const EncryptedTally&) = default;
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

// For each question, in the shape of the encrypted tally.
template <PrimeGroup G>
struct PartialDecryption {
  std::vector<Values<typename G::Element>> factors;
  std::vector<Values<Proof<G>>> proofs;
};

// Homomorphic: a total for each answer. Non-homomorphic: each ballot's numbers, in shuffled order. Lists: totals nested
// as the lists are.
using QuestionResult = std::variant<std::vector<std::uint64_t>, std::vector<std::vector<std::uint64_t>>>;
struct ElectionResult {
  std::vector<QuestionResult> questions;
  friend bool operator==(const ElectionResult&, const ElectionResult&) = default;
};

template <PrimeGroup G>
Result<EncryptedTally<G>> read_encrypted_tally(json::Value value);
template <PrimeGroup G>
void write(json::Writer& writer, const EncryptedTally<G>& tally);

Result<SizedEncryptedTally> read_sized_encrypted_tally(json::Value value);
void write(json::Writer& writer, const SizedEncryptedTally& tally);

template <PrimeGroup G>
Result<Shuffle<G>> read_shuffle(json::Value value);
template <PrimeGroup G>
void write(json::Writer& writer, const Shuffle<G>& shuffle);

Result<Owned> read_owned(json::Value value);
void write(json::Writer& writer, const Owned& owned);

template <PrimeGroup G>
Result<PartialDecryption<G>> read_partial_decryption(json::Value value);
template <PrimeGroup G>
void write(json::Writer& writer, const PartialDecryption<G>& decryption);

Result<ElectionResult> read_election_result(json::Value value);
void write(json::Writer& writer, const ElectionResult& result);

// Whether a tally has the shape that the election's questions demand: `ballots` ciphertexts for a non-homomorphic one.
template <PrimeGroup G>
Status check_shape(const Election<G>& election, const EncryptedTally<G>& tally, std::uint64_t ballots);

}  // namespace folkmoot::election
