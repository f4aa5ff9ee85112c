#include "election/shuffles.hpp"

#include "group/all.hpp"

namespace folkmoot::election {

template <PrimeGroup G>
std::vector<std::vector<Ciphertext<G>>> nonhomomorphic_ciphertexts(const Election<G>& election,
                                                                   const EncryptedTally<G>& tally) {
  std::vector<std::vector<Ciphertext<G>>> ciphertexts;
  for (std::size_t i = 0; i < election.questions.size(); ++i) {
    if (election.questions[i].needs_shuffles()) ciphertexts.push_back(tally.questions[i].values);
  }
  return ciphertexts;
}

template <PrimeGroup G>
Result<EncryptedTally<G>> merge_shuffled(const Election<G>& election, EncryptedTally<G> tally,
                                         std::vector<std::vector<Ciphertext<G>>> shuffled) {
  auto next = shuffled.begin();
  for (std::size_t i = 0; i < election.questions.size(); ++i) {
    if (!election.questions[i].needs_shuffles()) continue;
    if (next == shuffled.end()) return fail("ciphertexts: only {} questions", shuffled.size());
    auto& values = tally.questions[i].values;
    if (next->size() != values.size()) {
      return fail("ciphertexts of question {}: {} instead of {}", i + 1, next->size(), values.size());
    }
    values = std::move(*next++);
  }
  if (next != shuffled.end()) return fail("ciphertexts: more than the questions that are shuffled");
  return tally;
}

template <PrimeGroup G>
Status check_shape(const std::vector<std::vector<Ciphertext<G>>>& before, const Shuffle<G>& shuffle) {
  if (shuffle.ciphertexts.size() != before.size()) {
    return fail("ciphertexts: {} questions instead of {}", shuffle.ciphertexts.size(), before.size());
  }
  if (shuffle.proofs.size() != before.size()) {
    return fail("proofs: {} for {} questions", shuffle.proofs.size(), before.size());
  }
  for (std::size_t i = 0; i < before.size(); ++i) {
    if (shuffle.ciphertexts[i].size() != before[i].size()) {
      return fail("ciphertexts[{}]: {} instead of {}", i, shuffle.ciphertexts[i].size(), before[i].size());
    }
  }
  return {};
}

template <PrimeGroup G>
std::vector<std::string> check_shuffle(std::string_view fingerprint, const typename G::FixedBase& public_key,
                                       const std::vector<std::vector<Ciphertext<G>>>& before, const Shuffle<G>& shuffle,
                                       const ForEach& for_each) {
  const Status shape = check_shape(before, shuffle);
  if (!shape) return {shape.error().message};
  std::vector<std::string> messages;
  for (std::size_t i = 0; i < before.size(); ++i) {
    if (!proof::verify_shuffle<G>(fingerprint, public_key, before[i], shuffle.ciphertexts[i], shuffle.proofs[i],
                                  for_each)) {
      messages.push_back(fmt::format("proofs[{}]: wrong", i));
    }
  }
  return messages;
}

#define FOLKMOOT_INSTANTIATE(G)                                                                          \
  template std::vector<std::vector<Ciphertext<G>>> nonhomomorphic_ciphertexts(const Election<G>&,        \
                                                                              const EncryptedTally<G>&); \
  template Result<EncryptedTally<G>> merge_shuffled(const Election<G>&, EncryptedTally<G>,               \
                                                    std::vector<std::vector<Ciphertext<G>>>);            \
  template Status check_shape(const std::vector<std::vector<Ciphertext<G>>>&, const Shuffle<G>&);        \
  template std::vector<std::string> check_shuffle<G>(std::string_view, const typename G::FixedBase&,     \
                                                     const std::vector<std::vector<Ciphertext<G>>>&,     \
                                                     const Shuffle<G>&, const ForEach&);
FOLKMOOT_FOR_EACH_GROUP(FOLKMOOT_INSTANTIATE)

}  // namespace folkmoot::election
