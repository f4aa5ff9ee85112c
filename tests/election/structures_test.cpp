// What reading refuses: other versions, other groups, wrong shapes, numbers out of range; and what the original tools
// write where the specification says nothing.
#include <gmock/gmock.h>
#include <rapidcheck/gtest.h>

#include "election/opened_record.hpp"
#include "election/weight.hpp"

namespace folkmoot::election::test {
namespace {

using G = group::Ed25519;
using testing::HasSubstr;

std::string replaced(std::string text, std::string_view from, std::string_view to) {
  const auto found = text.find(from);
  EXPECT_NE(found, std::string::npos) << from;
  return found == std::string::npos ? text : text.replace(found, from.size(), to);
}

template <class Read>
std::string refusal(const std::string& text, Read reader) {
  const auto result = json::read_canonical(text, reader);
  return result ? "accepted" : result.error().message;
}

std::string election_text() {
  return fmt::format(R"({{"version":1,"description":"é","name":"N","group":"Ed25519","public_key":"{}",)"
                     R"("questions":[{{"answers":["A","B"],"min":0,"max":1,"question":"Q"}}],)"
                     R"("uuid":"uTmyc3uinoeoKM","administrator":"An Admin"}})",
                     G::generator().text());
}

TEST(Election, readsItsOwnText) {
  const std::string text = election_text();
  EXPECT_EQ(refusal(text, read_election<G>), "accepted");
  EXPECT_EQ(group_name(text).value(), "Ed25519");
  EXPECT_EQ(fingerprint("abc"), "ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0");  // SHA-256 of "abc", FIPS 180-4
}

TEST(Election, refusesOtherVersionsFirst) {
  for (const auto* version : {"2", "0", "-1"}) {
    const std::string text = replaced(election_text(), "\"version\":1", fmt::format("\"version\":{}", version));
    const std::string message = fmt::format("version {} of the protocol; only version 1 is known", version);
    EXPECT_THAT(refusal(text, read_election<G>), HasSubstr(message));
    const auto name = group_name(replaced(text, "Ed25519", "a group of the future"));
    ASSERT_FALSE(name);
    EXPECT_THAT(name.error().message, HasSubstr(message));
  }
}

TEST(Election, refusals) {
  const auto refused = [](std::string_view from, std::string_view to) {
    return refusal(replaced(election_text(), from, to), read_election<G>);
  };
  EXPECT_THAT(refused("Ed25519", "BELENIOS-2048"), HasSubstr("group: \"BELENIOS-2048\" instead of \"Ed25519\""));
  EXPECT_THAT(refused("uTmyc3uinoeoKM", "uTmyc3uinoeoK"), HasSubstr("uuid: 13 characters"));
  EXPECT_THAT(refused("uTmyc3uinoeoKM", "uTmyc3uinoe0KM"), HasSubstr("uuid: character 12"));
  EXPECT_THAT(refused("\"name\":\"N\",", ""), HasSubstr("no field \"name\""));
  EXPECT_THAT(refused(",\"administrator\"", ",\"stranger\""), HasSubstr("not in canonical form"));
  EXPECT_THAT(refused("\"description\":\"é\"", "\"description\":\"\\u00e9\""), HasSubstr("not in canonical form"));
  EXPECT_THAT(refused(G::generator().text(), std::string(64, 'f')), HasSubstr("public_key"));
}

TEST(Election, thatMustNotOpen) {
  auto election = read(election_text(), read_election<G>);
  EXPECT_THAT(check_election(election), testing::IsEmpty());
  election.questions.push_back({NonHomomorphicQuestion{std::vector<std::string>(31, "A"), "Q"}, {}});
  EXPECT_THAT(check_election(election),
              testing::ElementsAre("questions[1]: 31 answers, and the group carries 30 numbers at most"));
  election.questions.clear();
  EXPECT_THAT(check_election(election), testing::ElementsAre("questions: there are none"));
  election = read(election_text(), read_election<G>);
  election.public_key = G::Element();
  EXPECT_THAT(check_election(election), testing::ElementsAre(HasSubstr("public_key")));
}

TEST(Weight, inJson) {
  const auto text = [](std::uint64_t weight) {
    json::Writer writer;
    write_weight(writer, weight);
    return writer.take();
  };
  EXPECT_EQ(text(0), "0");
  EXPECT_EQ(text(1073741823), "1073741823");
  EXPECT_EQ(text(1073741824), "\"1073741824\"");
  EXPECT_EQ(text(9223372036854775807U), "\"9223372036854775807\"");
  const auto read_one = [](std::string_view json_text) {
    const auto document = json::Document::parse(json_text).value();
    return read_weight(document.root());
  };
  for (const std::uint64_t weight : {0UL, 7UL, 1073741823UL, 1073741824UL, 9223372036854775807UL}) {
    EXPECT_EQ(read_one(text(weight)).value(), weight);
  }
  for (const auto* wrong : {"-1", "\"-1\"", "\"\"", "\"01\"", "\"+1\"", "\" 1\"", "\"1 \"", "1.0", "1e3", "null",
                            "\"9223372036854775808\"", "9223372036854775808", "\"18446744073709551617\"", "\"-0\""}) {
    EXPECT_FALSE(read_one(wrong)) << wrong;
  }
}

TEST(SizedTally, weightsAboveThirtyBits) {
  const std::string hash(64, 'a');
  const std::string text = R"({"num_tallied":3,"total_weight":"2147483648","encrypted_tally":")" + hash + "\"}";
  EXPECT_EQ(refusal(text, read_sized_encrypted_tally), "accepted");
  EXPECT_THAT(refusal(replaced(text, "\"2147483648\"", "2147483648"), read_sized_encrypted_tally),
              HasSubstr("not in canonical form"));
  EXPECT_THAT(refusal(replaced(text, "\"2147483648\"", "\"5\""), read_sized_encrypted_tally),
              HasSubstr("not in canonical form"));
  EXPECT_THAT(refusal(replaced(text, "aaaa", "AAAA"), read_sized_encrypted_tally), HasSubstr("encrypted_tally"));
}

TEST(Result, itsForms) {
  for (const std::string text :
       {R"({"result":[]})", R"({"result":[[]]})", R"({"result":[[1,"1073741824"],[[0,255],[]]]})"}) {
    EXPECT_EQ(refusal(text, read_election_result), "accepted");
  }
  for (const std::string text : {R"({"result":[[1,[2]]]})", R"({"result":[[[1],2]]})", R"({"result":[[[[1]]]]})",
                                 R"({"result":[[-1]]})", R"({"result":[[1.5]]})", R"({"result":3})", "{}"}) {
    EXPECT_NE(refusal(text, read_election_result), "accepted") << text;
  }
}

TEST(Values, nestedAndFlat) {
  const auto read_all = [](std::string_view text) -> Result<Values<std::uint64_t>> {
    const auto document = TRY(json::Document::parse(text));
    return read_values<std::uint64_t>(document.root(), read_weight);
  };
  const auto text_of_values = [](const Values<std::uint64_t>& values) {
    json::Writer writer;
    write_values(writer, values, write_weight);
    return writer.take();
  };
  for (const auto* text : {"[]", "[1,2]", "[[]]", "[[1,2],[3]]", "[[],[3],[]]"}) {
    const auto values = read_all(text);
    ASSERT_TRUE(values) << text;
    EXPECT_EQ(text_of_values(*values), text);
  }
  EXPECT_EQ(read_all("[[1,2],[3]]")->lists, (std::vector<std::size_t>{2, 1}));
  EXPECT_EQ(read_all("[1]")->lists, std::nullopt);
  EXPECT_FALSE(read_all("[1,2]")->same_shape(*read_all("[[1,2]]")));
  EXPECT_FALSE(read_all("[[1],[2]]")->same_shape(*read_all("[[1,2]]")));
  EXPECT_TRUE(read_all("[[1],[2]]")->same_shape(*read_all("[[7],[9]]")));
  for (const auto* text : {"[1,[2]]", "[[1],2]", "[[[1]]]", "{}", "[[],1]"}) EXPECT_FALSE(read_all(text)) << text;
}

std::string key(std::uint64_t exponent) { return G::power_vartime(G::generator(), G::Scalar(exponent)).text(); }

TEST(PublicCredentials, plainAndWeighted) {
  const std::string plain = fmt::format(R"(["{}","{}"])", key(2), key(3));
  EXPECT_FALSE(read(plain, read_public_credentials<G>).weighted);
  const std::string weighted = fmt::format(R"(["{},1","{},1073741824"])", key(2), key(3));
  const auto credentials = read(weighted, read_public_credentials<G>);
  EXPECT_TRUE(credentials.weighted);
  EXPECT_EQ(credentials.credentials[1].weight, 1073741824U) << "written in full, whatever its size";
  EXPECT_TRUE(read("[]", read_public_credentials<G>).credentials.empty());
}

TEST(PublicCredentials, refusals) {
  const auto refused = [](const std::string& first, const std::string& second) {
    return refusal(fmt::format(R"(["{}","{}"])", first, second), read_public_credentials<G>);
  };
  EXPECT_THAT(refused(key(2), key(2)), HasSubstr("[1]: the credential is there already"));
  EXPECT_THAT(refused(key(2) + ",1", key(2) + ",2"), HasSubstr("[1]: the credential is there already"));
  EXPECT_THAT(refused(key(2), key(3) + ",1"), HasSubstr("[1]: some credentials have weights"));
  EXPECT_THAT(refused(key(2) + ",1", key(3)), HasSubstr("[1]: some credentials have weights"));
  EXPECT_THAT(refused(key(2) + ",1", key(3) + ",0"), HasSubstr("[1]: weight"));
  EXPECT_THAT(refused(key(2) + ",1", key(3) + ","), HasSubstr("[1]: weight"));
  EXPECT_THAT(refused(key(2) + ",1", key(3) + ",01"), HasSubstr("[1]: weight"));
  EXPECT_THAT(refused(key(2) + ",1", key(3) + ",1,voter"), HasSubstr("[1]: weight"));
  EXPECT_THAT(refused(key(2) + ",1", key(3) + ",9223372036854775807"), HasSubstr("leaves 63 bits"));
  EXPECT_THAT(refused(G::Element().text(), key(3)), HasSubstr("[0]: 1 is nobody's key"));
  EXPECT_THAT(refused("", key(3)), HasSubstr("[0]"));
}

}  // namespace
}  // namespace folkmoot::election::test
