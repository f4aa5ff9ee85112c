// The strict profile's hashing against RFC 9380's vectors, and its two statements.
#include "proof/strict/decryption.hpp"
#include "proof/strict/signature.hpp"

#include <gtest/gtest.h>

#include "base/bytes.hpp"
#include "group/all.hpp"

namespace folkmoot::proof::strict {
namespace {

// RFC 9380, appendix K.1: expand_message_xmd(SHA-256), with the shorter domain.
TEST(ExpandMessage, GivesTheVectorsOfRfc9380) {
  constexpr std::string_view domain = "QUUX-V01-CS02-with-expander-SHA256-128";
  const auto expand = [&](std::string_view message, std::size_t size) {
    return to_hex(bytes_of(expand_message_xmd(message, domain, size)));
  };
  EXPECT_EQ(expand("", 32), "68a985b87eb6b46952128911f2a4412bbc302a9d759667f87f7a21d803f07235");
  EXPECT_EQ(expand("abc", 32), "d8ccab23b5985ccea865c6c97b6e5b8350e794e603b4b97902f53a8a0d605615");
  EXPECT_EQ(expand("", 128),
            "af84c27ccfd45d41914fdff5df25293e221afc53d8ad2ac06d5e3e29485dadbee0d121587713a3e0dd4d5e69e93eb7cd4f5df4cd10"
            "3e188cf60cb02edc3edf18eda8576c412b18ffb658e3dd6ec849469b979d444cf7b26911a08e63cf31f9dcc541708d3491184472c2"
            "c29bb749d4286b004ceb5ee6b9a7fa5b646c993f0ced");
}

template <class G>
class Strict : public testing::Test {};
using Groups = testing::Types<group::Ed25519, group::Belenios2048, group::Rfc3526>;
TYPED_TEST_SUITE(Strict, Groups);

TYPED_TEST(Strict, HasADomainForEachPurpose) {
  using G = TypeParam;
  EXPECT_EQ(domain<G>("Weights"), fmt::format("FolkmootStrictV1-{}-Weights", G::name));
  EXPECT_NE((hash_to_scalar<G>("m", "Decryption")), (hash_to_scalar<G>("m", "Signature")));
  EXPECT_EQ((hash_to_scalar<G>("m", "Signature")), (hash_to_scalar<G>("m", "Signature")));
}

// As the specification says, by another way: the wide number reduced through its digits.
TYPED_TEST(Strict, ReducesTheWholeOfTheHash) {
  using G = TypeParam;
  using Scalar = typename G::Scalar;
  const std::size_t size = G::name == group::Rfc3526::name ? 272 : 48;
  Scalar expected;
  for (const char byte : expand_message_xmd("a message", domain<G>("Signature"), size)) {
    expected = expected * Scalar(256) + Scalar(static_cast<std::uint8_t>(byte));
  }
  EXPECT_EQ((hash_to_scalar<G>("a message", "Signature")), expected);
}

TYPED_TEST(Strict, WritesElementsWithAFixedLength) {
  using G = TypeParam;
  const std::size_t size = G::name == group::Ed25519::name ? 32 : 256;
  EXPECT_EQ(serialize<G>(G::generator()).size(), size);
  EXPECT_EQ(serialize<G>(typename G::Element()).size(), size);
  EXPECT_EQ(to_hex(bytes_of(encode("abc"))), "0003616263");
  EXPECT_EQ(serialize<G>(typename G::Element()).substr(1, size - 2), std::string(size - 2, '\0'));
}

}  // namespace
}  // namespace folkmoot::proof::strict
