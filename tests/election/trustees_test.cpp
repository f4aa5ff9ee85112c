// Trustees of the original tools with one thing changed: check_trustees names the thing and whose it is.
#include "election/opened_record.hpp"

namespace folkmoot::election::test {
namespace {

using G = group::Ed25519;
using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;

Trustees<G> trustees_of(const OriginalRecord& record) { return read(record.setup("trustees"), read_trustees<G>); }

// What check_trustees says after a change of the threshold parameters of item 1.
template <class Change>
std::vector<std::string> messages_after(const OriginalRecord& record, Change change) {
  auto trustees = trustees_of(record);
  change(std::get<ThresholdParameters<G>>(trustees.kinds[0]));
  return check_trustees(trustees);
}

void increase(G::Scalar& scalar) { scalar = scalar + G::Scalar(1); }

using Parameters = ThresholdParameters<G>;

TEST(Trustees, eachSignatureIsChecked) {
  ORIGINAL_RECORD(record, "v1-threshold3of5-ed25519");
  ASSERT_THAT(messages_after(record, [](Parameters&) {}), IsEmpty());
  EXPECT_THAT(messages_after(record, [](Parameters& p) { increase(p.certificates[1].signature.challenge); }),
              Contains("item 1: trustee 2: certs: the signature is wrong"));
  EXPECT_THAT(messages_after(record, [](Parameters& p) { increase(p.coefficient_exponents[2].signature.response); }),
              ElementsAre("item 1: trustee 3: coefexps: the signature is wrong"));
  EXPECT_THAT(messages_after(record, [](Parameters& p) { increase(p.signatures[3].response); }),
              ElementsAre("item 1: trustee 4: signatures: the signature is wrong"));
  EXPECT_THAT(messages_after(record, [](Parameters& p) { increase(p.verification_keys[4].signature->response); }),
              ElementsAre("item 1: trustee 5: verification_keys: the signature is wrong"));
  EXPECT_THAT(messages_after(record, [](Parameters& p) { increase(p.verification_keys[0].pok.challenge); }),
              ElementsAre("item 1: trustee 1: verification_keys: the proof of knowledge is wrong"));
}

TEST(Trustees, keysMustBeWhatTheCoefficientsSay) {
  ORIGINAL_RECORD(record, "v1-threshold3of5-ed25519");
  const auto exchanged =
      messages_after(record, [](Parameters& p) { std::swap(p.verification_keys[0], p.verification_keys[1]); });
  EXPECT_THAT(exchanged,
              Contains("item 1: trustee 1: verification_keys: the public key is not what the coefficients say"));
  EXPECT_THAT(exchanged,
              Contains("item 1: trustee 2: verification_keys: the public key is not what the coefficients say"));
  EXPECT_THAT(exchanged, Contains("item 1: trustee 1: verification_keys: the signature is wrong"));
  const auto reordered = messages_after(record, [](Parameters& p) { std::swap(p.certificates[0], p.certificates[1]); });
  EXPECT_THAT(reordered, Contains("item 1: trustee 1: certs: context: index 2 instead of 1"));
}

TEST(Trustees, theContextMustFit) {
  ORIGINAL_RECORD(record, "v1-threshold3of5-ed25519");
  const auto other = [&](std::string_view from, std::string_view to) {
    return messages_after(record, [&](Parameters& p) {
      std::string& message = p.certificates[0].message;
      message.replace(message.find(from), from.size(), to);
    });
  };
  EXPECT_THAT(other("\"size\":5", "\"size\":6"), Contains("item 1: trustee 1: certs: context: size 6 instead of 5"));
  EXPECT_THAT(other("\"threshold\":3", "\"threshold\":2"),
              Contains("item 1: trustee 1: certs: context: threshold 2 instead of 3"));
  EXPECT_THAT(other("Ed25519", "RFC-3526-2048"),
              Contains("item 1: trustee 1: certs: context: group \"RFC-3526-2048\" instead of \"Ed25519\""));
  EXPECT_THAT(other("\"index\":1", "\"index\":1,\"x\":1"),
              Contains(testing::StartsWith("item 1: trustee 1: certs: message: not in canonical form")));
  EXPECT_THAT(other("\"context\"", "\"contexts\""), Contains(testing::StartsWith("item 1: trustee 1: certs")));
}

TEST(Trustees, whatIsMissingIsNamed) {
  ORIGINAL_RECORD(record, "v1-threshold3of5-ed25519");
  EXPECT_THAT(messages_after(record, [](Parameters& p) { p.verification_keys[1].signature.reset(); }),
              ElementsAre("item 1: trustee 2: verification_keys: there is no signature"));
  // Only where everything is missing that tools before 2.5.1 did not make, it is their way.
  const auto no_signatures = messages_after(record, [](Parameters& p) {
    p.has_signatures = false;
    p.signatures.clear();
  });
  EXPECT_EQ(no_signatures.size(), 5U);
  EXPECT_THAT(no_signatures, Contains("item 1: trustee 5: signatures: there is none"));
  EXPECT_THAT(messages_after(record, [](Parameters& p) { p.signatures.pop_back(); }),
              ElementsAre("item 1: signatures: 4 for 5 trustees"));
  EXPECT_THAT(messages_after(record, [](Parameters& p) { p.verification_keys.pop_back(); }),
              ElementsAre("item 1: verification_keys: 4 for 5 trustees"));
  EXPECT_THAT(messages_after(record, [](Parameters& p) { p.certificates.clear(); }),
              Contains("item 1: threshold 3 of 0 trustees"));
  EXPECT_THAT(messages_after(record, [](Parameters& p) { p.threshold = 0; }),
              Contains("item 1: threshold 0 of 5 trustees"));
  EXPECT_THAT(messages_after(record, [](Parameters& p) { p.threshold = 6; }),
              Contains("item 1: threshold 6 of 5 trustees"));
  EXPECT_THAT(messages_after(record, [](Parameters& p) { p.threshold = 2; }),
              Contains("item 1: trustee 1: coefexps: 3 coefficients for threshold 2"));
  EXPECT_THAT(check_trustees(Trustees<G>{}), ElementsAre("there are no trustees"));
}

TEST(Trustees, ofOldToolsAreCheckedOtherwise) {
  ORIGINAL_RECORD(record, "v1-by-2.0-threshold3of5-belenios2048");
  using Old = group::Belenios2048;
  auto trustees = read(record.setup("trustees"), read_trustees<Old>);
  auto& threshold = std::get<ThresholdParameters<Old>>(trustees.kinds[1]);
  threshold.coefficient_exponents[1].signature.response =
      threshold.coefficient_exponents[1].signature.response + Old::Scalar(1);
  EXPECT_THAT(
      check_trustees(trustees),
      ElementsAre("item 2: the threshold keys lack the signatures that the specification requires since versions "
                  "2.5.1 and 3.0",
                  "item 2: trustee 2: coefexps: the signature is wrong"));
}

TEST(Trustees, singleKeys) {
  ORIGINAL_RECORD(record, "v1-rank8-ed25519");
  auto trustees = trustees_of(record);
  ASSERT_THAT(check_trustees(trustees), IsEmpty());
  increase(std::get<TrusteePublicKey<G>>(trustees.kinds[2]).pok.response);
  EXPECT_THAT(check_trustees(trustees), ElementsAre("item 3: the proof of knowledge is wrong"));
}

TEST(Trustees, combinedKeyNeedsReadableCoefficients) {
  ORIGINAL_RECORD(record, "v1-threshold3of5-ed25519");
  auto trustees = trustees_of(record);
  std::get<ThresholdParameters<G>>(trustees.kinds[0]).coefficient_exponents[1].message = "{}";
  const auto key = combined_key(trustees);
  ASSERT_FALSE(key);
  EXPECT_THAT(key.error().message, testing::StartsWith("item 1: trustee 2: coefexps: message: "));
  std::get<ThresholdParameters<G>>(trustees.kinds[0]).coefficient_exponents[1].message = "{\"coefexps\":[]}";
  EXPECT_FALSE(combined_key(trustees));
}

TEST(Trustees, jsonRefusesOtherShapes) {
  const auto refused = [](std::string_view text) { return !json::read_canonical(text, read_trustees<G>); };
  EXPECT_TRUE(refused("{}"));
  EXPECT_TRUE(refused("[[]]"));
  EXPECT_TRUE(refused("[[\"Single\"]]"));
  EXPECT_TRUE(refused("[[\"Other\",{}]]"));
  EXPECT_TRUE(refused("[[\"\",{}]]"));
  EXPECT_TRUE(refused("[[\"Single\",{},{}]]"));
  EXPECT_TRUE(refused("[[\"Pedersen\",{\"threshold\":3}]]"));
}

}  // namespace
}  // namespace folkmoot::election::test
