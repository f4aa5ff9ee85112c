// Claim: all decryption factors of a trustee come from the secret exponent x of their public key X = g^x
// (docs/strict-profile.md, section 3): the discrete logarithm equality proof of RFC 9497 section 2.2, over one pair
// that stands for all of them. In version 1 the challenge of a factor's proof covers neither ciphertext nor factor;
// here it covers every one.
#pragma once

#include <span>
#include <vector>

#include "proof/proof.hpp"
#include "proof/strict/transcript.hpp"

namespace folkmoot::proof::strict {

// (M, Z), or the product of some of its factors.
template <PrimeGroup G>
struct Pair {
  typename G::Element alpha;
  typename G::Element factor;
};

// What a batched proof is about: the election, the trustee's key, and all pairs (α_i, f_i).
template <PrimeGroup G>
class Composite {
 public:
  using Element = typename G::Element;
  using Scalar = typename G::Scalar;

  // As many alphas as factors, fewer than 2^32. What is given must outlive this, but for the fingerprint.
  Composite(std::string_view fingerprint, const Element& key, std::span<const Element> alphas,
            std::span<const Element> factors);

  // The pairs are weighted and multiplied part by part, so that parts can run on several threads.
  static constexpr std::size_t part_size = 4096;
  [[nodiscard]] std::size_t parts() const { return (alphas_.size() + part_size - 1) / part_size; }
  // The part of M, and of M and Z.
  [[nodiscard]] Element alpha_part(std::size_t part) const;
  [[nodiscard]] Pair<G> part(std::size_t part) const;

  // The challenge over M, Z and the commitments A = g^r and B = M^r.
  [[nodiscard]] Scalar challenge(const Pair<G>& composite, const Element& A, const Element& B) const;
  // Whether the proof is one for this; `composite` is the product of all parts.
  [[nodiscard]] bool verify(const Pair<G>& composite, const Proof<G>& proof) const;

 private:
  [[nodiscard]] std::vector<Scalar> weights(std::size_t part) const;
  static Element product(std::span<const Element> elements, std::span<const Scalar> weights, std::size_t part);

  const Element& key_;
  std::span<const Element> alphas_, factors_;
  std::string seed_;
};

}  // namespace folkmoot::proof::strict
