#include "secret/trustee.hpp"

#include "election/trustees.hpp"
#include "support.hpp"

namespace folkmoot::secret::test {
namespace {

template <class G>
class TrusteeTest : public testing::Test {};
TYPED_TEST_SUITE(TrusteeTest, Groups, GroupNames);

TYPED_TEST(TrusteeTest, MakesAKeyThatChecks) {
  using G = TypeParam;
  SeededRandom random(40);
  const auto pair = generate_key_pair<G>(random);
  EXPECT_EQ(pair.public_key.public_key, power_of_g(pair.private_key).reveal());
  election::Trustees<G> trustees{{pair.public_key}};
  EXPECT_THAT(election::check_trustees(trustees), testing::IsEmpty());
  auto& key = std::get<election::TrusteePublicKey<G>>(trustees.kinds.front());
  key.public_key = key.public_key * G::generator();
  EXPECT_THAT(election::check_trustees(trustees), testing::SizeIs(1));
}

TYPED_TEST(TrusteeTest, WritesAndReadsPrivateKeys) {
  using G = TypeParam;
  SeededRandom random(41);
  const auto key = SecretScalar<G>::random(random);
  const SecretText text = write_private_key(key);
  EXPECT_EQ(text.view(), "\"" + key.reveal().text() + "\"");
  const auto read = read_private_key<G>(fmt::format("{}\n", text.view()));
  ASSERT_TRUE(read);
  EXPECT_EQ(read->reveal(), key.reveal());
  for (const char* wrong : {"", "\"", "12", "\"12", "\"012\"", "\"\"", "\"1\"2\"", "{\"1\"}"}) {
    EXPECT_FALSE(read_private_key<G>(wrong)) << wrong;
  }
}

class SharedTrustees : public SharedElection {};

TEST_P(SharedTrustees, HaveThePublicKeysOfTheirPrivateKeys) {
  with_group([&]<PrimeGroup G>() {
    std::string text = read_file(folder / "trustees.json");
    const auto document = json::Document::parse(text);
    ASSERT_TRUE(document);
    const auto trustees = election::read_trustees<G>(document->root());
    ASSERT_TRUE(trustees) << trustees.error().message;
    std::vector<typename G::Element> singles;
    for (const auto& kind : trustees->kinds) {
      if (const auto* key = std::get_if<election::TrusteePublicKey<G>>(&kind)) singles.push_back(key->public_key);
    }
    const auto keys = files(".privkey");
    EXPECT_EQ(keys.size(), singles.size());
    for (const auto& path : keys) {
      const auto key = read_private_key<G>(read_file(path));
      ASSERT_TRUE(key) << path << key.error().message;
      EXPECT_EQ(std::ranges::count(singles, power_of_g(*key).reveal()), 1) << path;
    }
  });
}
INSTANTIATE_TEST_SUITE_P(Shared, SharedTrustees, testing::ValuesIn(shared_elections()), test_name);

}  // namespace
}  // namespace folkmoot::secret::test
