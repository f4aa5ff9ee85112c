// What holds in every group.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <set>

#include "group/generators.hpp"

namespace folkmoot::group {
namespace {

template <class G>
class Groups : public testing::Test {
 public:
  using Scalar = typename G::Scalar;
  using Element = typename G::Element;

  // The power by its definition, one bit after the other from the scalar's halves: base^s = (base^(s/2))²·base^(s mod
  // 2), written with nothing but the product.
  static Element power_by_bits(const Element& base, std::uint64_t exponent) {
    Element power;
    for (int bit = 63; bit >= 0; --bit) {
      power = power * power;
      if (exponent >> bit & 1) power = power * base;
    }
    return power;
  }
};
using AllGroups = testing::Types<Ed25519, Belenios2048, Rfc3526>;
class GroupNames {
 public:
  template <class G>
  static std::string GetName(int) {
    return std::string(G::name).substr(0, G::name.find('-'));
  }
};
TYPED_TEST_SUITE(Groups, AllGroups, GroupNames);

#define GROUP_TYPES                              \
  using G [[maybe_unused]] = TypeParam;          \
  using S [[maybe_unused]] = typename G::Scalar; \
  using E [[maybe_unused]] = typename G::Element

TYPED_TEST(Groups, ScalarsAreAField) {
  GROUP_TYPES;
  EXPECT_TRUE(rc::check("field axioms", [] {
    const S a = any_scalar<S>(), b = any_scalar<S>(), c = any_scalar<S>();
    RC_ASSERT(a + b == b + a);
    RC_ASSERT((a + b) + c == a + (b + c));
    RC_ASSERT(a * b == b * a);
    RC_ASSERT((a * b) * c == a * (b * c));
    RC_ASSERT(a * (b + c) == a * b + a * c);
    RC_ASSERT((a - b) + b == a);
    RC_ASSERT(a + -a == S(0));
    RC_ASSERT(a * S(1) == a);
    if (a != S(0)) RC_ASSERT(a * a.inverse() == S(1));
  }));
}

TYPED_TEST(Groups, ScalarTexts) {
  GROUP_TYPES;
  EXPECT_TRUE(rc::check("decode(text(s)) = s", [] {
    const S s = any_scalar<S>();
    RC_ASSERT(S::decode(s.text()) == s);
    std::string appended = "x";
    s.append_to(appended);
    RC_ASSERT(appended == "x" + s.text());
  }));
  EXPECT_EQ(S(0).text(), "0");
  EXPECT_EQ(S(18446744073709551615u).text(), "18446744073709551615");
  EXPECT_EQ(S::decode("10000000000000000"), S(10000000000000000));
}

// The number of a text, plus one.
std::string successor(std::string digits) {
  std::size_t i = digits.size();
  while (i > 0 && digits[i - 1] == '9') digits[--i] = '0';
  if (i == 0) return "1" + digits;
  ++digits[i - 1];
  return digits;
}

TYPED_TEST(Groups, ScalarsRefuseOtherTexts) {
  GROUP_TYPES;
  const std::string largest = (-S(1)).text();
  EXPECT_TRUE(S::decode(largest));
  const std::string q = successor(largest);
  for (const auto& text : {std::string(),         std::string("00"),
                           std::string("01"),     "0" + largest,
                           "+1" + std::string(),  std::string("-1"),
                           std::string("-0"),     std::string(" 1"),
                           std::string("1 "),     std::string("1\n"),
                           std::string("1a"),     std::string("0x10"),
                           std::string("1.0"),    std::string("1e3"),
                           std::string("\0", 1),  std::string("1\0", 2),
                           std::string("１"),     q,
                           successor(q),          q + "0",
                           std::string(700, '9'), std::string(100000, '1')})
    EXPECT_FALSE(S::decode(text)) << text.substr(0, 100);
  // Every byte that is not a digit, at every place of a block of sixteen.
  for (int byte = 0; byte < 256; ++byte)
    for (std::size_t place = 0; place < 33; ++place) {
      std::string text(33, '1');
      text[place] = static_cast<char>(byte);
      EXPECT_EQ(S::decode(text).has_value(), byte >= (place == 0 ? '1' : '0') && byte <= '9') << byte << " " << place;
    }
}

TYPED_TEST(Groups, HashesAreReducedBigEndianNumbers) {
  GROUP_TYPES;
  Digest digest{};
  EXPECT_EQ(S::from_hash(digest), S(0));
  digest[31] = 2;
  digest[30] = 1;
  EXPECT_EQ(S::from_hash(digest), S(258));
  digest.fill(0xff);
  S expected(0);
  for (int i = 0; i < 32; ++i) expected = expected * S(256) + S(255);
  EXPECT_EQ(S::from_hash(digest), expected);
}

TYPED_TEST(Groups, ElementsAreAGroupOfOrderQ) {
  GROUP_TYPES;
  EXPECT_EQ(G::generator(), *E::decode(G::generator().text()));
  EXPECT_FALSE(G::generator().is_identity());
  EXPECT_TRUE(E().is_identity());
  EXPECT_EQ(G::power_vartime(G::generator(), -S(1)) * G::generator(), E());
  EXPECT_TRUE(rc::check("group axioms", [] {
    const E a = any_element<G>(), b = any_element<G>(), c = any_element<G>();
    RC_ASSERT(a * b == b * a);
    RC_ASSERT((a * b) * c == a * (b * c));
    RC_ASSERT(a * E() == a);
    RC_ASSERT(a / a == E());
    RC_ASSERT((a / b) * b == a);
    RC_ASSERT((a / b).is_identity() == (a == b));
    RC_ASSERT((a == b) == (a.text() == b.text()));
  }));
}

TYPED_TEST(Groups, ElementTexts) {
  GROUP_TYPES;
  EXPECT_TRUE(rc::check("decode(text(e)) = e", [] {
    const E e = any_element<G>() * any_element<G>();
    const std::string text = e.text();
    const auto decoded = E::decode(text);
    RC_ASSERT(decoded == e);
    RC_ASSERT(decoded->text() == text);
    std::string appended = "x";
    e.append_to(appended);
    RC_ASSERT(appended == "x" + text);
  }));
  EXPECT_TRUE(E::decode(E().text())->is_identity());
}

TYPED_TEST(Groups, ElementsRefuseOtherTexts) {
  GROUP_TYPES;
  // RC_ASSERT takes its expression apart and so always evaluates both sides of an || that has no parentheses of its
  // own.
  EXPECT_TRUE(rc::check("a changed text is refused, or is the canonical text of another element", [] {
    const E e = any_element<G>();
    const std::string text = e.text();
    for (const std::string& other : {"0" + text, text + "0", " " + text, text + " ", text + "\n", "+" + text,
                                     "-" + text, "0x" + text, text.substr(1), text.substr(0, text.size() - 1)}) {
      const auto decoded = E::decode(other);
      RC_ASSERT((!decoded || (decoded->text() == other && *decoded != e)));
    }
    std::string changed = text;
    changed[*rc::gen::inRange<std::size_t>(0, text.size())] = *rc::gen::arbitrary<char>();
    const auto decoded = E::decode(changed);
    RC_ASSERT((!decoded || decoded->text() == changed));
  }));
  EXPECT_FALSE(E::decode(""));
  EXPECT_FALSE(E::decode(std::string(64, '0')));
  EXPECT_FALSE(E::decode(std::string(100000, '1')));
}

TYPED_TEST(Groups, Powers) {
  GROUP_TYPES;
  EXPECT_TRUE(rc::check("powers of small exponents, by their definition", [] {
    const auto exponent = *rc::gen::arbitrary<std::uint64_t>();
    const E e = any_element<G>();
    RC_ASSERT(G::power_vartime(e, S(exponent)) == Groups<G>::power_by_bits(e, exponent));
  }));
  EXPECT_TRUE(rc::check("laws of powers", [] {
    const E a = any_element<G>();
    const S s = any_scalar<S>(), t = any_scalar<S>();
    const E as = G::power_vartime(a, s);
    RC_ASSERT(as * G::power_vartime(a, t) == G::power_vartime(a, s + t));
    RC_ASSERT(G::power_vartime(as, t) == G::power_vartime(a, s * t));
    RC_ASSERT(G::power_vartime(a, -s) == E() / as);
    RC_ASSERT(G::fixed_generator().power_vartime(s) == G::power_vartime(G::generator(), s));
  }));
  EXPECT_EQ(G::power_vartime(E(), -S(1)), E());
}

TYPED_TEST(Groups, FixedBases) {
  GROUP_TYPES;
  for (const E& base : {E(), G::independent_generator(7)}) {
    const typename G::FixedBase fixed(base);
    EXPECT_EQ(fixed.base(), base);
    EXPECT_TRUE(rc::check("the same powers", [&] {
      const S s = any_scalar<S>();
      RC_ASSERT(fixed.power_vartime(s) == G::power_vartime(base, s));
    }));
    // Each window's digits, the largest and smallest among them.
    for (const std::uint64_t digit : {1, 31, 32, 63, 127, 128, 129, 255})
      for (S s(digit), i(0); i != S(32); s = s * S(256), i = i + S(1))
        EXPECT_EQ(fixed.power_vartime(s), G::power_vartime(base, s));
  }
}

TYPED_TEST(Groups, ProductsOfPowers) {
  GROUP_TYPES;
  const std::size_t some = G::name == Ed25519::name ? 400 : 130;
  for (const std::size_t n : {std::size_t{0}, std::size_t{1}, std::size_t{2}, std::size_t{17}, std::size_t{70}, some}) {
    std::vector<E> bases;
    std::vector<S> exponents;
    E expected;
    for (std::size_t i = 0; i < n; ++i) {
      const std::string seed = std::to_string(i);
      bases.push_back(i % 5 == 4 ? bases[i - 3] : G::fixed_generator().power_vartime(S::from_hash(sha256(seed))));
      if (i % 7 == 6) bases.back() = E();
      exponents.push_back(i % 4 == 3 ? S(i * i) : scalar_from_seed<S>(seed));
      if (i % 11 == 10) exponents.back() = -S(1);
      if (i % 13 == 12) exponents.back() = S(0);
      expected = expected * G::power_vartime(bases[i], exponents[i]);
    }
    EXPECT_EQ(G::product_of_powers_vartime(bases, exponents), expected) << n;
    const std::vector<S> zeros(n), ones(n, S(1));
    EXPECT_EQ(G::product_of_powers_vartime(bases, zeros), E());
    E product;
    for (const E& base : bases) product = product * base;
    EXPECT_EQ(G::product_of_powers_vartime(bases, ones), product);
  }
}

TYPED_TEST(Groups, BatchesAgreeWithPowersOneByOne) {
  GROUP_TYPES;
  const E y = G::independent_generator(3);
  const typename G::FixedBase fixed_y(y);
  Batch<G> batch(fixed_y);
  EXPECT_TRUE(rc::check("a batch's texts are those of the products", [&] {
    batch.clear();
    std::vector<E> elements{G::generator(), y};
    std::vector<typename Batch<G>::Base> bases{batch.g, batch.y};
    const int more = *rc::gen::inRange(0, 4);
    for (int i = 0; i < more; ++i) {
      elements.push_back(any_element<G>());
      bases.push_back(batch.base(elements.back()));
    }
    std::vector<E> expected;
    std::vector<typename Batch<G>::Product> products;
    const int count = *rc::gen::inRange(0, 6);
    for (int i = 0; i < count; ++i) {
      E product;
      std::vector<typename Batch<G>::Power> powers;
      const int factors = *rc::gen::inRange(0, 4);
      for (int j = 0; j < factors; ++j) {
        const auto base = *rc::gen::inRange<std::size_t>(0, bases.size());
        const S exponent = any_scalar<S>();
        powers.push_back({bases[base], exponent});
        product = product * G::power_vartime(elements[base], exponent);
      }
      products.push_back(batch.product(powers));
      expected.push_back(product);
    }
    const auto encoded = batch.encode(elements.back());
    bool decided = false;
    const auto claim = batch.claim([&](const auto& b) {
      decided = true;
      return b.text(encoded) == elements.back().text();
    });
    const auto refused = batch.refuse();
    batch.run();
    for (std::size_t i = 0; i < products.size(); ++i) RC_ASSERT(batch.text(products[i]) == expected[i].text());
    RC_ASSERT(decided);
    RC_ASSERT(batch.holds(claim));
    RC_ASSERT(!batch.holds(refused));
    RC_ASSERT(batch.products() == products.size() + 1);
  }));
}

// A base with as many uses as there are rows of tables for it, and more.
TYPED_TEST(Groups, BatchesWithABaseUsedOften) {
  GROUP_TYPES;
  const E a = G::independent_generator(11), b = G::independent_generator(12);
  for (const std::size_t uses : {1, 2, 3, 5, 40}) {
    Batch<G> batch(G::fixed_generator());
    const auto often = batch.base(a), once = batch.base(b);
    for (std::size_t i = 0; i < uses; ++i) batch.product({{often, scalar_from_seed<S>(std::to_string(i))}});
    const auto both = batch.product({{once, -S(1)}, {often, -S(2)}, {often, S(1)}});
    batch.run();
    for (std::uint32_t i = 0; i < uses; ++i)
      EXPECT_EQ(batch.text({i}), G::power_vartime(a, scalar_from_seed<S>(std::to_string(i))).text());
    EXPECT_EQ(batch.text(both), (E() / a / b).text());
  }
}

TYPED_TEST(Groups, IndependentGenerators) {
  GROUP_TYPES;
  std::set<std::string> seen{G::generator().text(), E().text()};
  for (std::int64_t i = -1; i < 20; ++i) {
    const E h = G::independent_generator(i);
    EXPECT_TRUE(seen.insert(h.text()).second);
    EXPECT_EQ(E::decode(h.text()), h);
  }
}

TYPED_TEST(Groups, Embeddings) {
  GROUP_TYPES;
  if constexpr (G::max_ints == 0) {
    EXPECT_FALSE(G::of_ints({}));
    EXPECT_FALSE(G::to_ints(E(), 0));
    EXPECT_FALSE(G::is_canonical_embedding(E(), 0));
  } else {
    EXPECT_TRUE(rc::check("to_ints(of_ints(v)) = v", [] {
      const auto n = *rc::gen::inRange<std::size_t>(0, G::max_ints + 1);
      auto v = *rc::gen::container<std::vector<std::uint8_t>>(n, rc::gen::arbitrary<std::uint8_t>());
      if (n == G::max_ints) v[0] &= 0x7f;
      const auto e = G::of_ints(v);
      RC_ASSERT(e.has_value());
      RC_ASSERT(E::decode(e->text()) == *e);
      RC_ASSERT(G::to_ints(*e, n) == v);
      RC_ASSERT(G::is_canonical_embedding(*e, n));
    }));
    // Other elements hold numbers too, as version 1's tools read them, but are not their embedding.
    const E other = G::independent_generator(0);
    EXPECT_EQ(G::to_ints(other, 3)->size(), 3);
    EXPECT_FALSE(G::is_canonical_embedding(other, 3));
    EXPECT_FALSE(G::is_canonical_embedding(other, G::max_ints));
    const std::vector<std::uint8_t> too_many(G::max_ints + 1);
    EXPECT_FALSE(G::of_ints(too_many));
    EXPECT_FALSE(G::to_ints(other, too_many.size()));
    EXPECT_FALSE(G::is_canonical_embedding(other, too_many.size()));
  }
}

// In whole and in broken groups of lanes.
TYPED_TEST(Groups, EmbeddingsOfManyAreThoseOfEach) {
  GROUP_TYPES;
  EXPECT_TRUE(of_ints_each<G>({}).empty());
  std::vector<std::vector<std::uint8_t>> rows;
  for (std::size_t i = 0; i < 21; ++i) {
    auto& row = rows.emplace_back(i == 5 ? G::max_ints + 1 : i * G::max_ints / 21);
    for (std::size_t k = 0; k < row.size(); ++k) row[k] = static_cast<std::uint8_t>(31 * i + 7 * k);
  }
  const auto elements = of_ints_each<G>(rows);
  ASSERT_EQ(elements.size(), rows.size());
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const auto expected = G::of_ints(rows[i]);
    EXPECT_EQ(elements[i].has_value(), expected.has_value()) << i;
    EXPECT_EQ(elements[i].has_value(), G::max_ints > 0 && i != 5) << i;
    if (expected) {
      EXPECT_EQ(elements[i], *expected) << i;
    }
  }
}

TYPED_TEST(Groups, PublishedOrderIsAStrictWeakOrder) {
  GROUP_TYPES;
  EXPECT_TRUE(rc::check("of three elements", [] {
    const E a = any_element<G>(), b = any_element<G>(), c = any_element<G>();
    RC_ASSERT(!G::published_less(a, a));
    RC_ASSERT((a == b) == (!G::published_less(a, b) && !G::published_less(b, a)));
    if (G::published_less(a, b) && G::published_less(b, c)) RC_ASSERT(G::published_less(a, c));
  }));
}

TEST(WithGroup, KnowsTheNames) {
  const auto name_of = [](std::string_view name) {
    return with_group(name, []<PrimeGroup G>() -> Result<std::string> { return std::string(G::name); });
  };
  for (const char* name : {"Ed25519", "BELENIOS-2048", "RFC-3526-2048"}) EXPECT_EQ(name_of(name), name);
  EXPECT_FALSE(name_of("ed25519"));
}

}  // namespace
}  // namespace folkmoot::group
