#include "secret/decrypt.hpp"

#include <map>

#include "election/decryption.hpp"
#include "election/shuffles.hpp"
#include "secret/pedersen.hpp"
#include "secret/trustee.hpp"
#include "support.hpp"

namespace folkmoot::secret::test {
namespace {

using ::testing::IsEmpty;

// The files of a record (an archive in the old tar format), and the last payload of each type of event.
struct RecordFiles {
  std::map<std::string, std::string, std::less<>> data;      // by hash
  std::map<std::string, std::string, std::less<>> payloads;  // by type of event

  explicit RecordFiles(const std::string& archive) {
    constexpr std::size_t block = 512;
    for (std::size_t at = 0; at + block <= archive.size();) {
      const std::string name(archive.c_str() + at);
      const std::size_t size = std::stoul(archive.substr(at + 124, 11), nullptr, 8);
      std::string content = archive.substr(at + block, size);
      at += block + (size + block - 1) / block * block;
      if (name.ends_with(".event.json")) {
        const auto event = value_of(json::Document::parse(content));
        if (event.root().has("payload")) {
          payloads[std::string(*event.root().field("type")->string())] = *event.root().field("payload")->string();
        }
      }
      data[name.substr(0, name.find('.'))] = std::move(content);
    }
  }
  // What the payload of the last event of that type refers to in that field.
  [[nodiscard]] const std::string& behind(std::string_view type, std::string_view field) const {
    const auto payload = value_of(json::Document::parse(data.at(payloads.find(type)->second)));
    return data.at(std::string(*payload.root().field(field)->string()));
  }
};

template <PrimeGroup G, class Read>
auto read(const std::string& text, Read read_it) {
  const auto document = value_of(json::Document::parse(text));
  return value_of(read_it(document.root()));
}

class SharedDecryption : public SharedElection {};

// With the secrets of the original trustees, our partial decryptions lead to the published result.
TEST_P(SharedDecryption, LeadsToThePublishedResult) {
  with_group([&]<PrimeGroup G>() {
    const RecordFiles record(read_file(folder / "record.bel"));
    const auto election = read<G>(election_text, election::read_election<G>);
    const auto trustees = read<G>(read_file(folder / "trustees.json"), election::read_trustees<G>);
    const std::string fingerprint = election::fingerprint(election_text);
    auto tally = read<G>(record.behind("EncryptedTally", "encrypted_tally"), election::read_encrypted_tally<G>);
    if (election.needs_shuffles()) {
      auto shuffle = read<G>(record.behind("Shuffle", "payload"), election::read_shuffle<G>);
      tally = value_of(election::merge_shuffled<G>(election, std::move(tally), std::move(shuffle.ciphertexts)));
    }

    // Every single trustee, and of the threshold ones the last three.
    std::vector<SecretScalar<G>> secrets;
    for (const auto& path : files(".privkey")) secrets.push_back(value_of(read_private_key<G>(read_file(path))));
    for (auto path : files(".dkey")) {
      const std::string encrypted = read_file(path);
      const auto seed = value_of(Seed::parse(read_file(path.replace_extension(".key"))));
      secrets.push_back(value_of(decryption_key<G>(seed, encrypted)));
    }
    const auto keys = trustees.verification_keys();
    std::vector<election::PartialDecryption<G>> made(keys.size());
    std::vector<election::OwnedDecryption<G>> owned;
    std::size_t from_threshold = 0;
    for (std::size_t i = keys.size(); i-- > 0;) {
      const bool threshold = i >= static_cast<std::size_t>(std::ranges::count_if(
                                      trustees.kinds, [](const auto& kind) { return kind.index() == 0; }));
      if (threshold && ++from_threshold > 3) continue;
      const auto secret =
          std::ranges::find_if(secrets, [&](const auto& x) { return power_of_g(x).reveal() == keys[i]; });
      ASSERT_NE(secret, secrets.end()) << "no secret of trustee " << i + 1;
      made[i] = decrypt<G>(tally, *secret, fingerprint, Random::system());
      owned.push_back({static_cast<std::int64_t>(i + 1), &made[i]});
      if (!std::is_same_v<G, Rfc3526>) {  // there, checking is slow, and nothing is different
        EXPECT_THAT(election::check_partial_decryption<G>(fingerprint, typename G::FixedBase(keys[i]), tally, made[i]),
                    IsEmpty());
      }
    }
    const auto combination = election::Combination<G>::make(trustees, owned);
    ASSERT_TRUE(combination) << combination.error().message;
    const auto result = election::decrypt_result<G>(election, tally, *combination, 1000);
    ASSERT_TRUE(result) << result.error().message;
    EXPECT_EQ(json::to_text(*result) + "\n", read_file(folder / "result.json"));
  });
}
INSTANTIATE_TEST_SUITE_P(Shared, SharedDecryption, testing::ValuesIn(shared_elections()), test_name);

template <class G>
class DecryptTest : public testing::Test {};
TYPED_TEST_SUITE(DecryptTest, Groups, GroupNames);

TYPED_TEST(DecryptTest, HasTheTallysShapeAndProofsThatCheck) {
  using G = TypeParam;
  SeededRandom random(70);
  const auto pair = generate_key_pair<G>(random);
  const auto ciphertext = [&] {
    return proof::Ciphertext<G>{power_of_g(SecretScalar<G>::random(random)).reveal(), G::generator()};
  };
  election::EncryptedTally<G> tally;
  tally.questions.push_back({{ciphertext(), ciphertext()}, {}});
  tally.questions.push_back({{ciphertext(), ciphertext(), ciphertext()}, std::vector<std::size_t>{2, 1}});
  tally.questions.push_back({{}, {}});
  std::size_t last = 0;
  const auto decryption =
      decrypt<G>(tally, pair.private_key, "fingerprint", random, {1, [&](std::size_t done, std::size_t all) {
                                                                    EXPECT_EQ(all, 5U);
                                                                    EXPECT_GE(done, last);
                                                                    last = done;
                                                                  }});
  EXPECT_EQ(last, 5U);
  const typename G::FixedBase key(pair.public_key.public_key);
  EXPECT_THAT(election::check_partial_decryption<G>("fingerprint", key, tally, decryption), IsEmpty());
  EXPECT_THAT(election::check_partial_decryption<G>("another", key, tally, decryption), testing::SizeIs(5));
  for (std::size_t i = 0; i < 3; ++i) {
    EXPECT_EQ(decryption.factors[1][i], G::power_vartime(tally.questions[1][i].alpha, pair.private_key.reveal()));
  }
}

}  // namespace
}  // namespace folkmoot::secret::test
