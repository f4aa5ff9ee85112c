#include "secret/voter.hpp"

#include "secret/prove/blank.hpp"
#include "secret/prove/interval.hpp"
#include "secret/prove/knowledge.hpp"
#include "secret/prove/list.hpp"
#include "secret/prove/nonzero.hpp"
#include "secret/wiping.hpp"

namespace folkmoot::secret {
namespace {

using election::PlainAnswer;
using proof::Ciphertext;

using Numbers = std::vector<std::int64_t>;

// What an answer of one ballot is made with.
template <PrimeGroup G>
struct Maker {
  const Base<G>& y;
  const std::string& S0;
  Random& random;
  std::vector<SecretScalar<G>>& randomness;  // of the answer's ciphertexts, in their order

  // Each bit encrypted; the sum of all; and for each that it is 0 or 1.
  struct Bits {
    std::vector<Encryption<G>> encryptions;
    std::vector<Ciphertext<G>> ciphertexts;
    std::vector<std::vector<proof::Proof<G>>> proofs;

    // The encryption of the sum of those from `first` on.
    [[nodiscard]] Encryption<G> sum(std::size_t first) const {
      Encryption<G> sum;
      for (std::size_t i = first; i < encryptions.size(); ++i) sum = sum * encryptions[i];
      return sum;
    }
  };
  Bits encrypt_bits(const Numbers& numbers) const {
    Bits bits;
    for (const std::int64_t number : numbers) {
      const auto& bit = bits.encryptions.emplace_back(encrypt(y, SecretBit::of(number), random));
      bits.ciphertexts.push_back(bit.ciphertext);
      bits.proofs.push_back(prove_interval<G>(S0, y, bit, 0, 1, random));
    }
    return bits;
  }

  void keep_randomness(Bits& bits) const {
    for (auto& bit : bits.encryptions) randomness.push_back(std::move(bit.randomness));
  }

  Result<election::Answer<G>> make(const election::HomomorphicQuestion& question, const Numbers& numbers) const {
    Bits bits = encrypt_bits(numbers);
    const std::string S = election::v1::answer_prefix<G>(S0, bits.ciphertexts);
    const auto min = static_cast<std::uint64_t>(question.min);
    const auto max = static_cast<std::uint64_t>(question.max);
    election::HomomorphicAnswer<G> answer{bits.ciphertexts, bits.proofs, {}, {}};
    if (question.blank_allowed()) {
      const auto& blank = bits.encryptions.front();
      const auto sum = bits.sum(1);
      answer.overall_proof = prove_blank_overall<G>(S, y, blank, sum, min, max, random);
      answer.blank_proof = prove_blank<G>(S, y, blank, sum, random);
    } else {
      answer.overall_proof = prove_interval<G>(S, y, bits.sum(0), min, max, random);
    }
    keep_randomness(bits);
    return answer;
  }

  // of_ints looks for an element that carries the numbers, and how long it takes depends on them: the one place where
  // making a ballot takes time that depends on the vote. It happens on the voter's device.
  Result<election::Answer<G>> make(const election::NonHomomorphicQuestion&, const Numbers& numbers) const {
    const SecretVector<std::uint8_t> ints(numbers.begin(), numbers.end());
    const SecretElement<G> message(TRY(G::of_ints(ints)));
    const auto& r = randomness.emplace_back(SecretScalar<G>::random(random));
    const Ciphertext<G> ciphertext{power_of_g(r).reveal(), (y.power(r) * message).reveal()};
    return election::NonHomomorphicAnswer<G>{ciphertext,
                                             prove_raw_encryption<G>(S0, y.element().text(), ciphertext, r, random)};
  }

  Result<election::Answer<G>> make(const election::ListsQuestion&, const std::vector<Numbers>& lists) const {
    election::ListsAnswer<G> answer;
    std::vector<Bits> bits;
    std::vector<Encryption<G>> candidates;  // for each list, the sum of its candidates
    std::vector<Ciphertext<G>> ciphertexts;
    Encryption<G> all_lists;
    Encryption<G> all_candidates;
    for (const Numbers& numbers : lists) {
      const Bits& list = bits.emplace_back(encrypt_bits(numbers));
      candidates.push_back(list.sum(1));
      ciphertexts.insert(ciphertexts.end(), list.ciphertexts.begin(), list.ciphertexts.end());
      all_lists = all_lists * list.encryptions.front();
      all_candidates = all_candidates * candidates.back();
      answer.choices.push_back(list.ciphertexts);
      answer.individual_proofs.push_back(list.proofs);
    }
    const std::string S = election::v1::answer_prefix<G>(S0, ciphertexts);
    answer.overall_proof = prove_interval<G>(S, y, all_lists, 1, 1, random).front();
    for (std::size_t i = 0; i < lists.size(); ++i) {
      answer.list_proofs.push_back(prove_list<G>(S, y, bits[i].encryptions.front(), candidates[i], random));
    }
    answer.nonzero_proof = prove_nonzero<G>(S, y, all_candidates, random);
    for (Bits& list : bits) keep_randomness(list);
    return answer;
  }

  Result<election::Answer<G>> make(const election::Question& question, const PlainAnswer& answer) const {
    TRY(election::check_answer(question, answer));
    return std::visit(
        [&](const auto& kind, const auto& plain) -> Result<election::Answer<G>> {
          if constexpr (requires { make(kind, plain); }) {
            return make(kind, plain);
          } else {
            return fail("an answer of another kind than the question");  // check_answer refuses it
          }
        },
        question.kind, answer);
  }
};

}  // namespace

template <PrimeGroup G>
Booth<G>::Booth(const election::Election<G>& election, std::string_view fingerprint)
    : election_(election), fingerprint_(fingerprint), y_(election.public_key) {}

template <PrimeGroup G>
Result<PreparedBallot<G>> Booth<G>::prepare(const SecretScalar<G>& key, const std::vector<PlainAnswer>& answers,
                                            Random& random) const {
  if (answers.size() != election_.questions.size()) {
    return fail("{} answers to {} questions", answers.size(), election_.questions.size());
  }
  PreparedBallot<G> prepared{{election_.uuid, fingerprint_, power_of_g(key).reveal(), {}, {}}, {}};
  election::Ballot<G>& ballot = prepared.ballot;
  const std::string S0 = election::v1::ballot_prefix<G>(fingerprint_, ballot.credential);
  for (std::size_t i = 0; i < answers.size(); ++i) {
    const Maker<G> maker{y_, S0, random, prepared.randomness.emplace_back()};
    ballot.answers.push_back(
        TRY(in(fmt::format("question {}", i + 1), maker.make(election_.questions[i], answers[i]))));
  }
  ballot.signature.hash = election::signed_hash(ballot);
  ballot.signature.proof = sign_ballot(key, ballot.signature.hash, random);
  return prepared;
}

template <PrimeGroup G>
SecretText PreparedBallot<G>::opening() const {
  SecretText text("[");
  for (std::size_t i = 0; i < randomness.size(); ++i) {
    text = SecretText({text.view(), i == 0 ? "[" : ",["});
    for (std::size_t k = 0; k < randomness[i].size(); ++k) {
      text = SecretText({text.view(), k == 0 ? "\"" : ",\"", randomness[i][k].text().view(), "\""});
    }
    text = SecretText({text.view(), "]"});
  }
  return SecretText({text.view(), "]"});
}

#define FOLKMOOT_INSTANTIATE(G)      \
  template struct PreparedBallot<G>; \
  template class Booth<G>;
FOLKMOOT_FOR_EACH_GROUP(FOLKMOOT_INSTANTIATE)
#undef FOLKMOOT_INSTANTIATE

}  // namespace folkmoot::secret
