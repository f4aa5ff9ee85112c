#include "secret/credentials.hpp"

#include <set>

#include "base/json.hpp"
#include "support.hpp"

namespace folkmoot::secret::test {
namespace {

using ::testing::HasSubstr;

class SharedCredentials : public SharedElection {};

// Every private credential of an election by the original tools (the older form too) derives to a public one there.
TEST_P(SharedCredentials, DeriveToThePublicOnes) {
  std::set<std::string, std::less<>> listed;
  const auto document = json::Document::parse(read_file(folder / "public_creds.json"));
  ASSERT_TRUE(document);
  const auto entries = value_of(document->root().array());
  for (const json::Value item : entries) {
    const std::string text(*item.string());
    listed.insert(text.substr(0, text.find(',')));
  }
  std::ifstream votes(folder / "credentials_and_votes.tsv");
  const std::string uuid(*(*json::Document::parse(election_text)).root().field("uuid")->string());
  int found = 0;
  with_group([&]<PrimeGroup G>() {
    for (std::string line; std::getline(votes, line);) {
      const auto credential = PrivateCredential::parse(line.substr(0, line.find('\t')));
      ASSERT_TRUE(credential) << line << credential.error().message;
      EXPECT_TRUE(listed.contains(public_credential<G>(*credential, uuid).text())) << line;
      ++found;
      if (std::is_same_v<G, Rfc3526> && found == 25) break;  // 2048-bit exponents are slow
    }
  });
  EXPECT_GE(found, 20);
}
INSTANTIATE_TEST_SUITE_P(Shared, SharedCredentials, testing::ValuesIn(shared_elections()), test_name);

TEST(PrivateCredential, IsParsedAsItIsGenerated) {
  SeededRandom random(30);
  std::set<std::string> seen;
  for (int i = 0; i < 20; ++i) {
    const auto credential = PrivateCredential::generate(random);
    EXPECT_FALSE(credential.legacy());
    EXPECT_TRUE(seen.insert(std::string(credential.view())).second);
    const auto parsed = PrivateCredential::parse(fmt::format("  {}\r\n", credential.view()));
    ASSERT_TRUE(parsed) << credential.view() << parsed.error().message;
    EXPECT_EQ(parsed->view(), credential.view());
  }
}

TEST(PrivateCredential, OfOtherFormsIsRefused) {
  for (const char* text : {"", "6Rpuv", "6Rpuv-izHNSP-pYvsh-eoADX", "6Rpuv-izHNSP-pYvsh-eoADXKK",
                           "6RpuvizHNSPpYvsheoADXK", "0Rpuv-izHNSP-pYvsh-eoADXK", "6Rpuv-izHNSP-pYvsh-eoADlK",
                           "6Rpuv izHNSP pYvsh eoADXK", "6Rpuv-izHNS-PpYvsh-eoADXK"}) {
    const auto parsed = PrivateCredential::parse(text);
    ASSERT_FALSE(parsed) << text;
    EXPECT_THAT(parsed.error().message, HasSubstr("not a credential"));
  }
}

TEST(PrivateCredential, OfTheOlderFormHasAChecksum) {
  for (const char* text : {"zig-4XN-7VD-TTJ-1SW", "zig4XN7VDTTJ1SW"}) {
    const auto parsed = PrivateCredential::parse(text);
    ASSERT_TRUE(parsed) << parsed.error().message;
    EXPECT_TRUE(parsed->legacy());
  }
  for (const char* text : {"zig-4XN-7VD-TTJ-1SX", "zig-4XN-7VD-TJT-1SW", "zih4XN7VDTTJ1SW"}) {
    const auto parsed = PrivateCredential::parse(text);
    ASSERT_FALSE(parsed) << text;
    EXPECT_THAT(parsed.error().message, HasSubstr("mistyped"));
    EXPECT_THAT(parsed.error().message, Not(HasSubstr("4XN"))) << "a message must not repeat a secret";
  }
}

TEST(PrivateCredential, HasAnotherKeyInEachElection) {
  SeededRandom random(31);
  const auto credential = PrivateCredential::generate(random);
  EXPECT_NE(public_credential<Ed25519>(credential, "uTmyc3uinoeoKM"),
            public_credential<Ed25519>(credential, "uTmyc3uinoeoKN"));
}

template <class G>
class MakeCredentialsTest : public testing::Test {};
TYPED_TEST_SUITE(MakeCredentialsTest, Groups, GroupNames);

TYPED_TEST(MakeCredentialsTest, ForEachVoter) {
  using G = TypeParam;
  SeededRandom random(32);
  const std::vector<Voter> voters{{"ada", 1}, {"berta", 3}, {"carla", 1}, {"dora", 2}, {"emma", 1}};
  const auto made = make_credentials<G>("uTmyc3uinoeoKM", voters, random, {2, nullptr});
  ASSERT_TRUE(made);
  ASSERT_EQ(made->private_credentials.size(), voters.size());
  const auto& entries = made->public_credentials.credentials;
  ASSERT_EQ(entries.size(), voters.size());
  EXPECT_TRUE(made->public_credentials.weighted);
  for (std::size_t j = 0; j < entries.size(); ++j) {
    const std::size_t voter = made->voters[j];
    EXPECT_EQ(entries[j].key, public_credential<G>(made->private_credentials[voter], "uTmyc3uinoeoKM"));
    EXPECT_EQ(entries[j].weight, voters[voter].weight);
  }
  const auto less = [](const auto& a, const auto& b) { return a.key.text() < b.key.text(); };
  EXPECT_TRUE(std::ranges::is_sorted(entries, less));
  // What is published is read again.
  const std::string text = json::to_text(made->public_credentials);
  EXPECT_TRUE(json::read_canonical(text, election::read_public_credentials<G>));
}

TEST(MakeCredentials, HasNoWeightsWhereAllAreOne) {
  const std::vector<Voter> voters{{"ada"}, {"berta"}};
  const auto made = make_credentials<Ed25519>("uTmyc3uinoeoKM", voters, Random::system());
  ASSERT_TRUE(made);
  EXPECT_FALSE(made->public_credentials.weighted);
  EXPECT_TRUE(make_credentials<Ed25519>("uTmyc3uinoeoKM", {}, Random::system()));
}

TEST(MakeCredentials, RefusesWeightsOutOfRange) {
  const auto error = [](const std::vector<Voter>& voters) {
    return error_of(make_credentials<Ed25519>("uTmyc3uinoeoKM", voters, Random::system()));
  };
  EXPECT_THAT(error({{"ada", 1}, {"berta", 0}}), HasSubstr("\"berta\""));
  EXPECT_THAT(error({{"ada", 1}, {"berta", (std::uint64_t{1} << 63) - 1}}), HasSubstr("\"berta\""));
}

}  // namespace
}  // namespace folkmoot::secret::test
