// From partial decryptions to the result (specification, sections 4.20 and 4.21): checking them, combining them, and
// computing or checking the result.
#pragma once

#include <map>
#include <span>

#include "base/for_each.hpp"
#include "election/tally.hpp"
#include "election/trustees.hpp"

namespace folkmoot::election {

// That a partial decryption has a factor and a proof for each ciphertext of the tally, nested alike.
template <PrimeGroup G>
Status check_shape(const EncryptedTally<G>& tally, const PartialDecryption<G>& decryption);

// The proofs of the factors of one question, ciphertexts first..last − 1; `key` is the public key of the trustee who
// made them. The decryption has the tally's shape (check_shape). One message for each factor whose proof is wrong.
template <PrimeGroup G>
std::vector<std::string> check_factors(std::string_view fingerprint, const typename G::FixedBase& key,
                                       const EncryptedTally<G>& tally, const PartialDecryption<G>& decryption,
                                       std::size_t question, std::size_t first, std::size_t last);

// The shape and all proofs.
template <PrimeGroup G>
std::vector<std::string> check_partial_decryption(std::string_view fingerprint, const typename G::FixedBase& key,
                                                  const EncryptedTally<G>& tally,
                                                  const PartialDecryption<G>& decryption);

// A trustee's partial decryption, by the trustee's number among all (from 1, as in Owned).
template <PrimeGroup G>
struct OwnedDecryption {
  std::int64_t owner = 0;
  const PartialDecryption<G>* decryption = nullptr;
};

// λ_δ = Π_k k / (k − δ) mod q over the k of `indices` other than δ: the Lagrange coefficients at 0, in the order of
// the indices, which are distinct and positive.
template <PrimeGroup G>
std::vector<typename G::Scalar> lagrange_coefficients(std::span<const std::uint64_t> indices);

// The synthetic factors F of a set of partial decryptions, which must outlive it.
template <PrimeGroup G>
class Combination {
 public:
  // Takes what decrypts: one from each single trustee and, from each threshold group, exactly as many as its
  // threshold. Refuses owners that there are not, a second one of the same owner, and too few or too many. The
  // trustees have been checked (check_trustees).
  static Result<Combination> make(const Trustees<G>& trustees, std::span<const OwnedDecryption<G>> decryptions);

  // β / F_i,j for question i and its ciphertexts first ≤ j < last, all from 0: g^m for a homomorphic question, the
  // encoded numbers for a non-homomorphic one.
  [[nodiscard]] std::vector<typename G::Element> decrypt(const EncryptedTally<G>& tally, std::size_t i,
                                                         std::size_t first, std::size_t last) const;

 private:
  struct Weighted {
    const PartialDecryption<G>* decryption;
    typename G::Scalar coefficient;
  };
  std::vector<const PartialDecryption<G>*> plain_;  // of single trustees
  std::vector<Weighted> weighted_;                  // of threshold trustees
};

// Whether `result` is what the combination decrypts the tally to. It needs no logarithms: g^m must be β / F. The tally
// has the election's shape and includes the last shuffle; each decryption has been checked against it.
// For question `question`, ciphertexts first..last − 1; the result has the tally's shape (check_shape). One message
// for each value that is wrong. `plaintexts`, unless empty, has room for what each ciphertext of the question decrypts
// to, and is given those.
template <PrimeGroup G>
std::vector<std::string> check_values(const Election<G>& election, const EncryptedTally<G>& tally,
                                      const Combination<G>& combination, const ElectionResult& result,
                                      std::size_t question, std::size_t first, std::size_t last,
                                      std::span<typename G::Element> plaintexts = {});

// That the result has a total for each answer, or numbers for each ballot and answer.
template <PrimeGroup G>
Status check_shape(const Election<G>& election, const EncryptedTally<G>& tally, const ElectionResult& result);

// The shape and all values.
template <PrimeGroup G>
std::vector<std::string> check_result(const Election<G>& election, const EncryptedTally<G>& tally,
                                      const Combination<G>& combination, const ElectionResult& result);

// Computes the result, the rankings among it in parts. `total_weight` is the sum of the weights tallied, which no total
// exceeds. Fails where a total is not found, which checked ballots and decryptions cannot lead to.
template <PrimeGroup G>
Result<ElectionResult> decrypt_result(const Election<G>& election, const EncryptedTally<G>& tally,
                                      const Combination<G>& combination, std::uint64_t total_weight,
                                      const ForEach& for_each = one_by_one);

}  // namespace folkmoot::election
