// What trustees prove and sign under the strict profile, in all three groups.
#include "secret/prove/strict.hpp"
#include "support.hpp"

namespace folkmoot::secret::test {
namespace {

template <class G>
class StrictProvers : public testing::Test {
 protected:
  using Element = typename G::Element;
  using Scalar = typename G::Scalar;

  SeededRandom random{7};
  SecretScalar<G> x = SecretScalar<G>::random(random);
  Element key = power_of_g(x).reveal();

  static Element power(std::uint64_t exponent) { return G::fixed_generator().power_vartime(Scalar(exponent)); }
  static proof::strict::Pair<G> product(const proof::strict::Composite<G>& composite) {
    proof::strict::Pair<G> all;
    for (std::size_t i = 0; i < composite.parts(); ++i) {
      const auto [alpha, factor] = composite.part(i);
      all = {all.alpha * alpha, all.factor * factor};
    }
    return all;
  }
};
TYPED_TEST_SUITE(StrictProvers, Groups, GroupNames);

TYPED_TEST(StrictProvers, SignatureIsOfItsMessageAndItsKey) {
  using G = TypeParam;
  const auto signature = sign_strictly(this->x, "a message", this->random);
  EXPECT_TRUE(proof::strict::verify_signature<G>(this->key, "a message", signature));
  EXPECT_FALSE(proof::strict::verify_signature<G>(this->key, "another message", signature));
  EXPECT_FALSE(proof::strict::verify_signature<G>(this->key * G::generator(), "a message", signature));
  auto other = signature;
  other.response = other.response + typename G::Scalar(1);
  EXPECT_FALSE(proof::strict::verify_signature<G>(this->key, "a message", other));
  EXPECT_FALSE(proof::strict::verify_signature<G>(this->key, "a message", {}));
}

TYPED_TEST(StrictProvers, BatchedProofIsOfEveryFactorInItsPlace) {
  using G = TypeParam;
  std::vector<typename G::Element> alphas, factors;
  for (std::uint64_t i = 1; i <= 5; ++i) {
    alphas.push_back(this->power(1000 + i));
    factors.push_back(Base<G>(alphas.back()).power(this->x).reveal());
  }
  const auto verifies = [&](const auto& proof, std::string_view fingerprint, const auto& a, const auto& f,
                            const auto& key) {
    const proof::strict::Composite<G> composite(fingerprint, key, a, f);
    return composite.verify(this->product(composite), proof);
  };
  const proof::strict::Composite<G> composite("fingerprint", this->key, alphas, factors);
  const auto proof = prove_composite(composite, this->x, this->random, {1, {}});
  EXPECT_TRUE(verifies(proof, "fingerprint", alphas, factors, this->key));
  EXPECT_FALSE(verifies(proof, "another", alphas, factors, this->key));
  EXPECT_FALSE(verifies(proof, "fingerprint", alphas, factors, this->key * G::generator()));
  for (std::size_t i = 0; i < factors.size(); ++i) {
    auto wrong = factors;
    wrong[i] = wrong[i] * G::generator();
    EXPECT_FALSE(verifies(proof, "fingerprint", alphas, wrong, this->key)) << i;
    auto other = alphas;
    other[i] = other[i] * G::generator();
    EXPECT_FALSE(verifies(proof, "fingerprint", other, factors, this->key)) << i;
  }
  // Errors that cancel out if weights are left out.
  auto exchanged = factors;
  exchanged[0] = exchanged[0] * G::generator();
  exchanged[1] = exchanged[1] / G::generator();
  EXPECT_FALSE(verifies(proof, "fingerprint", alphas, exchanged, this->key));
  // A prover who proves what is false is found out by the proof itself.
  const proof::strict::Composite<G> lie("fingerprint", this->key, alphas, exchanged);
  EXPECT_FALSE(
      verifies(prove_composite(lie, this->x, this->random, {1, {}}), "fingerprint", alphas, exchanged, this->key));
}

// More than one part, and more than one block of weights: on the group that is fast enough.
TEST(StrictProversOnEd25519, ManyFactorsInSeveralParts) {
  using G = Ed25519;
  SeededRandom random(8);
  const auto x = SecretScalar<G>::random(random);
  const auto key = power_of_g(x).reveal();
  constexpr std::size_t count = proof::strict::Composite<G>::part_size + 300;
  std::vector<G::Element> alphas{G::generator()}, factors{key};
  while (alphas.size() < count) {
    alphas.push_back(alphas.back() * G::generator());
    factors.push_back(factors.back() * key);
  }
  const auto verifies = [&](const proof::Proof<G>& proof) {
    const proof::strict::Composite<G> composite("f", key, alphas, factors);
    proof::strict::Pair<G> all;
    for (std::size_t i = 0; i < composite.parts(); ++i) {
      const auto [alpha, factor] = composite.part(i);
      all = {all.alpha * alpha, all.factor * factor};
    }
    return composite.verify(all, proof);
  };
  const auto proof = prove_composite(proof::strict::Composite<G>("f", key, alphas, factors), x, random, {2, {}});
  EXPECT_TRUE(verifies(proof));
  factors.back() = factors.back() * G::generator();
  EXPECT_FALSE(verifies(proof));
}

}  // namespace
}  // namespace folkmoot::secret::test
