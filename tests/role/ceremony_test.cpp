// The steps of a ceremony over messages in memory; tests/service has them over folders, with every mistake.
#include "role/ceremony.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace folkmoot::role {
namespace {

using testing::HasSubstr;
using Waiting = CeremonyStage::Waiting;

secret::Random& random() { return secret::Random::system(); }

template <class T>
std::string error_of(const Result<T>& result) {
  return result ? "(no error)" : result.error().message;
}

struct Ceremony : testing::TestWithParam<std::string> {
  Messages messages;
  std::vector<secret::Seed> seeds;

  void send(const std::vector<Message>& more) {
    for (const auto& [name, text] : more) EXPECT_TRUE(messages.emplace(name, text).second) << name;
  }
  CeremonyStage advanced() {
    const auto result = advance(messages);
    EXPECT_TRUE(result) << error_of(result);
    send(result->messages);
    return result->stage;
  }
  void join_all(std::int64_t trustees, std::int64_t threshold) {
    for (std::int64_t i = 1; i <= trustees; ++i) {
      auto joined = join({GetParam(), trustees, threshold, i}, random());
      ASSERT_TRUE(joined) << error_of(joined);
      send({joined->certificate});
      seeds.push_back(std::move(joined->seed));
    }
  }
};

TEST_P(Ceremony, makes_a_key_of_what_everybody_has_sent) {
  join_all(2, 2);
  EXPECT_EQ(advanced().waiting, Waiting::commitments);
  std::vector<std::string> kept;
  for (const auto& seed : seeds) {
    const auto committed = commit(seed, messages, random());
    ASSERT_TRUE(committed) << error_of(committed);
    EXPECT_EQ(committed->step.trustee, static_cast<std::int64_t>(kept.size() + 1));
    send(committed->step.messages);
    kept.push_back(committed->polynomial);
  }
  EXPECT_EQ(advanced().waiting, Waiting::polynomials);
  EXPECT_THAT(error_of(reveal(seeds[0], messages, kept[1], random())), HasSubstr("commit"));
  EXPECT_THAT(error_of(reveal(seeds[0], messages, std::nullopt, random())), HasSubstr("is not there"));
  EXPECT_THAT(error_of(share(seeds[0], messages, random())), HasSubstr("not all trustees' polynomials"));
  for (std::size_t i = 0; i < seeds.size(); ++i) {
    const auto revealed = reveal(seeds[i], messages, kept[i], random());
    ASSERT_TRUE(revealed) << error_of(revealed);
    send(revealed->messages);
  }
  EXPECT_EQ(advanced().waiting, Waiting::shares);
  for (const auto& seed : seeds) {
    const auto shared = share(seed, messages, random());
    ASSERT_TRUE(shared) << error_of(shared);
    send(shared->messages);
  }
  EXPECT_EQ(advanced().waiting, Waiting::nobody);
  EXPECT_TRUE(messages.contains("threshold.json") && messages.contains("decryption-key-2.dkey"));
  EXPECT_EQ(advanced().waiting, Waiting::nobody) << "and again";
}

INSTANTIATE_TEST_SUITE_P(In, Ceremony, testing::Values("Ed25519", "BELENIOS-2048"),
                         [](const auto& info) { return info.param == "Ed25519" ? "Ed25519" : "Belenios2048"; });

struct Refusals : Ceremony {};

TEST_P(Refusals, of_who_is_missing_and_who_is_a_stranger) {
  EXPECT_THAT(error_of(advance(messages)), HasSubstr("no trustee has joined"));
  join_all(2, 1);
  messages.erase("certificate-1.json");
  EXPECT_THAT(advanced().missing, testing::ElementsAre(1));
  EXPECT_THAT(error_of(commit(seeds[1], messages, random())), HasSubstr("has not collected the certificates"));
  const auto again = join({GetParam(), 2, 1, 1}, random());
  ASSERT_TRUE(again) << error_of(again);
  send({again->certificate});
  advanced();
  EXPECT_THAT(error_of(commit(seeds[0], messages, random())), HasSubstr("none of the 2 certificates"));
  EXPECT_TRUE(commit(again->seed, messages, random()));
  EXPECT_THAT(error_of(reveal(seeds[1], messages, "{}", random())), HasSubstr("has not collected the commitments"));
}

INSTANTIATE_TEST_SUITE_P(In, Refusals, testing::Values("Ed25519"));

TEST(Seat, has_possible_numbers) {
  EXPECT_TRUE(check_seat({"Ed25519", 100, 100, 100}));
  EXPECT_THAT(error_of(check_seat({"Ed25519", 101, 1, 1})), HasSubstr("101 trustees"));
  EXPECT_THAT(error_of(check_seat({"Ed25519", 3, 4, 1})), HasSubstr("a threshold of 4"));
  EXPECT_THAT(error_of(check_seat({"Ed25519", 3, 2, 0})), HasSubstr("trustee 0"));
  EXPECT_THAT(error_of(join({"P-256", 3, 2, 1}, random())), HasSubstr("unknown group"));
}

}  // namespace
}  // namespace folkmoot::role
