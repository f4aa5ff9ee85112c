// Ed25519 beside published vectors and libsodium.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>
#include <sodium.h>

#include <algorithm>

#include "group/generators.hpp"

namespace folkmoot::group {
namespace {

using ed25519::Element;
using ed25519::Point;
using ed25519::Scalar;
using Encoding = std::array<std::uint8_t, 32>;  // RFC 8032's: little-endian

Encoding encoding(std::string_view hex) {
  Encoding out;
  EXPECT_TRUE(from_hex(hex, out)) << hex;
  return out;
}
std::string text_of(Encoding bytes) {
  std::ranges::reverse(bytes);
  return to_hex(bytes);
}

class Ed25519Test : public testing::Test {
 protected:
  static void SetUpTestSuite() { ASSERT_GE(sodium_init(), 0); }
};

TEST_F(Ed25519Test, TextsAreNumbersMostSignificantDigitFirst) {
  EXPECT_EQ(Ed25519::generator().text(), "6666666666666666666666666666666666666666666666666666666666666658");
  EXPECT_EQ(Element().text(), std::string(63, '0') + "1");
  // A trustee's key pair made by belenios-tool 3.3.0 (shared/elections/v1-rank8-ed25519).
  const auto x = Scalar::decode("196896263605932577348127485845149150535017139785916334925215528831636636587");
  ASSERT_TRUE(x);
  EXPECT_EQ(Ed25519::fixed_generator().power_vartime(*x).text(),
            "d6a2f79bc3c59031cb9f3c51653b9f87b83af9fb2c13f9f14bafacff5e408b57");
}

// RFC 8032, section 7.1: tests 1 to 3 and 1024. The secret exponent is a hash of the secret key, its bits adjusted.
TEST_F(Ed25519Test, KeysOfRfc8032) {
  const std::array<std::array<std::string_view, 2>, 4> keys{{
      {"9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
       "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"},
      {"4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
       "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c"},
      {"c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
       "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025"},
      {"f5e5767cf153319517630f226876b86c8160cc583bc013744c6bf255f5cc0ee5",
       "278117fc144c72340f67d0f2316e8386ceffbf2b2428c9c51fef7c597f1d426e"},
  }};
  for (const auto& [secret, expected] : keys) {
    std::array<std::uint8_t, 64> hash;
    crypto_hash_sha512(hash.data(), encoding(secret).data(), 32);
    Encoding exponent;
    std::copy_n(hash.begin(), 32, exponent.begin());
    exponent[0] &= 0xf8;
    exponent[31] = static_cast<std::uint8_t>((exponent[31] & 0x7f) | 0x40);
    EXPECT_EQ(Ed25519::power_vartime(Ed25519::generator(), Scalar::from_bytes(exponent)).bytes(), encoding(expected));
  }
}

// The points of order 1, 2, 4 and 8, and all encodings of points that are not canonical although on the curve:
// Chalkias, Garillot and Nikolaenko, "Taming the many EdDSAs" (eprint 2020/1244), table 1. All but the first are
// refused.
TEST_F(Ed25519Test, SmallOrderAndNonCanonicalEncodings) {
  EXPECT_TRUE(
      Element::from_bytes(encoding("0100000000000000000000000000000000000000000000000000000000000000"))->is_identity());
  for (const std::string_view hex : {
           "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",  // order 2
           "0000000000000000000000000000000000000000000000000000000000000000",  // order 4
           "0000000000000000000000000000000000000000000000000000000000000080",
           "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",  // order 8
           "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
           "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
           "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
           "0100000000000000000000000000000000000000000000000000000000000080",  // x = 0, "negative"
           "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
           "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",  // y = p
           "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
           "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",  // y = p + 1
           "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
       }) {
    EXPECT_FALSE(Element::from_bytes(encoding(hex))) << hex;
    EXPECT_FALSE(Element::decode(text_of(encoding(hex)))) << hex;
  }
  // The other y from p to 2^255 − 1.
  for (unsigned low = 0xed; low <= 0xff; ++low)
    for (const std::uint8_t high : {std::uint8_t{0x7f}, std::uint8_t{0xff}}) {
      Encoding bytes;
      bytes.fill(0xff);
      bytes[0] = static_cast<std::uint8_t>(low);
      bytes[31] = high;
      EXPECT_FALSE(Element::from_bytes(bytes)) << low;
    }
}

TEST_F(Ed25519Test, RefusesUpperCase) {
  const std::string text = "d6a2f79bc3c59031cb9f3c51653b9f87b83af9fb2c13f9f14bafacff5e408b57";
  EXPECT_TRUE(Element::decode(text));
  std::string upper = text;
  upper[0] = 'D';
  EXPECT_FALSE(Element::decode(upper));
}

// p·q by the definition of a power, on any point of the curve.
Point times_q(const Point& p) {
  const Encoding q = [] {
    Encoding bytes = (-Scalar(1)).bytes();
    ++bytes[0];
    return bytes;
  }();
  Point sum;
  for (int bit = 252; bit >= 0; --bit) {
    sum = twice(projective(sum)).point();
    if (q[static_cast<std::size_t>(bit / 8)] >> (bit % 8) & 1) sum = (sum + cached(p)).point();
  }
  return sum;
}
Point affine(Point p) {
  ed25519::normalize({&p, 1});
  return p;
}

// Some point of the curve for each seed, in any coset of the subgroup.
Point any_point() {
  for (;;) {
    const auto seed = *rc::gen::arbitrary<std::uint64_t>();
    for (int i = 0;; ++i)
      if (const auto point = ed25519::uncompress(sha256(std::to_string(seed) + "." + std::to_string(i)))) return *point;
  }
}

// A point of order 8: a generator of the points of small order.
Point torsion() {
  for (int i = 0;; ++i) {
    const auto point = ed25519::uncompress(sha256("torsion" + std::to_string(i)));
    if (!point) continue;
    const Point t = times_q(*point);
    const Point t4 = twice(twice(projective(t)).projective()).point();
    if (!is_identity(t4)) return affine(t);
  }
}

TEST_F(Ed25519Test, MembershipIsWhatMultiplicationByQSays) {
  const Point t8 = torsion();
  // Fact 1 of the proof of in_subgroup: the u of a point of order 8 is not a square.
  using ed25519::one;
  EXPECT_FALSE(ed25519::sqrt_ratio(tight(one + t8.Y), tight(one - t8.Y)).is_square);
  EXPECT_TRUE(rc::check("in each of the eight cosets", [&] {
    Point p = any_element<Ed25519>().point();
    for (int k = 0; k < 8; ++k) {
      const Point a = affine(p);
      RC_ASSERT(in_subgroup(a) == (k == 0));
      RC_ASSERT(is_identity(times_q(a)) == (k == 0));
      const auto bytes = compress(a);
      RC_ASSERT((crypto_core_ed25519_is_valid_point(bytes.data()) == 1) == (k == 0 && !is_identity(a)));
      RC_ASSERT(Element::from_bytes(bytes).has_value() == (k == 0));
      p = (p + cached(t8)).point();
    }
  }));
  EXPECT_TRUE(rc::check("of any point", [] {
    const Point p = any_point();
    RC_ASSERT(in_subgroup(p) == is_identity(times_q(p)));
  }));
}

TEST_F(Ed25519Test, DecodingAgreesWithLibsodiumOnAnyBytes) {
  EXPECT_TRUE(rc::check("", [] {
    Encoding bytes = sha256(std::to_string(*rc::gen::arbitrary<std::uint64_t>()));
    const auto e = Element::from_bytes(bytes);
    RC_ASSERT(e.has_value() == (crypto_core_ed25519_is_valid_point(bytes.data()) == 1));
    if (e) RC_ASSERT(e->bytes() == bytes);
  }));
}

TEST_F(Ed25519Test, OperationsAgreeWithLibsodium) {
  EXPECT_TRUE(rc::check("", [] {
    const Element a = any_element<Ed25519>(), b = any_element<Ed25519>();
    const Scalar s = any_scalar<Scalar>(), t = any_scalar<Scalar>();
    Encoding expected;
    crypto_core_ed25519_scalar_add(expected.data(), s.bytes().data(), t.bytes().data());
    RC_ASSERT((s + t).bytes() == expected);
    crypto_core_ed25519_scalar_sub(expected.data(), s.bytes().data(), t.bytes().data());
    RC_ASSERT((s - t).bytes() == expected);
    crypto_core_ed25519_scalar_mul(expected.data(), s.bytes().data(), t.bytes().data());
    RC_ASSERT((s * t).bytes() == expected);
    if (s != Scalar()) {
      crypto_core_ed25519_scalar_invert(expected.data(), s.bytes().data());
      RC_ASSERT(s.inverse().bytes() == expected);
    }
    RC_ASSERT(crypto_core_ed25519_add(expected.data(), a.bytes().data(), b.bytes().data()) == 0);
    RC_ASSERT((a * b).bytes() == expected);
    RC_ASSERT(crypto_core_ed25519_sub(expected.data(), a.bytes().data(), b.bytes().data()) == 0);
    RC_ASSERT((a / b).bytes() == expected);
    // libsodium refuses the identity, as base and as result.
    if (crypto_scalarmult_ed25519_noclamp(expected.data(), s.bytes().data(), a.bytes().data()) == 0) {
      RC_ASSERT(Ed25519::power_vartime(a, s).bytes() == expected);
    } else {
      RC_ASSERT(Ed25519::power_vartime(a, s).is_identity());
    }
    if (crypto_scalarmult_ed25519_base_noclamp(expected.data(), s.bytes().data()) == 0)
      RC_ASSERT(Ed25519::fixed_generator().power_vartime(s).bytes() == expected);
  }));
}

TEST_F(Ed25519Test, ScalarsOfBytesAreReduced) {
  EXPECT_TRUE(rc::check("", [] {
    Encoding bytes = sha256(std::to_string(*rc::gen::arbitrary<std::uint64_t>()));
    if (*rc::gen::inRange(0, 4) == 0) std::fill(bytes.begin() + 16, bytes.end(), 0xff);
    std::array<std::uint8_t, 64> wide{};
    std::ranges::copy(bytes, wide.begin());
    Encoding expected;
    crypto_core_ed25519_scalar_reduce(expected.data(), wide.data());
    RC_ASSERT(Scalar::from_bytes(bytes).bytes() == expected);
  }));
}

TEST_F(Ed25519Test, ManyTextsAtOnce) {
  std::vector<Element> elements(3);
  for (int i = 0; i < 20; ++i) elements.push_back(elements.back() * Ed25519::generator());
  const ed25519::Texts texts(elements);
  ASSERT_EQ(texts.size(), elements.size());
  for (std::size_t i = 0; i < texts.size(); ++i) EXPECT_EQ(texts[i], elements[i].text());
  EXPECT_EQ(ed25519::Texts().size(), 0U);
}

// Computed apart from this code, from the specification's tables and formulas, with Python's integers.
TEST_F(Ed25519Test, IndependentGenerators) {
  const std::array<std::string_view, 4> expected{"d6f7c1ea42e2474a28baea1141185bb7b39fe58011e5fc31d093b5c9345f18c7",
                                                 "c95c81b40c41366b2e62e68fec3c5fa4dbb93f0c3c242ac2fe7a07c0e0fd92fe",
                                                 "8278c9f7f36153e64f1e858bf1bfbf7f3a42f2f9589a4010c192a5d11c89746c",
                                                 "bcca925cb3e87758dd8c325e78ab8acf08aba5fbdf64efe70c7aabda335de064"};
  for (std::size_t i = 0; i < expected.size(); ++i)
    EXPECT_EQ(Ed25519::independent_generator(static_cast<std::int64_t>(i) - 1).text(), expected[i]);
}

TEST_F(Ed25519Test, Embeddings) {
  const auto text = [](const std::vector<std::uint8_t>& ints) { return Ed25519::of_ints(ints)->text(); };
  EXPECT_EQ(text({}), Element().text());
  EXPECT_EQ(text({0, 0, 0}), Element().text());
  EXPECT_EQ(text({1, 2, 3}), "000000000000000000000000000000000000000000000000000000004080c009");
  EXPECT_EQ(text(std::vector<std::uint8_t>(30, 255)),
            "3fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc00c");
  std::vector<std::uint8_t> numbers(30);
  for (std::uint8_t i = 0; i < 30; ++i) numbers[i] = i;
  EXPECT_EQ(text(numbers), "00004080c1014181c2024282c3034383c4044484c5054585c6064686c7074000");
  // Version 1 reads what it finds, whatever lies above.
  EXPECT_EQ(Ed25519::to_ints(*Ed25519::of_ints(numbers), 2), (std::vector<std::uint8_t>{28, 29}));
  EXPECT_FALSE(Ed25519::is_canonical_embedding(*Ed25519::of_ints(numbers), 2));
}

TEST_F(Ed25519Test, PublishedOrderIsThatOfTheLittleEndianBytes) {
  std::vector<Element> elements{Element()};
  for (int i = 0; i < 50; ++i) elements.push_back(elements.back() * Ed25519::generator());
  std::ranges::sort(elements, Ed25519::published_less);
  for (std::size_t i = 1; i < elements.size(); ++i) {
    const auto a = elements[i - 1].bytes(), b = elements[i].bytes();
    EXPECT_LT(to_hex(a), to_hex(b));
  }
  EXPECT_EQ(to_hex(elements.front().bytes()).substr(0, 2), "01");
}

}  // namespace
}  // namespace folkmoot::group
