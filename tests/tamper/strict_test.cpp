// Every attack on a record with its supplement is named by the checks that it says, of either verdict, and by no other.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <iostream>
#include <random>
#include <set>

#include "strict/verify.hpp"
#include "tamper/strict_attacks.hpp"
#include "tamper/support.hpp"
#include "tamper/thorough.hpp"

namespace folkmoot::tamper {

void PrintTo(const StrictAttack& attack, std::ostream* out) { *out << attack.name; }

namespace {

using record::Verdict;
using testing::HasSubstr;

strict::Report verify(const std::string& record, const std::string& supplement, unsigned threads = 1) {
  record::VerifyOptions options;
  options.threads = threads;
  return strict::verify(record::MemorySource(record), supplement, options);
}

// By three processes, the first of which has the supplement.
strict::Report verify_in_parts(const std::string& record, const std::string& supplement) {
  const record::MemorySource source(record);
  strict::Report report;
  std::vector<record::Part> parts;
  for (const std::uint64_t index : {0, 1, 2}) {
    record::VerifyOptions options;
    options.threads = 1;
    options.share = {index, 3};
    parts.push_back(
        (index == 0 ? strict::verify_part(source, supplement, options, report) : record::verify_part(source, options))
            .value());
  }
  report.record = record::join(std::move(parts)).value().report;
  return report;
}

std::string strictly_failed(const strict::Report& report) {
  std::vector<std::string_view> ids;
  for (const Check& check : report.checks()) {
    if (check.failed()) ids.push_back(check.id());
  }
  return fmt::format("{}", fmt::join(ids, " "));
}

std::vector<StrictAttack> strict_attacks() {
  std::vector<StrictAttack> all = act_attacks();
  for (const StrictAttack& attack : head_attacks()) all.push_back(attack);
  return all;
}

void expect_named(const StrictAttack& attack, const Sample& good) {
  StrictForgery forgery(good);
  attack.forge(forgery);
  EXPECT_TRUE(forgery.bytes() != good.record || forgery.supplement != good.supplement) << "nothing has been changed";
  const strict::Report report = verify(forgery.bytes(), forgery.supplement);
  EXPECT_EQ(report.record.verdict(), attack.checks.empty() ? Verdict::valid : Verdict::invalid);
  EXPECT_EQ(failed(report.record), attack.checks);
  EXPECT_EQ(report.verdict(), Verdict::invalid);
  EXPECT_EQ(strictly_failed(report), attack.strict_checks) << strict::to_text(report);
  EXPECT_EQ(strict::to_json(verify_in_parts(forgery.bytes(), forgery.supplement)), strict::to_json(report));
}

class StrictlyTampered : public testing::TestWithParam<StrictAttack> {};

TEST_P(StrictlyTampered, OnEd25519) { expect_named(GetParam(), sample(GetParam().kind)); }

INSTANTIATE_TEST_SUITE_P(By, StrictlyTampered, testing::ValuesIn(strict_attacks()), [](const auto& test) {
  std::string name(test.param.name);
  for (char& c : name) {
    if (std::isalnum(static_cast<unsigned char>(c)) == 0) c = '_';
  }
  return name;
});

TEST(StrictlyTamperedOnThe2048BitGroups, EachAttackIsNamed) {
  std::size_t number = 0;
  for (const StrictAttack& attack : strict_attacks()) {
    if (!thorough && ++number % 8 != 1) continue;
    SCOPED_TRACE(attack.name);
    expect_named(attack, sample_2048(attack.kind));
  }
}

TEST(StrictSuite, HasNamesThatAreUnique) {
  std::set<std::string_view> names;
  for (const StrictAttack& attack : strict_attacks()) EXPECT_TRUE(names.insert(attack.name).second) << attack.name;
  EXPECT_GE(names.size(), 25U);
}

class GoodSupplement : public testing::TestWithParam<std::pair<Kind, GroupId>> {};

TEST_P(GoodSupplement, IsValidUnderBothProfiles) {
  const Sample& good = sample(GetParam().first, GetParam().second);
  const strict::Report report = verify(good.record, good.supplement);
  EXPECT_EQ(report.record.verdict(), Verdict::valid);
  EXPECT_EQ(report.verdict(), Verdict::valid) << strict::to_text(report);
  EXPECT_TRUE(report.remarks.empty());
  EXPECT_EQ(strict::to_json(verify(good.record, good.supplement, 3)), strict::to_json(report));
  EXPECT_EQ(strict::to_json(verify_in_parts(good.record, good.supplement)), strict::to_json(report));
  EXPECT_THAT(strict::to_json(report), HasSubstr(R"("strict":{"verdict":"valid")"));
}

INSTANTIATE_TEST_SUITE_P(
    Each, GoodSupplement,
    testing::Values(std::pair(Kind::choice, GroupId::ed25519), std::pair(Kind::weighted, GroupId::ed25519),
                    std::pair(Kind::lists, GroupId::ed25519), std::pair(Kind::ranking, GroupId::ed25519),
                    std::pair(Kind::threshold, GroupId::ed25519), std::pair(Kind::choice, GroupId::belenios2048),
                    std::pair(Kind::threshold, GroupId::belenios2048), std::pair(Kind::ranking, GroupId::rfc3526)),
    [](const auto& test) { return fmt::format("{}_{}", name(test.param.first), name(test.param.second)); });

// A supplement goes with its record as it grows: cut short, it must have as many acts as the record.
TEST(GrowingSupplement, IsIncompleteUntilTheEndAndNeverAhead) {
  StrictForgery f(sample(Kind::ranking));
  const std::string before = f.bytes().substr(0, f.record.entry_of(EventType::end_ballots));
  EXPECT_EQ(strictly_failed(verify(before, f.supplement)), "shuffle-signatures batched-proofs decryption-signatures");
  f.edit([](Tree& s) {
    s["shuffles"].fields().clear();
    s["decryptions"].fields().clear();
  });
  const strict::Report report = verify(before, f.supplement);
  EXPECT_EQ(report.verdict(), Verdict::incomplete) << strict::to_text(report);
  EXPECT_EQ(strictly_failed(report), "");
}

// Every attack on a version 1 record makes it invalid under the profile too.
TEST(StrictVerdict, IsInvalidWhereVersion1Is) {
  std::size_t number = 0;
  for (const Attack& attack : all_attacks()) {
    if (attack.groups == Attack::Groups::only_2048_bits || attack.against) continue;
    if (!thorough && ++number % 10 != 0) continue;
    const Sample& good = sample(attack.kind);
    EXPECT_EQ(verify(forge(attack, good), good.supplement).verdict(), Verdict::invalid) << attack.name;
  }
}

TEST(StrictVerdict, IsInvalidForAnyFlippedBitOfTheSupplement) {
  std::mt19937_64 random(20'190'112);
  for (const Kind kind : {Kind::choice, Kind::ranking, Kind::threshold}) {
    const Sample& good = sample(kind);
    std::string supplement = good.supplement;
    for (int trial = 0; trial < trials(400); ++trial) {
      const std::size_t bit = random() % (8 * supplement.size());
      flip(supplement, bit);
      EXPECT_EQ(verify(good.record, supplement).verdict(), Verdict::invalid) << name(kind) << ": bit " << bit;
      flip(supplement, bit);
    }
  }
}

// A voter can encrypt what no device would. That is told, with the place of the paper in the result, and makes nothing
// invalid: else every voter could.
class OddPlaintext : public testing::TestWithParam<Insider::Raw> {};

TEST_P(OddPlaintext, IsRemarkedOn) {
  const Sample& good = sample(Kind::ranking);
  const std::string record = good.insider->record_with(2, good.insider->raw_ballot(2, GetParam()));
  const std::string supplement = good.insider->supplement(record, good.supplement);
  const strict::Report report = verify(record, supplement);
  EXPECT_EQ(strict::to_json(verify_in_parts(record, supplement)), strict::to_json(report));
  EXPECT_EQ(report.record.verdict(), Verdict::valid) << strict::to_text(report);
  EXPECT_EQ(report.verdict(), Verdict::valid) << strict::to_text(report);
  const std::string& result = *report.record.result;
  std::vector<std::string> papers;
  for (std::size_t at = 1; (at = result.find('[', at + 1)) != std::string::npos;) {
    papers.push_back(result.substr(at, result.find(']', at) - at + 1));
  }
  const auto place = std::ranges::find(papers, "[1,2,3]");
  ASSERT_EQ(report.remarks.size(), 1U);
  // Voter 0's first ranking of the same kind was replaced: there is one such paper.
  EXPECT_THAT(report.remarks[0],
              HasSubstr(fmt::format("1 of 4 ballots, in the result: {}", place - papers.begin() + 1)));
}

INSTANTIATE_TEST_SUITE_P(Of, OddPlaintext, testing::Values(Insider::Raw::other_padding, Insider::Raw::excess_bits));

// Version 1 accepts a ballot without randomness: its α is 1.
TEST(Elements, ThatAreOneAreNamed) {
  const Sample& good = sample(Kind::ranking);
  const std::string record =
      good.insider->record_with(2, good.insider->raw_ballot(2, Insider::Raw::without_randomness));
  const strict::Report report = verify(record, good.insider->supplement(record, good.supplement));
  EXPECT_EQ(report.record.verdict(), Verdict::valid);
  EXPECT_EQ(strictly_failed(report), "elements");
  EXPECT_THAT(report[strict::CheckId::elements].details().at(0), HasSubstr("answers[0].choices.alpha"));
}

// Where elements stand in a record of each kind.
struct Place {
  std::string_view name;
  Kind kind;
  std::function<Tree&(std::vector<Tree>& data)> of;  // of the data of a step
  EventType type;
  std::size_t step = 0;
};

// The tree inside a message: JSON in a string.
void in_message(Tree& message, std::string_view field, bool first, std::string_view element) {
  std::string text = message.text();
  const std::size_t at = text.find(fmt::format("\\\"{}\\\":{}\\\"", field, first ? "[" : ""));
  const std::size_t begin = text.find("\\\"", at + field.size() + 4) + 2;
  text.replace(begin, text.find("\\\"", begin) - begin, element);
  message = Tree::raw(text);
}

std::vector<Place> places() {
  using enum EventType;
  const auto proof = [](std::vector<Tree>& data) -> Tree& { return data[0]["proofs"][0]; };
  return {
      {"the election's key", Kind::choice, [](auto& d) -> Tree& { return d[0]["public_key"]; }, setup},
      {"a trustee's key", Kind::choice, [](auto& d) -> Tree& { return d[1][1][1]["public_key"]; }, setup},
      {"a threshold trustee's key", Kind::threshold,
       [](auto& d) -> Tree& { return d[1][1][1]["verification_keys"][0]["public_key"]; }, setup},
      {"a credential", Kind::choice, [](auto& d) -> Tree& { return d[2][0]; }, setup},
      {"a ballot's credential", Kind::choice, [](auto& d) -> Tree& { return d[0]["credential"]; }, EventType::ballot},
      {"a choice's α", Kind::choice, [](auto& d) -> Tree& { return d[0]["answers"][0]["choices"][1]["alpha"]; },
       EventType::ballot},
      {"a choice's β", Kind::choice, [](auto& d) -> Tree& { return d[0]["answers"][1]["choices"][0]["beta"]; },
       EventType::ballot},
      {"a ranking's α", Kind::ranking, [](auto& d) -> Tree& { return d[0]["answers"][0]["choices"]["alpha"]; },
       EventType::ballot},
      {"a list's β", Kind::lists, [](auto& d) -> Tree& { return d[0]["answers"][0]["choices"][1][0]["beta"]; },
       EventType::ballot},
      {"the commitment of the non-zero proof", Kind::lists,
       [](auto& d) -> Tree& { return d[0]["answers"][0]["nonzero_proof"]["commitment"]; }, EventType::ballot},
      {"the tally's α", Kind::choice, [](auto& d) -> Tree& { return d[0][0][1]["alpha"]; }, encrypted_tally},
      {"a shuffled β", Kind::ranking, [](auto& d) -> Tree& { return d[0]["ciphertexts"][0][1]["beta"]; }, shuffle, 1},
      {"a shuffle's t", Kind::ranking, [=](auto& d) -> Tree& { return proof(d)[0][2]; }, shuffle},
      {"a shuffle's t4", Kind::ranking, [=](auto& d) -> Tree& { return proof(d)[0][3][0]; }, shuffle},
      {"a shuffle's t̂", Kind::ranking, [=](auto& d) -> Tree& { return proof(d)[0][4][1]; }, shuffle},
      {"a shuffle's c", Kind::ranking, [=](auto& d) -> Tree& { return proof(d)[2][0]; }, shuffle, 2},
      {"a shuffle's ĉ", Kind::ranking, [=](auto& d) -> Tree& { return proof(d)[3][3]; }, shuffle, 2},
      {"a decryption factor", Kind::choice, [](auto& d) -> Tree& { return d[0]["decryption_factors"][0][1]; },
       partial_decryption, 1},
  };
}

// Whether the elements check names it when the element stands in that place.
void expect_named_element(const Sample& good, const Place& place, std::string_view element) {
  SCOPED_TRACE(fmt::format("{} is {}", place.name, element.substr(0, 8)));
  Forgery f(good);
  auto& data = f.step(place.type, place.step).data;
  std::vector<Tree> trees;
  for (const std::string& text : data) trees.push_back(Tree::parse(text));
  place.of(trees) = Tree::string(element);
  for (std::size_t i = 0; i < data.size(); ++i) data[i] = trees[i].text();
  const strict::Report report = verify(f.bytes(), good.supplement);
  EXPECT_TRUE(report[strict::CheckId::elements].failed()) << strict::to_text(report);
  EXPECT_EQ(report.verdict(), Verdict::invalid);
}

constexpr std::string_view order_2 = "7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffec";
constexpr std::string_view order_8 = "05fc536d880238b13933c6d305acdfd5f098eff289f4c345b027b2c28f95e826";

TEST(Elements, OfSmallOrderAreNamedWhereverTheyStand) {
  for (const Place& place : places()) {
    const Sample& good = sample(place.kind);
    for (const std::string_view element : {order_2, order_8}) expect_named_element(good, place, element);
    expect_named_element(good, place, good.insider->identity());
  }
}

TEST(Elements, OfSmallOrderAreNamedInTheMessagesOfThresholdTrustees) {
  const Sample& good = sample(Kind::threshold);
  const std::string identity = good.insider->identity();
  for (const std::string_view element : {order_2, order_8, std::string_view(identity)}) {
    for (const auto& [list, field] :
         {std::pair("certs", "verification"), {"certs", "encryption"}, {"coefexps", "coefexps"}}) {
      SCOPED_TRACE(fmt::format("{} is {}", field, element.substr(0, 8)));
      Forgery f(good);
      Forgery::edit(f.step(EventType::setup).data[1], [&](Tree& trustees) {
        in_message(trustees[1][1][list][1]["message"], field, std::string_view(list) == "coefexps", element);
      });
      const strict::Report report = verify(f.bytes(), good.supplement);
      EXPECT_TRUE(report[strict::CheckId::elements].failed()) << strict::to_text(report);
    }
  }
}

}  // namespace
}  // namespace folkmoot::tamper
