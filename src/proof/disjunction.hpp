// What several statements have in common: of some claims "the ciphertext (α, β) encrypts the number M", at least one
// holds, and the proof does not tell which. Interval membership, possibly-blank votes and list constraints are such
// statements (specification, sections 4.12 to 4.14); they differ in their claims and their transcripts.
#pragma once

#include <optional>
#include <ranges>
#include <span>
#include <utility>

#include "proof/proof.hpp"

namespace folkmoot::proof {

// A ciphertext that proofs of a batch are about. Make it once for all of them: its bases and its text are shared.
template <PrimeGroup G>
class Subject {
 public:
  typename Batch<G>::Base alpha;
  typename Batch<G>::Base beta;

  // One that has been read.
  Subject(Batch<G>& batch, const Ciphertext<G>& ciphertext)
      : alpha(batch.base(ciphertext.alpha)), beta(batch.base(ciphertext.beta)), text_(transcript_text(ciphertext)) {}
  // One that has been computed, whose text is best left to the batch.
  static Subject computed(Batch<G>& batch, const Ciphertext<G>& ciphertext) {
    Subject subject(batch.base(ciphertext.alpha), batch.base(ciphertext.beta));
    subject.encoded_ = {batch.encode(subject.alpha), batch.encode(subject.beta)};
    return subject;
  }

  // "α,β", of one that has been read.
  [[nodiscard]] const std::string& text() const { return text_; }
  // The same of any, when the batch is computed.
  [[nodiscard]] std::string text(const Batch<G>& batch) const {
    return encoded_ ? fmt::format("{},{}", batch.text(encoded_->first), batch.text(encoded_->second)) : text_;
  }

 private:
  using Product = typename Batch<G>::Product;
  Subject(typename Batch<G>::Base a, typename Batch<G>::Base b) : alpha(a), beta(b) {}

  std::string text_;
  std::optional<std::pair<Product, Product>> encoded_;
};

// One claim: that the subject encrypts `value`.
template <PrimeGroup G>
struct Disjunct {
  const Subject<G>* subject;
  std::uint64_t value;
};

// Verifies one proof for each disjunct, in their order. With π_j the proof for (α, β) and M, the commitments are
//   A_j = g^response(π_j) · α^challenge(π_j)   and   B_j = y^response(π_j) · (β / g^M)^challenge(π_j),
// and `challenge(batch, texts)`, the hash of the transcript with A_0, B_0, A_1, B_1, …, must be the sum of all
// challenges.
// A wrong number of proofs is a false claim.
template <PrimeGroup G, class Challenge>
typename Batch<G>::Claim verify_disjunction(Batch<G>& batch, std::span<const Disjunct<G>> disjuncts,
                                            std::span<const Proof<G>> proofs, Challenge challenge) {
  using Scalar = typename G::Scalar;
  if (proofs.empty() || proofs.size() != disjuncts.size()) return batch.refuse();
  std::vector<typename Batch<G>::Product> commitments;
  commitments.reserve(2 * proofs.size());
  Scalar sum;
  for (std::size_t j = 0; j < proofs.size(); ++j) {
    const auto& [c, response] = proofs[j];
    const auto& [subject, value] = disjuncts[j];
    commitments.push_back(batch.product({{batch.g, response}, {subject->alpha, c}}));
    commitments.push_back(
        value == 0 ? batch.product({{batch.y, response}, {subject->beta, c}})
                   : batch.product({{batch.y, response}, {subject->beta, c}, {batch.g, -(Scalar(value) * c)}}));
    sum = sum + c;
  }
  return batch.claim([commitments = std::move(commitments), sum, challenge](const Batch<G>& b) {
    return sum == challenge(b, commitments | std::views::transform([&](auto product) { return b.text(product); }));
  });
}

}  // namespace folkmoot::proof
