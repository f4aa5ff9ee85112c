// Adding up, combining and decrypting: with elections small enough to know every exponent.
#include <rapidcheck/gtest.h>

#include <algorithm>

#include "election/discrete_log.hpp"
#include "election/opened_record.hpp"

namespace folkmoot::election::test {
namespace {

using G = group::Ed25519;
using Scalar = G::Scalar;
using Element = G::Element;
using testing::HasSubstr;
using testing::IsEmpty;

Element g_to(const Scalar& exponent) { return G::power_vartime(G::generator(), exponent); }
Ciphertext<G> encrypt(const Element& y, std::uint64_t r, const Element& message) {
  return {g_to(Scalar(r)), G::power_vartime(y, Scalar(r)) * message};
}

Election<G> election_of(std::vector<Question> questions, const Element& y) {
  return {"", "", y, std::move(questions), "uTmyc3uinoeoKM", {}, {}};
}
Question choose(std::size_t answers) {
  return {HomomorphicQuestion{std::vector<std::string>(answers, "A"), {}, 0, 1, "Q"}, {}};
}
Question rank(std::size_t answers) { return {NonHomomorphicQuestion{std::vector<std::string>(answers, "A"), "Q"}, {}}; }

// A ballot with choices and no proofs: the accumulator does not look at them.
Ballot<G> ballot_of(std::vector<Answer<G>> answers) {
  Ballot<G> ballot;
  ballot.answers = std::move(answers);
  return ballot;
}

RC_GTEST_PROP(Accumulator, addsUpWithWeightsAndTakesOut, ()) {
  const Element y = g_to(Scalar(77));
  const Election<G> election = election_of({choose(2)}, y);
  Accumulator<G> first(election);
  Accumulator<G> second(election);
  std::uint64_t total[2] = {0, 0};
  std::uint64_t randomness[2] = {0, 0};
  std::uint64_t weight_sum = 0;
  std::uint64_t count = 0;
  const auto ballots = *rc::gen::inRange(0, 5);
  for (int i = 0; i < ballots; ++i) {
    HomomorphicAnswer<G> answer;
    const auto weight = *rc::gen::weightedOneOf<std::uint64_t>(
        {{3, rc::gen::just<std::uint64_t>(1)}, {2, rc::gen::inRange<std::uint64_t>(1, 1U << 20)}});
    const bool stays = *rc::gen::arbitrary<bool>();
    for (int k = 0; k < 2; ++k) {
      const auto r = *rc::gen::inRange<std::uint64_t>(1, 1000);
      const auto m = *rc::gen::inRange<std::uint64_t>(0, 2);
      answer.choices.push_back(encrypt(y, r, g_to(Scalar(m))));
      if (stays) total[k] += weight * m;
      if (stays) randomness[k] += weight * r;
    }
    Accumulator<G>& where = *rc::gen::arbitrary<bool>() ? first : second;
    const auto ballot = ballot_of({answer});
    RC_ASSERT(where.add(ballot, weight).has_value());
    if (!stays) where.remove(ballot, weight);
    if (stays) weight_sum += weight;
    if (stays) ++count;
  }
  first.merge(std::move(second));
  RC_ASSERT(first.ballots() == count);
  RC_ASSERT(first.total_weight() == weight_sum);
  const auto tally = first.tally();
  for (std::size_t k = 0; k < 2; ++k) {
    RC_ASSERT(tally.questions[0][k] == encrypt(y, randomness[k], g_to(Scalar(total[k]))));
  }
}

TEST(Accumulator, publishesCiphertextsInOrder) {
  const Election<G> election = election_of({rank(2)}, G::generator());
  Accumulator<G> forward(election);
  Accumulator<G> backward(election);
  std::vector<Ballot<G>> ballots;
  for (std::uint64_t i = 1; i <= 9; ++i) {
    // Some with the same α, and two that are the same.
    const std::uint64_t k = i == 9 ? 8 : i;
    ballots.push_back(ballot_of({NonHomomorphicAnswer<G>{{g_to(Scalar(k / 3 + 1)), g_to(Scalar(k))}, {}}}));
  }
  for (const auto& ballot : ballots) ASSERT_TRUE(forward.add(ballot, 1));
  for (auto it = ballots.rbegin(); it != ballots.rend(); ++it) ASSERT_TRUE(backward.add(*it, 1));
  const auto tally = forward.tally();
  EXPECT_EQ(tally.questions[0].size(), 9U);
  EXPECT_TRUE(std::is_sorted(tally.questions[0].begin(), tally.questions[0].end(), published_less<G>));
  EXPECT_TRUE(tally == backward.tally());
  // One of the two that are the same goes, the other stays.
  forward.remove(ballots[8], 1);
  EXPECT_EQ(forward.tally().questions[0].size(), 8U);
  backward.remove(ballots[7], 1);
  EXPECT_TRUE(forward.tally() == backward.tally());
  EXPECT_FALSE(forward.add(ballots[0], 2)) << "a ranking cannot count twice";
  EXPECT_EQ(forward.ballots(), 8U);
}

RC_GTEST_PROP(Lagrange, anyThresholdOfSharesGivesTheSecret, ()) {
  const auto threshold = *rc::gen::inRange<std::size_t>(1, 6);
  const auto trustees = threshold + *rc::gen::inRange<std::size_t>(0, 4);
  const auto coefficients =
      *rc::gen::container<std::vector<std::uint64_t>>(threshold, rc::gen::arbitrary<std::uint64_t>());
  std::vector<std::uint64_t> indices;
  for (std::uint64_t i = 1; i <= trustees; ++i) indices.push_back(i);
  const auto keys = *rc::gen::container<std::vector<std::uint32_t>>(trustees + 1, rc::gen::arbitrary<std::uint32_t>());
  std::ranges::stable_sort(indices, {}, [&](std::uint64_t i) { return keys[i]; });
  indices.resize(threshold);
  const auto lambda = lagrange_coefficients<G>(indices);
  Scalar secret;
  for (std::size_t i = 0; i < threshold; ++i) {
    Scalar share;
    for (auto a = coefficients.rbegin(); a != coefficients.rend(); ++a) share = share * Scalar(indices[i]) + Scalar(*a);
    secret = secret + lambda[i] * share;
  }
  RC_ASSERT(secret == Scalar(coefficients[0]));
}

template <PrimeGroup Group>
void check_logarithms(std::uint64_t max, const std::vector<std::uint64_t>& exponents) {
  const DiscreteLog<Group> log(max);
  for (const std::uint64_t m : exponents) {
    const auto found = log.find(Group::fixed_generator().power_vartime(typename Group::Scalar(m)));
    if (m <= max) {
      EXPECT_EQ(found, m) << "max " << max;
    } else {
      EXPECT_EQ(found, std::nullopt) << "max " << max << ", m " << m;
    }
  }
  EXPECT_EQ(log.find(Group::independent_generator(5)), std::nullopt);
}

TEST(DiscreteLog, everySmallOne) {
  for (const std::uint64_t max : {0U, 1U, 2U, 3U, 15U, 16U, 17U, 100U}) {
    std::vector<std::uint64_t> all;
    for (std::uint64_t m = 0; m <= max + 12; ++m) all.push_back(m);
    check_logarithms<G>(max, all);
  }
  check_logarithms<group::Belenios2048>(20, {0, 1, 5, 19, 20, 21});
}

TEST(DiscreteLog, largeOnes) { check_logarithms<G>(1'000'000'000, {0, 1, 31'622, 31'623, 999'999'999, 1'000'000'000}); }

// A single trustee with x = 3, and two of three with a polynomial 5 + 7·X: y = g^(3 + 5).
struct Small {
  static constexpr std::uint64_t single = 3;
  static std::uint64_t share(std::uint64_t index) { return 5 + 7 * index; }
  const Element y = g_to(Scalar(8));
  const Election<G> election = election_of({choose(2), rank(3)}, y);
  Trustees<G> trustees;
  EncryptedTally<G> tally;
  const ElectionResult result{{std::vector<std::uint64_t>{4, 1}, std::vector<std::vector<std::uint64_t>>{{3, 0, 255}}}};

  Small() {
    ThresholdParameters<G> threshold;
    threshold.threshold = 2;
    threshold.verification_keys.resize(3);
    trustees.kinds = {TrusteePublicKey<G>{}, threshold};
    const std::array<std::uint8_t, 3> numbers{3, 0, 255};
    tally.questions = {{{encrypt(y, 11, g_to(Scalar(4))), encrypt(y, 12, g_to(Scalar(1)))}, {}},
                       {{encrypt(y, 13, G::of_ints(numbers).value())}, {}}};
  }

  [[nodiscard]] PartialDecryption<G> factors(std::uint64_t x) const {
    PartialDecryption<G> decryption;
    for (const auto& question : tally.questions) {
      std::vector<Element> all;
      for (const auto& ciphertext : question) all.push_back(G::power_vartime(ciphertext.alpha, Scalar(x)));
      decryption.factors.push_back(question.with(std::move(all)));
      decryption.proofs.push_back(question.with(std::vector<Proof<G>>(question.size())));
    }
    return decryption;
  }
};

TEST(Combination, ofSingleAndThreshold) {
  const Small small;
  const auto by_1 = small.factors(Small::single);
  const std::array shares{small.factors(Small::share(1)), small.factors(Small::share(2)),
                          small.factors(Small::share(3))};
  for (const auto& [a, b] : {std::pair{0, 1}, {0, 2}, {1, 2}, {2, 0}}) {
    const auto i = static_cast<std::size_t>(a);
    const auto j = static_cast<std::size_t>(b);
    const std::vector<OwnedDecryption<G>> owned{{a + 2, &shares[i]}, {1, &by_1}, {b + 2, &shares[j]}};
    const auto combination = Combination<G>::make(small.trustees, owned);
    ASSERT_TRUE(combination) << combination.error().message;
    EXPECT_TRUE(combination->decrypt(small.tally, 0, 0, 1).front() == g_to(Scalar(4)));
    EXPECT_THAT(check_result(small.election, small.tally, *combination, small.result), IsEmpty());
    EXPECT_EQ(decrypt_result(small.election, small.tally, *combination, 4).value(), small.result);
    EXPECT_FALSE(decrypt_result(small.election, small.tally, *combination, 3)) << "a total above the weights";
  }
}

TEST(Combination, refusals) {
  const Small small;
  const auto d = small.factors(1);
  const auto message = [&](const std::vector<std::int64_t>& owners) {
    std::vector<OwnedDecryption<G>> owned;
    for (const std::int64_t owner : owners) owned.push_back({owner, &d});
    const auto combination = Combination<G>::make(small.trustees, owned);
    return combination ? "accepted" : combination.error().message;
  };
  EXPECT_EQ(message({1, 2, 3}), "accepted");
  EXPECT_EQ(message({2, 3}), "trustee 1: the partial decryption is missing");
  EXPECT_EQ(message({}), "trustee 1: the partial decryption is missing");
  EXPECT_EQ(message({1, 2}), "trustees 2 to 4: 1 partial decryptions, and exactly 2 are needed");
  EXPECT_EQ(message({1, 2, 3, 4}), "trustees 2 to 4: 3 partial decryptions, and exactly 2 are needed");
  EXPECT_EQ(message({1, 2, 2}), "trustee 2: a second partial decryption");
  EXPECT_EQ(message({1, 1, 2, 3}), "trustee 1: a second partial decryption");
  EXPECT_EQ(message({1, 2, 3, 5}), "trustee 5: there are only 4");
  EXPECT_EQ(message({0, 1, 2, 3}), "trustee 0: there are only 4");
}

TEST(CheckResult, namesWhatIsWrong) {
  const Small small;
  const auto by_1 = small.factors(Small::single);
  const auto by_2 = small.factors(Small::share(1));
  const auto by_3 = small.factors(Small::share(2));
  const std::vector<OwnedDecryption<G>> owned{{1, &by_1}, {2, &by_2}, {3, &by_3}};
  const auto combination = Combination<G>::make(small.trustees, owned).value();
  using Totals = std::vector<std::uint64_t>;
  using Numbers = std::vector<std::vector<std::uint64_t>>;
  const auto check = [&](QuestionResult totals, QuestionResult numbers) {
    const auto messages =
        check_result(small.election, small.tally, combination, {{std::move(totals), std::move(numbers)}});
    return messages.empty() ? "right" : fmt::format("{}", fmt::join(messages, "; "));
  };
  EXPECT_EQ(check(Totals{4, 1}, Numbers{{3, 0, 255}}), "right");
  EXPECT_EQ(
      check(Totals{1, 4}, Numbers{{3, 0, 255}}),
      "question 1: total 1: not what the trustees decrypted; question 1: total 2: not what the trustees decrypted");
  EXPECT_EQ(check(Totals{4, 1}, Numbers{{3, 1, 255}}), "question 2: ballot 1: not what the trustees decrypted");
  EXPECT_EQ(check(Totals{4, 1}, Numbers{{3, 0, 511}}), "question 2: ballot 1: not what the trustees decrypted");
  EXPECT_EQ(check(Totals{4}, Numbers{{3, 0, 255}}), "result[0]: 1 values instead of 2");
  EXPECT_EQ(check(Numbers{{4}, {1}}, Numbers{{3, 0, 255}}), "result[0]: lists where totals belong");
  EXPECT_EQ(check(Totals{4, 1}, Totals{3}), "result[1]: totals where lists of them belong");
  EXPECT_EQ(check(Totals{4, 1}, Totals{}), "result[1]: totals where lists of them belong");
  EXPECT_EQ(check(Totals{4, 1}, Numbers{{3, 0}}), "result[1]: [0]: 2 values instead of 3");
  EXPECT_EQ(check(Totals{4, 1}, Numbers{{3, 0, 255}, {1, 2, 3}}), "result[1]: 2 values instead of 1");
  EXPECT_THAT(check_result(small.election, small.tally, combination, {{Totals{4, 1}}}),
              testing::ElementsAre("result: 1 values instead of 2"));
}

TEST(CheckResult, withoutBallots) {
  Small small;
  small.tally.questions[0] = {{encrypt(small.y, 1, Element()), encrypt(small.y, 2, Element())}, {}};
  small.tally.questions[1].values.clear();
  const auto by_1 = small.factors(Small::single);
  const auto by_2 = small.factors(Small::share(1));
  const auto by_3 = small.factors(Small::share(2));
  const std::vector<OwnedDecryption<G>> owned{{1, &by_1}, {2, &by_2}, {3, &by_3}};
  const auto combination = Combination<G>::make(small.trustees, owned).value();
  const auto result = decrypt_result(small.election, small.tally, combination, 0).value();
  EXPECT_EQ(json::to_text(result), R"({"result":[[0,0],[]]})");
  // Read again, [] has no nesting.
  const auto again = read(json::to_text(result), read_election_result);
  EXPECT_THAT(check_result(small.election, small.tally, combination, again), IsEmpty());
}

TEST(Shapes, ofTallyShuffleAndDecryption) {
  const Small small;
  EXPECT_TRUE(check_shape(small.election, small.tally, 1));
  EXPECT_FALSE(check_shape(small.election, small.tally, 2));
  auto changed = small.tally;
  changed.questions[0].lists = std::vector<std::size_t>{1, 1};
  EXPECT_FALSE(check_shape(small.election, changed, 1));
  changed = small.tally;
  changed.questions.pop_back();
  EXPECT_FALSE(check_shape(small.election, changed, 1));

  auto decryption = small.factors(1);
  EXPECT_TRUE(check_shape(small.tally, decryption));
  decryption.proofs[1].values.clear();
  EXPECT_FALSE(check_shape(small.tally, decryption));
  decryption = small.factors(1);
  decryption.factors[0].lists = std::vector<std::size_t>{2};
  EXPECT_FALSE(check_shape(small.tally, decryption));
  decryption = small.factors(1);
  decryption.factors.pop_back();
  EXPECT_FALSE(check_shape(small.tally, decryption));

  const auto before = nonhomomorphic_ciphertexts(small.election, small.tally);
  ASSERT_EQ(before.size(), 1U);
  EXPECT_TRUE(merge_shuffled(small.election, small.tally, before).value() == small.tally);
  EXPECT_FALSE(merge_shuffled(small.election, small.tally, {}));
  EXPECT_FALSE(merge_shuffled(small.election, small.tally, {before[0], before[0]}));
  EXPECT_FALSE(merge_shuffled(small.election, small.tally, {{}}));
  EXPECT_FALSE(check_shape<G>(before, {before, {}}));
  EXPECT_FALSE(check_shape<G>(before, {{}, {proof::ShuffleProof<G>{}}}));
  EXPECT_TRUE(check_shape<G>(before, {before, {proof::ShuffleProof<G>{}}}));
}

TEST(Decryption, namesTheWrongFactor) {
  ORIGINAL_RECORD(record, "v1-choose1of5-blank-ed25519");
  const Opened<G> opened(record);
  const auto tally =
      read(record.follow(record.payloads("EncryptedTally").at(0), "encrypted_tally"), read_encrypted_tally<G>);
  const std::string owned = record.payloads("PartialDecryption").at(0);
  const auto owner = static_cast<std::size_t>(read(owned, read_owned).owner);
  auto decryption = read(record.follow(owned, "payload"), read_partial_decryption<G>);
  const auto keys = opened.trustees.verification_keys();
  const G::FixedBase key(keys[owner - 1]);
  EXPECT_THAT(check_partial_decryption(opened.fingerprint, key, tally, decryption), IsEmpty());
  const G::FixedBase other_key(keys[owner % keys.size()]);
  EXPECT_EQ(check_partial_decryption(opened.fingerprint, other_key, tally, decryption).size(), 6U);
  decryption.factors[0][3] = decryption.factors[0][3] * G::generator();
  EXPECT_THAT(check_partial_decryption(opened.fingerprint, key, tally, decryption),
              testing::ElementsAre("question 1: decryption_proofs: ciphertext 4: wrong"));
  EXPECT_THAT(check_factors(opened.fingerprint, key, tally, decryption, 0, 0, 3), IsEmpty());
}

}  // namespace
}  // namespace folkmoot::election::test
