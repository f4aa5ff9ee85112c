// The field of 2^255 − 19 elements beside GMP's integers, with limbs up to the bounds that field.hpp allows.
#include <gmp.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "group/ed25519/field.hpp"

namespace folkmoot::group::ed25519 {
namespace {

// An integer modulo p in GMP's hands.
class Big {
 public:
  Big() { mpz_init(value_); }
  explicit Big(const Fe& a) : Big() {
    for (std::size_t i = 5; i-- > 0;) {
      mpz_mul_2exp(value_, value_, 51);
      mpz_add_ui(value_, value_, a.limb[i]);
    }
  }
  Big(const Big& other) { mpz_init_set(value_, other.value_); }
  Big& operator=(const Big&) = delete;
  ~Big() { mpz_clear(value_); }

  friend Big operator+(const Big& a, const Big& b) { return make(mpz_add, a, b); }
  friend Big operator-(const Big& a, const Big& b) { return make(mpz_sub, a, b); }
  friend Big operator*(const Big& a, const Big& b) { return make(mpz_mul, a, b); }
  // Congruence modulo p.
  friend bool operator==(const Big& a, const Big& b) { return mpz_congruent_p(a.value_, b.value_, p().value_) != 0; }
  [[nodiscard]] bool is_square() const { return mpz_jacobi(value_, p().value_) >= 0; }
  [[nodiscard]] bool is_below_p() const { return mpz_cmp(value_, p().value_) < 0; }

 private:
  static Big make(void (*operation)(mpz_ptr, mpz_srcptr, mpz_srcptr), const Big& a, const Big& b) {
    Big result;
    operation(result.value_, a.value_, b.value_);
    return result;
  }
  static const Big& p() {
    static const Big p = [] {
      Big number;
      mpz_ui_pow_ui(number.value_, 2, 255);
      mpz_sub_ui(number.value_, number.value_, 19);
      return number;
    }();
    return p;
  }
  mpz_t value_;
};

constexpr std::uint64_t limb_end = std::uint64_t{1} << 51;
constexpr std::uint64_t loose = std::uint64_t{1} << 54;

// Any number with limbs below the bound, the extreme ones often.
Fe any(std::uint64_t bound) {
  Fe a;
  for (auto& limb : a.limb) switch (*rc::gen::inRange(0, 5)) {
      case 0:
        limb = 0;
        break;
      case 1:
        limb = bound - 1;
        break;
      case 2:
        limb = bound - 1 - *rc::gen::inRange<std::uint64_t>(0, 40);
        break;
      default:
        limb = *rc::gen::inRange<std::uint64_t>(0, bound);
    }
  return a;
}

bool is_tight(const Fe& a) { return detail::below(a, limb_end + (1 << 13)); }

RC_GTEST_PROP(Field, ProductsOfLooseNumbersAreRightAndTight, ()) {
  const Fe a = any(loose), b = any(loose);
  RC_ASSERT(Big(a * b) == Big(a) * Big(b));
  RC_ASSERT(is_tight(a * b));
  RC_ASSERT(Big(square(a)) == Big(a) * Big(a));
  RC_ASSERT(is_tight(square(a)));
  RC_ASSERT((Big(tight(a)) == Big(a)));
  RC_ASSERT(is_tight(tight(a)));
}

RC_GTEST_PROP(Field, SumsAndDifferences, ()) {
  const Fe a = any(loose / 2), b = any(limb_end + (1 << 13));
  RC_ASSERT(Big(a + b) == Big(a) + Big(b));
  RC_ASSERT(Big(a - b) == Big(a) - Big(b));
  RC_ASSERT(detail::below(a - b, loose / 2 + 2 * limb_end));
  RC_ASSERT(Big(-b) == Big(Fe{}) - Big(b));
}

RC_GTEST_PROP(Field, CanonicalNumbersAreBelowP, ()) {
  const Fe a = any(loose);
  const Fe c = canonical(a);
  RC_ASSERT(Big(c) == Big(a));
  RC_ASSERT(Big(c).is_below_p());
  RC_ASSERT(detail::below(c, limb_end));
  RC_ASSERT(a == c);
  RC_ASSERT(fe_from_bytes(fe_to_bytes(a)).limb == c.limb);
}

TEST(Field, CanonicalNumbersAroundP) {
  for (std::uint64_t k = 0; k < 60; ++k) {
    const Fe near_p{{limb_end - 40 + k, limb_end - 1, limb_end - 1, limb_end - 1, limb_end - 1}};  // p − 21 + k
    const Fe expected = k < 21 ? near_p : Fe{{k - 21}};
    EXPECT_EQ(canonical(near_p).limb, canonical(expected).limb);
  }
}

RC_GTEST_PROP(Field, InversesAndRoots, ()) {
  const Fe u = any(limb_end), v = any(limb_end);
  const Fe inverse = invert(v);
  if (is_zero(v)) {
    RC_ASSERT(is_zero(inverse));
    return;
  }
  RC_ASSERT(v * inverse == Fe{{1}});
  const auto [root, is_square] = sqrt_ratio(u, v);
  RC_ASSERT(is_square == (Big(u) * Big(v)).is_square());
  const Fe ratio = u * inverse;
  if (is_square) {
    RC_ASSERT(square(root) == ratio);
  } else {
    const Fe turned = ratio * sqrt_minus_one;
    RC_ASSERT((square(root) == turned || square(root) == -turned));
  }
  const Fe symbol = quartic_symbol(u);
  RC_ASSERT((is_zero(u) || square(square(symbol)) == Fe{{1}}));
  RC_ASSERT(quartic_symbol(square(square(v))) == Fe{{1}});
  RC_ASSERT((is_zero(u) || (square(symbol) == Fe{{1}}) == Big(u).is_square()));
}

}  // namespace
}  // namespace folkmoot::group::ed25519
