// Claim: one vector of ciphertexts is another, re-encrypted and permuted (specification, sections 4.19 "Shuffles" and
// 6 "Shuffle algorithms", after CHVote 1.3.2). Names are the specification's: `hat` stands for ĉ, t̂, ŝ; `prime` for s'.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "base/for_each.hpp"
#include "base/sha256.hpp"
#include "proof/proof.hpp"

namespace folkmoot::proof {

template <PrimeGroup G>
struct ShuffleProof {
  using Scalar = typename G::Scalar;
  using Element = typename G::Element;
  // t, the commitments
  struct Commitments {
    Element t1, t2, t3, t41, t42;
    std::vector<Element> t_hat;
    friend bool operator==(const Commitments&, const Commitments&) = default;
  } t;
  // s, the responses
  struct Responses {
    Scalar s1, s2, s3, s4;
    std::vector<Scalar> s_hat;
    std::vector<Scalar> s_prime;
    friend bool operator==(const Responses&, const Responses&) = default;
  } s;
  std::vector<Element> c;      // the commitment to the permutation
  std::vector<Element> c_hat;  // the commitment chain
  friend bool operator==(const ShuffleProof&, const ShuffleProof&) = default;
};

template <PrimeGroup G>
Result<ShuffleProof<G>> read_shuffle_proof(json::Value value);
template <PrimeGroup G>
void write(json::Writer& writer, const ShuffleProof<G>& proof);

// h, h_1, …, h_N: GetSecondaryGenerator() and GetGenerators(N).
template <PrimeGroup G>
std::vector<typename G::Element> shuffle_generators(std::size_t count);

namespace v1 {
// u_1, …, u_N: GetNIZKPChallenges(N, "shuffle-challenges|" φ "|" [[e]] [[e']] [[c]]).
template <PrimeGroup G>
std::vector<typename G::Scalar> shuffle_challenges(std::string_view fingerprint, std::span<const Ciphertext<G>> before,
                                                   std::span<const Ciphertext<G>> after,
                                                   std::span<const typename G::Element> c);
// c: GetNIZKPChallenge("shuffle-challenge|" φ "|" [[t_1, t_2, t_3, t_4,1, t_4,2]] [[t̂]] [[e]] [[e']] [[c]] [[ĉ]] pk).
// Reads t, c and ĉ of the proof.
template <PrimeGroup G>
typename G::Scalar shuffle_challenge(std::string_view fingerprint, const typename G::Element& public_key,
                                     std::span<const Ciphertext<G>> before, std::span<const Ciphertext<G>> after,
                                     const ShuffleProof<G>& proof);
}  // namespace v1

// Whether every vector of the proof is as long as the ciphertexts before, and these as many as after.
template <PrimeGroup G>
bool well_formed(std::span<const Ciphertext<G>> before, std::span<const Ciphertext<G>> after,
                 const ShuffleProof<G>& proof);

// CheckShuffleProof(π, e, e', pk, φ), in parts that may run on several threads: all of them must hold. What it is made
// of must outlive it.
template <PrimeGroup G>
class ShuffleCheck {
 public:
  // Computes the challenges and the generators, with `for_each` on several threads.
  ShuffleCheck(std::string_view fingerprint, const typename G::FixedBase& public_key,
               std::span<const Ciphertext<G>> before, std::span<const Ciphertext<G>> after,
               const ShuffleProof<G>& proof, const ForEach& for_each = one_by_one);

  // Each is false if the proof is not well formed.
  //
  // t_1 and t_3 together, t_2, t_4,1 and t_4,2, counted from 0. But for t_2 they are products over all ciphertexts. The
  // first holds for wrong ones with a probability of at most 2^-128.
  static constexpr std::size_t commitments = 4;
  [[nodiscard]] bool check_commitment(std::size_t which) const;
  // t̂_i for first ≤ i < last, counted from 0; the more at a time, the cheaper each. Holds for wrong ones with a
  // probability of at most 2^-128.
  [[nodiscard]] bool check_chain(std::size_t first, std::size_t last) const;

 private:
  const typename G::FixedBase& public_key_;
  std::span<const Ciphertext<G>> before_, after_;
  const ShuffleProof<G>& proof_;
  using Scalar = typename G::Scalar;
  using Element = typename G::Element;
  [[nodiscard]] bool check_permutation() const;
  [[nodiscard]] Element chain_end() const;
  void add_responses(Sha256& hash) const;
  [[nodiscard]] Scalar weight(std::string_view of) const;

  bool well_formed_;
  Scalar challenge_;
  std::vector<Scalar> minus_cu_;  // −c·u_i
  Scalar product_of_u_{1};
  std::string weights_seed_;
  std::vector<Element> h_;  // h, h_1, …, h_N
};

// The whole of it, with `for_each` on several threads.
template <PrimeGroup G>
bool verify_shuffle(std::string_view fingerprint, const typename G::FixedBase& public_key,
                    std::span<const Ciphertext<G>> before, std::span<const Ciphertext<G>> after,
                    const ShuffleProof<G>& proof, const ForEach& for_each = one_by_one);

}  // namespace folkmoot::proof
