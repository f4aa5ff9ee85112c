#include "election/decryption.hpp"

#include <algorithm>

#include "election/discrete_log.hpp"
#include "group/all.hpp"
#include "proof/decryption.hpp"

namespace folkmoot::election {
namespace {

using Totals = std::vector<std::uint64_t>;
using Numbers = std::vector<std::vector<std::uint64_t>>;

// So many ciphertexts at a time, so that memory does not grow with the ballots.
constexpr std::size_t part = 1024;

// How many numbers each ballot has for a non-homomorphic question.
std::size_t number_count(const Question& question) {
  return std::get<NonHomomorphicQuestion>(question.kind).answers.size();
}

Status expect_size(std::size_t found, std::size_t expected) {
  if (found != expected) return fail("{} values instead of {}", found, expected);
  return {};
}

// The totals of a homomorphic or a lists question, one after the other.
Totals flat(const QuestionResult& result) {
  if (const auto* totals = std::get_if<Totals>(&result)) return *totals;
  Totals totals;
  for (const auto& list : std::get<Numbers>(result)) totals.insert(totals.end(), list.begin(), list.end());
  return totals;
}

// The reverse, nested as the question's lists are.
QuestionResult nested(Totals totals, const std::optional<std::vector<std::size_t>>& lists) {
  if (!lists) return totals;
  Numbers result;
  auto next = totals.begin();
  for (const std::size_t size : *lists) {
    const auto end = next + static_cast<std::ptrdiff_t>(size);
    result.emplace_back(next, end);
    next = end;
  }
  return result;
}

template <PrimeGroup G>
bool encodes(const typename G::Element& element, const std::vector<std::uint64_t>& numbers) {
  const auto decoded = G::to_ints(element, numbers.size());
  return decoded && std::equal(decoded->begin(), decoded->end(), numbers.begin(), numbers.end());
}

// The numbers that each of the elements encodes.
template <PrimeGroup G>
Status decode(const std::vector<typename G::Element>& elements, std::size_t count,
              std::vector<std::uint64_t>* numbers) {
  for (const auto& element : elements) {
    const auto decoded = TRY(G::to_ints(element, count));
    (numbers++)->assign(decoded.begin(), decoded.end());
  }
  return {};
}

template <PrimeGroup G>
bool is_power_of_g(const typename G::Element& element, std::uint64_t exponent) {
  return G::fixed_generator().power_vartime(typename G::Scalar(exponent)) == element;
}

}  // namespace

template <PrimeGroup G>
Status check_shape(const EncryptedTally<G>& tally, const PartialDecryption<G>& decryption) {
  const auto check = [&](std::string_view name, const auto& questions) -> Status {
    if (questions.size() != tally.questions.size()) {
      return fail("{}: {} questions instead of {}", name, questions.size(), tally.questions.size());
    }
    for (std::size_t i = 0; i < questions.size(); ++i) {
      if (!questions[i].same_shape(tally.questions[i])) {
        return fail("{}[{}]: not one for each of the {} ciphertexts", name, i, tally.questions[i].size());
      }
    }
    return {};
  };
  TRY(check("decryption_factors", decryption.factors));
  return check("decryption_proofs", decryption.proofs);
}

template <PrimeGroup G>
std::vector<std::string> check_factors(std::string_view fingerprint, const typename G::FixedBase& key,
                                       const EncryptedTally<G>& tally, const PartialDecryption<G>& decryption,
                                       std::size_t question, std::size_t first, std::size_t last) {
  const auto& ciphertexts = tally.questions[question];
  const auto& factors = decryption.factors[question];
  const auto& proofs = decryption.proofs[question];
  const std::string key_text = key.base().text();
  std::vector<std::string> messages;
  Batch<G> batch(key);
  for (; first < last; first += part) {
    const std::size_t end = std::min(last, first + part);
    batch.clear();
    std::vector<typename Batch<G>::Claim> claims;
    for (std::size_t j = first; j < end; ++j) {
      claims.push_back(proof::verify_decryption<G>(batch, fingerprint, batch.y, key_text, ciphertexts[j].alpha,
                                                   factors[j], proofs[j]));
    }
    batch.run();
    for (std::size_t j = first; j < end; ++j) {
      if (!batch.holds(claims[j - first])) {
        messages.push_back(fmt::format("question {}: decryption_proofs: ciphertext {}: wrong", question + 1, j + 1));
      }
    }
  }
  return messages;
}

template <PrimeGroup G>
std::vector<std::string> check_partial_decryption(std::string_view fingerprint, const typename G::FixedBase& key,
                                                  const EncryptedTally<G>& tally,
                                                  const PartialDecryption<G>& decryption) {
  const Status shape = check_shape(tally, decryption);
  if (!shape) return {shape.error().message};
  std::vector<std::string> messages;
  for (std::size_t i = 0; i < tally.questions.size(); ++i) {
    std::ranges::move(check_factors(fingerprint, key, tally, decryption, i, 0, tally.questions[i].size()),
                      std::back_inserter(messages));
  }
  return messages;
}

template <PrimeGroup G>
std::vector<typename G::Scalar> lagrange_coefficients(std::span<const std::uint64_t> indices) {
  using Scalar = typename G::Scalar;
  std::vector<Scalar> coefficients;
  for (const std::uint64_t delta : indices) {
    Scalar numerator(1);
    Scalar denominator(1);
    for (const std::uint64_t k : indices) {
      if (k == delta) continue;
      numerator = numerator * Scalar(k);
      denominator = denominator * (Scalar(k) - Scalar(delta));
    }
    coefficients.push_back(numerator * denominator.inverse());
  }
  return coefficients;
}

template <PrimeGroup G>
Result<Combination<G>> Combination<G>::make(const Trustees<G>& trustees,
                                            std::span<const OwnedDecryption<G>> decryptions) {
  std::map<std::int64_t, const PartialDecryption<G>*> by_owner;
  for (const auto& [owner, decryption] : decryptions) {
    if (!by_owner.emplace(owner, decryption).second) return fail("trustee {}: a second partial decryption", owner);
  }
  Combination combination;
  std::int64_t before = 0;  // how many trustees the items before have
  for (const auto& kind : trustees.kinds) {
    if (std::holds_alternative<TrusteePublicKey<G>>(kind)) {
      const auto found = by_owner.find(++before);
      if (found == by_owner.end()) return fail("trustee {}: the partial decryption is missing", before);
      combination.plain_.push_back(found->second);
      continue;
    }
    const auto& parameters = std::get<ThresholdParameters<G>>(kind);
    const auto after = before + static_cast<std::int64_t>(parameters.verification_keys.size());
    std::vector<std::uint64_t> indices;  // from 1 within the group
    std::vector<const PartialDecryption<G>*> shares;
    for (auto it = by_owner.upper_bound(before); it != by_owner.end() && it->first <= after; ++it) {
      indices.push_back(static_cast<std::uint64_t>(it->first - before));
      shares.push_back(it->second);
    }
    if (static_cast<std::int64_t>(indices.size()) != parameters.threshold) {
      return fail("trustees {} to {}: {} partial decryptions, and exactly {} are needed", before + 1, after,
                  indices.size(), parameters.threshold);
    }
    const auto coefficients = lagrange_coefficients<G>(indices);
    for (std::size_t i = 0; i < shares.size(); ++i) combination.weighted_.push_back({shares[i], coefficients[i]});
    before = after;
  }
  for (const auto& [owner, decryption] : by_owner) {
    if (owner < 1 || owner > before) return fail("trustee {}: there are only {}", owner, before);
  }
  return combination;
}

// F is the product of the single trustees' factors and of the threshold trustees', these to their coefficients.
template <PrimeGroup G>
std::vector<typename G::Element> Combination<G>::decrypt(const EncryptedTally<G>& tally, std::size_t i,
                                                         std::size_t first, std::size_t last) const {
  group::Products<G> quotients;
  const auto times = [&](const typename G::Element& base, std::size_t exponent) {
    quotients.bases.push_back(base);
    quotients.terms.push_back(
        {static_cast<std::uint32_t>(quotients.bases.size() + 1), static_cast<std::uint32_t>(exponent)});
  };
  quotients.exponents.emplace_back(1);
  for (const Weighted& weighted : weighted_) quotients.exponents.push_back(-weighted.coefficient);
  for (std::size_t j = first; j < last; ++j) {
    auto quotient = tally.questions[i][j].beta;
    for (const auto* decryption : plain_) quotient = quotient / decryption->factors[i][j];
    times(quotient, 0);
    for (std::size_t k = 0; k < weighted_.size(); ++k) times(weighted_[k].decryption->factors[i][j], k + 1);
    quotients.ends.push_back(static_cast<std::uint32_t>(quotients.terms.size()));
  }
  return group::compute_elements(quotients);
}

template <PrimeGroup G>
std::vector<std::string> check_values(const Election<G>& election, const EncryptedTally<G>& tally,
                                      const Combination<G>& combination, const ElectionResult& result,
                                      std::size_t question, std::size_t first, std::size_t last,
                                      std::span<typename G::Element> plaintexts) {
  std::vector<std::string> messages;
  const auto check = [&](std::string_view what, auto is_right) {
    for (std::size_t begin = first; begin < last; begin += part) {
      const auto decrypted = combination.decrypt(tally, question, begin, std::min(begin + part, last));
      for (std::size_t j = begin; j < begin + decrypted.size(); ++j) {
        if (!is_right(decrypted[j - begin], j)) {
          messages.push_back(
              fmt::format("question {}: {} {}: not what the trustees decrypted", question + 1, what, j + 1));
        }
      }
      if (!plaintexts.empty()) std::ranges::copy(decrypted, plaintexts.begin() + static_cast<std::ptrdiff_t>(begin));
    }
  };
  if (election.questions[question].needs_shuffles()) {
    const auto* numbers = std::get_if<Numbers>(&result.questions[question]);
    check("ballot", [&](const auto& element, std::size_t j) { return encodes<G>(element, (*numbers)[j]); });
  } else {
    const Totals totals = flat(result.questions[question]);
    check("total", [&](const auto& element, std::size_t j) { return is_power_of_g<G>(element, totals[j]); });
  }
  return messages;
}

template <PrimeGroup G>
Status check_shape(const Election<G>& election, const EncryptedTally<G>& tally, const ElectionResult& result) {
  const auto check_numbers = [](const QuestionResult& question, const std::vector<std::size_t>& sizes) -> Status {
    const auto* numbers = std::get_if<Numbers>(&question);
    if (numbers == nullptr) {
      // Read as JSON, [] is no totals as well as no lists of them.
      if (!sizes.empty() || !std::get<Totals>(question).empty()) return fail("totals where lists of them belong");
      return {};
    }
    TRY(expect_size(numbers->size(), sizes.size()));
    for (std::size_t j = 0; j < sizes.size(); ++j) {
      TRY(in(fmt::format("[{}]", j), expect_size((*numbers)[j].size(), sizes[j])));
    }
    return {};
  };
  const auto check = [&](std::size_t i) -> Status {
    const Question& question = election.questions[i];
    const QuestionResult& values = result.questions[i];
    if (const auto lists = question.lists()) return check_numbers(values, *lists);
    if (question.needs_shuffles()) {
      return check_numbers(values, std::vector(tally.questions[i].size(), number_count(question)));
    }
    const auto* totals = std::get_if<Totals>(&values);
    if (totals == nullptr) return fail("lists where totals belong");
    return expect_size(totals->size(), tally.questions[i].size());
  };
  TRY(in("result", expect_size(result.questions.size(), election.questions.size())));
  for (std::size_t i = 0; i < result.questions.size(); ++i) TRY(in(fmt::format("result[{}]", i), check(i)));
  return {};
}

template <PrimeGroup G>
std::vector<std::string> check_result(const Election<G>& election, const EncryptedTally<G>& tally,
                                      const Combination<G>& combination, const ElectionResult& result) {
  const Status shape = check_shape(election, tally, result);
  if (!shape) return {shape.error().message};
  std::vector<std::string> messages;
  for (std::size_t i = 0; i < tally.questions.size(); ++i) {
    std::ranges::move(check_values(election, tally, combination, result, i, 0, tally.questions[i].size()),
                      std::back_inserter(messages));
  }
  return messages;
}

template <PrimeGroup G>
Result<ElectionResult> decrypt_result(const Election<G>& election, const EncryptedTally<G>& tally,
                                      const Combination<G>& combination, std::uint64_t total_weight,
                                      const ForEach& for_each) {
  ElectionResult result;
  std::optional<DiscreteLog<G>> logarithm;
  for (std::size_t i = 0; i < tally.questions.size(); ++i) {
    const Question& question = election.questions[i];
    const std::size_t count = tally.questions[i].size();
    if (question.needs_shuffles()) {
      Numbers numbers(count);
      std::vector<Status> decoded((count + part - 1) / part);
      for_each(decoded.size(), [&](std::size_t p) {
        decoded[p] = decode<G>(combination.decrypt(tally, i, p * part, std::min((p + 1) * part, count)),
                               number_count(question), &numbers[p * part]);
      });
      for (const Status& status : decoded) TRY(status);
      result.questions.emplace_back(std::move(numbers));
      continue;
    }
    if (!logarithm) logarithm.emplace(total_weight);
    Totals totals;
    for (const auto& element : combination.decrypt(tally, i, 0, count)) {
      const auto total = logarithm->find(element);
      if (!total) return fail("question {}: total {} is not in 0..{}", i + 1, totals.size() + 1, total_weight);
      totals.push_back(*total);
    }
    result.questions.push_back(nested(std::move(totals), question.lists()));
  }
  return result;
}

#define FOLKMOOT_INSTANTIATE(G)                                                                                       \
  template Status check_shape(const EncryptedTally<G>&, const PartialDecryption<G>&);                                 \
  template std::vector<std::string> check_factors<G>(std::string_view, const typename G::FixedBase&,                  \
                                                     const EncryptedTally<G>&, const PartialDecryption<G>&,           \
                                                     std::size_t, std::size_t, std::size_t);                          \
  template std::vector<std::string> check_partial_decryption<G>(                                                      \
      std::string_view, const typename G::FixedBase&, const EncryptedTally<G>&, const PartialDecryption<G>&);         \
  template std::vector<typename G::Scalar> lagrange_coefficients<G>(std::span<const std::uint64_t>);                  \
  template class Combination<G>;                                                                                      \
  template std::vector<std::string> check_values(const Election<G>&, const EncryptedTally<G>&, const Combination<G>&, \
                                                 const ElectionResult&, std::size_t, std::size_t, std::size_t,        \
                                                 std::span<typename G::Element>);                                     \
  template Status check_shape(const Election<G>&, const EncryptedTally<G>&, const ElectionResult&);                   \
  template std::vector<std::string> check_result(const Election<G>&, const EncryptedTally<G>&, const Combination<G>&, \
                                                 const ElectionResult&);                                              \
  template Result<ElectionResult> decrypt_result(const Election<G>&, const EncryptedTally<G>&, const Combination<G>&, \
                                                 std::uint64_t, const ForEach&);
FOLKMOOT_FOR_EACH_GROUP(FOLKMOOT_INSTANTIATE)

}  // namespace folkmoot::election
