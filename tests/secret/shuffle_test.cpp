#include "secret/shuffle.hpp"

#include <algorithm>

#include "election/shuffles.hpp"
#include "secret/prove/shuffle.hpp"
#include "support.hpp"

namespace folkmoot::secret::test {
namespace {

template <class G>
class ShuffleTest : public testing::Test {
 public:
  using Ciphertexts = std::vector<proof::Ciphertext<G>>;

 protected:
  static constexpr std::string_view fingerprint = "the election's";

  // Encryptions of g^0, g^1, …
  Ciphertexts ciphertexts(std::size_t size) {
    Ciphertexts ciphertexts;
    for (std::size_t i = 0; i < size; ++i) {
      const auto r = SecretScalar<G>::random(random);
      const auto m = SecretScalar<G>::of(static_cast<std::uint64_t>(i));
      ciphertexts.push_back({power_of_g(r).reveal(), (y.power(r) * power_of_g(m)).reveal()});
    }
    return ciphertexts;
  }
  // What they encrypt, sorted.
  std::vector<std::string> plaintexts(const Ciphertexts& ciphertexts) {
    std::vector<std::string> texts;
    for (const auto& [alpha, beta] : ciphertexts) texts.push_back((beta / G::power_vartime(alpha, x.reveal())).text());
    std::ranges::sort(texts);
    return texts;
  }

  SeededRandom random{20};
  SecretScalar<G> x = SecretScalar<G>::random(random);
  Base<G> y{power_of_g(x).reveal()};
  typename G::FixedBase table{y.element()};
  Work one_thread{1, nullptr};
};
TYPED_TEST_SUITE(ShuffleTest, Groups, GroupNames);

TYPED_TEST(ShuffleTest, VerifiesAndKeepsThePlaintexts) {
  using G = TypeParam;
  const std::size_t most = std::is_same_v<G, Rfc3526> ? 3 : std::is_same_v<G, Belenios2048> ? 5 : 70;
  for (const std::size_t size : {std::size_t{1}, std::size_t{2}, most}) {
    const std::vector<typename TestFixture::Ciphertexts> before{this->ciphertexts(size)};
    const auto shuffled = shuffle<G>(before, this->y.element(), this->fingerprint, this->random, this->one_thread);
    EXPECT_THAT(election::check_shuffle<G>(this->fingerprint, this->table, before, shuffled), testing::IsEmpty());
    EXPECT_EQ(this->plaintexts(shuffled.ciphertexts[0]), this->plaintexts(before[0]));
    for (const auto& ciphertext : shuffled.ciphertexts[0]) EXPECT_EQ(std::ranges::count(before[0], ciphertext), 0);
    EXPECT_THAT(election::check_shuffle<G>("another's", this->table, before, shuffled),
                testing::Not(testing::IsEmpty()));
  }
}

TYPED_TEST(ShuffleTest, ProvesNothingElse) {
  using G = TypeParam;
  const std::vector<typename TestFixture::Ciphertexts> before{this->ciphertexts(2)};
  auto shuffled = shuffle<G>(before, this->y.element(), this->fingerprint, this->random, this->one_thread);
  const auto refused = [&](const auto& changed) {
    return !election::check_shuffle<G>(this->fingerprint, this->table, before, changed).empty();
  };
  auto swapped = shuffled;
  std::swap(swapped.ciphertexts[0][0], swapped.ciphertexts[0][1]);
  EXPECT_TRUE(refused(swapped));
  auto replaced = shuffled;
  replaced.ciphertexts[0][0].beta = replaced.ciphertexts[0][0].beta * G::generator();
  EXPECT_TRUE(refused(replaced));
}

TEST(Shuffle, OfSeveralQuestionsOnSeveralThreadsReportsProgress) {
  using G = Ed25519;
  Random& random = Random::system();
  const auto pair_key = power_of_g(SecretScalar<G>::random(random)).reveal();
  const Base<G> y(pair_key);
  std::vector<std::vector<proof::Ciphertext<G>>> before(2);
  for (const std::size_t question : {0, 1}) {
    for (std::size_t i = 0; i < 40 + question; ++i) {
      const auto r = SecretScalar<G>::random(random);
      before[question].push_back({power_of_g(r).reveal(), y.power(r).reveal()});
    }
  }
  std::size_t last = 0;
  const auto shuffled = shuffle<G>(before, pair_key, "f", random, {3, [&](std::size_t done, std::size_t all) {
                                                                     EXPECT_EQ(all, 5 * 81U);
                                                                     EXPECT_GE(done, last);
                                                                     last = done;
                                                                   }});
  EXPECT_EQ(last, 5 * 81U);
  EXPECT_THAT(election::check_shuffle<G>("f", G::FixedBase(pair_key), before, shuffled), testing::IsEmpty());
}

TEST(Shuffle, OfNoBallotsVerifies) {
  using G = Ed25519;
  const std::vector<std::vector<proof::Ciphertext<G>>> before(1);
  const auto shuffled = shuffle<G>(before, G::generator(), "f", Random::system());
  EXPECT_THAT(election::check_shuffle<G>("f", G::FixedBase(G::generator()), before, shuffled), testing::IsEmpty());
}

TEST(Shuffle, OfNoQuestionsIsEmpty) {
  using G = Ed25519;
  const auto shuffled = shuffle<G>({}, G::generator(), "f", Random::system());
  EXPECT_TRUE(shuffled.ciphertexts.empty() && shuffled.proofs.empty());
}

}  // namespace
}  // namespace folkmoot::secret::test
