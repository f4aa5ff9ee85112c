// Interval, blank and list proofs of the original tools: accepted, and refused with anything changed.
#include "proof/blank.hpp"
#include "proof/interval.hpp"
#include "proof/list.hpp"
#include "proof/original_proofs.hpp"

namespace folkmoot::proof::test {
namespace {

// Verifies interval proofs about one ciphertext, whatever may have been changed.
template <PrimeGroup G>
struct IntervalCase {
  const typename G::FixedBase* public_key;
  std::string S;
  Ciphertext<G> ciphertext;
  std::uint64_t min, max;
  std::vector<Proof<G>> proofs;

  [[nodiscard]] bool verify() const {
    std::optional<Subject<G>> subject;
    return holds<G>(*public_key, [&](Batch<G>& batch) {
      subject.emplace(batch, ciphertext);
      return verify_interval<G>(batch, S, *subject, min, max, proofs);
    });
  }
};

template <PrimeGroup G>
void expect_every_change_is_refused(const IntervalCase<G>& original) {
  ASSERT_TRUE(original.verify());
  for (const auto& proofs : mutations<G>(original.proofs)) {
    auto changed = original;
    changed.proofs = proofs;
    EXPECT_FALSE(changed.verify());
  }
  auto changed = original;
  changed.S += "x";
  EXPECT_FALSE(changed.verify());
  changed = original;
  std::swap(changed.ciphertext.alpha, changed.ciphertext.beta);
  EXPECT_FALSE(changed.verify());
  changed = original;
  changed.ciphertext.beta = changed.ciphertext.beta * G::generator();
  EXPECT_FALSE(changed.verify());
  changed = original;
  ++changed.min, ++changed.max;  // as many numbers, but others
  EXPECT_FALSE(changed.verify());
  changed = original;
  ++changed.max;
  EXPECT_FALSE(changed.verify());
  changed = original;
  changed.min = changed.max + 1;
  EXPECT_FALSE(changed.verify());
  const typename G::FixedBase other_key(G::independent_generator(7));
  EXPECT_FALSE(
      (IntervalCase<G>{&other_key, original.S, original.ciphertext, original.min, original.max, original.proofs}
           .verify()));
}

template <PrimeGroup G>
void check_individual(const OriginalRecord& record) {
  const OriginalAnswer<G> answer(record, 0, 0);
  const auto choices = ciphertexts_in<G>(answer.field("choices"));
  const auto proofs = [&](std::size_t i) { return proofs_in<G>(at(answer.field("individual_proofs"), i)); };
  for (std::size_t i = 0; i < choices.size(); ++i) {
    EXPECT_TRUE((IntervalCase<G>{&answer.public_key, answer.S0, choices[i], 0, 1, proofs(i)}.verify()));
    EXPECT_FALSE(
        (IntervalCase<G>{&answer.public_key, answer.S0, choices[i], 0, 1, proofs((i + 1) % choices.size())}.verify()));
  }
  expect_every_change_is_refused<G>({&answer.public_key, answer.S0, choices[0], 0, 1, proofs(0)});
}

TEST(Interval, individualProofs) {
  ORIGINAL_RECORD(record, "v1-choose1of5-blank-ed25519");
  check_individual<Ed25519>(record);
}

TEST(Interval, individualProofsInBelenios2048) {
  ORIGINAL_RECORD(record, "v1-choose1of5-blank-belenios2048");
  check_individual<Belenios2048>(record);
}

TEST(Interval, overallProof) {
  ORIGINAL_RECORD(record, "v1-choose0to9of20-ed25519");
  const OriginalAnswer<Ed25519> answer(record, 0, 0);
  const auto choices = ciphertexts_in<Ed25519>(answer.field("choices"));
  expect_every_change_is_refused<Ed25519>({&answer.public_key, answer.S(choices), product<Ed25519>(choices), 0, 9,
                                           proofs_in<Ed25519>(answer.field("overall_proof"))});
}

TEST(Interval, overallProofOfOneList) {
  ORIGINAL_RECORD(record, "v1-lists-ed25519");
  const OriginalAnswer<Ed25519> answer(record, 0, 0);
  std::vector<Ciphertext<Ed25519>> all;
  Ciphertext<Ed25519> lists;
  for (const json::Value list : items(answer.field("choices"))) {
    const auto choices = ciphertexts_in<Ed25519>(list);
    lists = lists * choices[0];
    all.insert(all.end(), choices.begin(), choices.end());
  }
  expect_every_change_is_refused<Ed25519>(
      {&answer.public_key, answer.S(all), lists, 1, 1, {read_proof<Ed25519>(answer.field("overall_proof")).value()}});
}

// Statements about two ciphertexts: `verify(batch, S, first, second, proofs)` leaves the claim.
template <PrimeGroup G, class Verify>
void expect_only_the_original(const OriginalAnswer<G>& answer, const std::string& S, const Ciphertext<G>& first,
                              const Ciphertext<G>& second, const std::vector<Proof<G>>& proofs, Verify verify) {
  const auto check = [&](const std::string& text, const Ciphertext<G>& a, const Ciphertext<G>& b,
                         const std::vector<Proof<G>>& of) {
    std::optional<Subject<G>> subject_a;
    std::optional<Subject<G>> subject_b;
    return holds<G>(answer.public_key, [&](Batch<G>& batch) {
      subject_a.emplace(batch, a);
      subject_b.emplace(batch, b);
      return verify(batch, text, *subject_a, *subject_b, of);
    });
  };
  ASSERT_TRUE(check(S, first, second, proofs));
  for (const auto& changed : mutations<G>(proofs)) EXPECT_FALSE(check(S, first, second, changed));
  EXPECT_FALSE(check(S, second, first, proofs));
  EXPECT_FALSE(check(S, first, first * second, proofs));
  EXPECT_FALSE(check(S, first * second, second, proofs));
  EXPECT_FALSE(check(answer.S0, first, second, proofs));
}

template <PrimeGroup G>
void check_blank(const OriginalRecord& record, std::size_t ballot) {
  const OriginalAnswer<G> answer(record, ballot, 0);
  const auto choices = ciphertexts_in<G>(answer.field("choices"));
  const auto sum = product<G>(std::span(choices).subspan(1));
  const auto blank_proof = proofs_in<G>(answer.field("blank_proof"));
  const auto overall_proof = proofs_in<G>(answer.field("overall_proof"));
  const auto blank = [](auto& batch, const auto& S, const auto& a, const auto& b, const auto& proofs) {
    return verify_blank<G>(batch, S, a, b, proofs);
  };
  const auto overall = [](auto& batch, const auto& S, const auto& a, const auto& b, const auto& proofs) {
    return verify_blank_overall<G>(batch, S, a, b, 0, 1, proofs);
  };
  const auto other_range = [](auto& batch, const auto& S, const auto& a, const auto& b, const auto& proofs) {
    return verify_blank_overall<G>(batch, S, a, b, 1, 2, proofs);
  };
  expect_only_the_original<G>(answer, answer.S(choices), choices[0], sum, blank_proof, blank);
  expect_only_the_original<G>(answer, answer.S(choices), choices[0], sum, overall_proof, overall);
  // Another label, another range.
  const auto check = [&](auto verify, const std::vector<Proof<G>>& proofs) {
    const std::string S = answer.S(choices);
    return holds<G>(answer.public_key, [&](Batch<G>& batch) {
      return verify(batch, S, Subject<G>(batch, choices[0]), Subject<G>(batch, sum), proofs);
    });
  };
  EXPECT_TRUE(check(overall, overall_proof));
  EXPECT_FALSE(check(other_range, overall_proof));
  EXPECT_FALSE(check(blank, {overall_proof[0], overall_proof[1]}));
  EXPECT_FALSE(check(overall, {blank_proof[0], blank_proof[1], blank_proof[1]}));
}

TEST(Blank, proofsOfVotesBlankAndNot) {
  ORIGINAL_RECORD(record, "v1-choose1of5-blank-ed25519");
  // Votes stand there in the order cast: "credential, tab, [[1,0,0,0,0,0]]" is a blank one.
  std::istringstream votes(record.file("credentials_and_votes.tsv"));
  std::optional<std::size_t> blank;
  std::string line;
  for (std::size_t i = 0; !blank && std::getline(votes, line); ++i) {
    if (line.find("\t[[1,") != std::string::npos) blank = i;
  }
  ASSERT_TRUE(blank);
  ASSERT_NE(*blank, 0U);
  check_blank<Ed25519>(record, 0);
  check_blank<Ed25519>(record, *blank);
}

TEST(Blank, proofsInBelenios2048) {
  ORIGINAL_RECORD(record, "v1-choose1of5-blank-belenios2048");
  check_blank<Belenios2048>(record, 0);
}

TEST(Lists, constraints) {
  ORIGINAL_RECORD(record, "v1-lists-ed25519");
  const OriginalAnswer<Ed25519> answer(record, 0, 0);
  std::vector<std::vector<Ciphertext<Ed25519>>> lists;
  std::vector<Ciphertext<Ed25519>> all;
  for (const json::Value list : items(answer.field("choices"))) {
    lists.push_back(ciphertexts_in<Ed25519>(list));
    all.insert(all.end(), lists.back().begin(), lists.back().end());
  }
  ASSERT_EQ(lists.size(), 3U);
  for (std::size_t i = 0; i < lists.size(); ++i) {
    expect_only_the_original<Ed25519>(answer, answer.S(all), lists[i][0],
                                      product<Ed25519>(std::span(lists[i]).subspan(1)),
                                      proofs_in<Ed25519>(at(answer.field("list_proofs"), i)),
                                      [](auto& batch, const auto& S, const auto& a, const auto& b, const auto& proofs) {
                                        return verify_list<Ed25519>(batch, S, a, b, proofs);
                                      });
  }
}

}  // namespace
}  // namespace folkmoot::proof::test
