#include "election/accumulator.hpp"

#include <algorithm>
#include <cassert>

#include "group/all.hpp"

namespace folkmoot::election {
namespace {

// ciphertext^weight, by as many squarings as the weight has bits: most weights are 1.
template <PrimeGroup G>
Ciphertext<G> raised(Ciphertext<G> ciphertext, std::uint64_t weight) {
  Ciphertext<G> power;
  for (;; ciphertext = ciphertext * ciphertext) {
    if ((weight & 1) != 0) power = power * ciphertext;
    weight >>= 1;
    if (weight == 0) return power;
  }
}

template <PrimeGroup G>
Ciphertext<G> operator/(const Ciphertext<G>& a, const Ciphertext<G>& b) {
  return {a.alpha / b.alpha, a.beta / b.beta};
}

}  // namespace

template <PrimeGroup G>
Accumulator<G>::Accumulator(const Election<G>& election)
    : questions_(election.questions),
      needs_shuffles_(election.needs_shuffles()),
      in_(questions_.size()),
      out_(questions_.size()) {
  for (std::size_t i = 0; i < questions_.size(); ++i) {
    if (!questions_[i].needs_shuffles()) in_[i].resize(questions_[i].ciphertexts());
  }
}

template <PrimeGroup G>
Accumulator<G>::Accumulator(const Election<G>& election, EncryptedTally<G> tally, std::uint64_t ballots,
                            std::uint64_t total_weight)
    : Accumulator(election) {
  assert(tally.questions.size() == questions_.size());
  for (std::size_t i = 0; i < questions_.size(); ++i) in_[i] = std::move(tally.questions[i].values);
  ballots_ = ballots;
  total_weight_ = total_weight;
}

template <PrimeGroup G>
Status Accumulator<G>::add(const Ballot<G>& ballot, std::uint64_t weight) {
  if (needs_shuffles_ && weight != 1) {
    return fail("weight {}, and a non-homomorphic question cannot count it", weight);
  }
  apply(ballot, weight, Direction::in);
  ++ballots_;
  total_weight_ += weight;
  return {};
}

template <PrimeGroup G>
void Accumulator<G>::remove(const Ballot<G>& ballot, std::uint64_t weight) {
  assert(ballots_ > 0 && total_weight_ >= weight);
  apply(ballot, weight, Direction::out);
  --ballots_;
  total_weight_ -= weight;
}

template <PrimeGroup G>
void Accumulator<G>::apply(const Ballot<G>& ballot, std::uint64_t weight, Direction direction) {
  assert(ballot.answers.size() == questions_.size());
  for (std::size_t i = 0; i < questions_.size(); ++i) {
    if (const auto* answer = std::get_if<NonHomomorphicAnswer<G>>(&ballot.answers[i])) {
      (direction == Direction::in ? in_ : out_)[i].push_back(answer->choices);
      continue;
    }
    auto total = in_[i].begin();
    const auto count = [&](const Ciphertexts& choices) {
      assert(static_cast<std::size_t>(in_[i].end() - total) >= choices.size());
      for (const auto& choice : choices) {
        const auto power = weight == 1 ? choice : raised(choice, weight);
        *total = direction == Direction::in ? *total * power : *total / power;
        ++total;
      }
    };
    if (const auto* answer = std::get_if<HomomorphicAnswer<G>>(&ballot.answers[i])) {
      count(answer->choices);
    } else {
      for (const auto& list : std::get<ListsAnswer<G>>(ballot.answers[i]).choices) count(list);
    }
  }
}

template <PrimeGroup G>
void Accumulator<G>::merge(Accumulator&& other) {
  assert(other.in_.size() == in_.size());
  for (std::size_t i = 0; i < questions_.size(); ++i) {
    if (questions_[i].needs_shuffles()) {
      in_[i].insert(in_[i].end(), other.in_[i].begin(), other.in_[i].end());
      out_[i].insert(out_[i].end(), other.out_[i].begin(), other.out_[i].end());
    } else {
      std::transform(in_[i].begin(), in_[i].end(), other.in_[i].begin(), in_[i].begin(),
                     [](const auto& a, const auto& b) { return a * b; });
    }
  }
  ballots_ += other.ballots_;
  total_weight_ += other.total_weight_;
}

template <PrimeGroup G>
EncryptedTally<G> Accumulator<G>::tally() const {
  EncryptedTally<G> tally;
  for (std::size_t i = 0; i < questions_.size(); ++i) {
    auto& question = tally.questions.emplace_back();
    question.lists = questions_[i].lists();
    question.values = in_[i];
    if (!questions_[i].needs_shuffles()) continue;
    auto out = out_[i];
    std::sort(question.values.begin(), question.values.end(), published_less<G>);
    std::sort(out.begin(), out.end(), published_less<G>);
    Ciphertexts left;
    left.reserve(question.size() - std::min(question.size(), out.size()));
    std::set_difference(question.begin(), question.end(), out.begin(), out.end(), std::back_inserter(left),
                        published_less<G>);
    question.values = std::move(left);
  }
  return tally;
}

#define FOLKMOOT_INSTANTIATE(G) template class Accumulator<G>;
FOLKMOOT_FOR_EACH_GROUP(FOLKMOOT_INSTANTIATE)

}  // namespace folkmoot::election
