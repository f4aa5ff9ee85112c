// From ballots to the encrypted tally (specification, section 4.18 "Encrypted tally").
#pragma once

#include "election/ballot.hpp"
#include "election/tally.hpp"

namespace folkmoot::election {

// Adds ballots up, as they come. A credential's later ballot replaces its earlier: the caller takes the earlier one
// out. Memory does not grow with the ballots, except for one ciphertext a ballot and non-homomorphic question.
template <PrimeGroup G>
class Accumulator {
 public:
  explicit Accumulator(const Election<G>& election);
  // What another one had come to: its tally(), which has the shape of the election and of so many ballots
  // (check_shape), its ballots and their weight.
  Accumulator(const Election<G>& election, EncryptedTally<G> tally, std::uint64_t ballots, std::uint64_t total_weight);
  // The ballot is one that read_ballot accepted for this election; `weight` ≥ 1. With a non-homomorphic question it
  // must be 1, or this fails and adds nothing.
  Status add(const Ballot<G>& ballot, std::uint64_t weight);
  // Takes out a ballot that was added with that weight.
  void remove(const Ballot<G>& ballot, std::uint64_t weight);
  // The same for what another accumulator of the same election holds (of another thread's share of the ballots, say).
  void merge(Accumulator&& other);

  // The encrypted tally: non-homomorphic ciphertexts in the published order.
  [[nodiscard]] EncryptedTally<G> tally() const;
  [[nodiscard]] std::uint64_t ballots() const { return ballots_; }
  [[nodiscard]] std::uint64_t total_weight() const { return total_weight_; }

 private:
  using Ciphertexts = std::vector<Ciphertext<G>>;
  enum class Direction { in, out };
  void apply(const Ballot<G>& ballot, std::uint64_t weight, Direction direction);

  std::vector<Question> questions_;
  bool needs_shuffles_;
  // For each question. Homomorphic and lists: the products. Non-homomorphic: what came in, and what went out again.
  std::vector<Ciphertexts> in_;
  std::vector<Ciphertexts> out_;
  std::uint64_t ballots_ = 0;
  std::uint64_t total_weight_ = 0;
};

// The order in which the ciphertexts of a non-homomorphic question are published: by α, then by β. (The specification
// leaves it open; without it, voters' order of casting would show.)
template <PrimeGroup G>
bool published_less(const Ciphertext<G>& a, const Ciphertext<G>& b) {
  if (a.alpha != b.alpha) return G::published_less(a.alpha, b.alpha);
  return G::published_less(a.beta, b.beta);
}

}  // namespace folkmoot::election
