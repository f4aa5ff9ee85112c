// The field in limbs of 25.5 bits beside the one in limbs of 51, which tests/group holds against GMP. Both assert their
// bounds here.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "group/ed25519/field.hpp"

namespace folkmoot::group::ed25519 {
namespace {

using Small = limbs25::Fe;

Fe same(const Small& a) { return fe_from_bytes(limbs25::fe_to_bytes(a)); }
bool agree(const Small& a, const Fe& b) { return limbs25::fe_to_bytes(a) == fe_to_bytes(b); }

// Limbs below `parts` 128ths of their unit, the extreme ones often.
Small any(std::uint64_t parts) {
  Small a;
  for (std::size_t i = 0; i < 10; ++i) {
    const auto end = static_cast<std::uint32_t>((parts << limbs25::detail::bits(i)) >> 7);
    switch (*rc::gen::inRange(0, 4)) {
      case 0:
        break;
      case 1:
        a.limb[i] = end - 1;
        break;
      default:
        a.limb[i] = *rc::gen::inRange<std::uint32_t>(0, end);
    }
  }
  return a;
}
Small any_tight() { return any(129); }
Small any_loose() { return any(5 * 128 + 64); }

RC_GTEST_PROP(Field25, computes_as_the_other_field, ()) {
  const Small a = any_loose();
  const Small b = any_loose();
  const Small c = any_tight();
  RC_ASSERT(agree(a * b, same(a) * same(b)));
  RC_ASSERT(agree(square(a), square(same(a))));
  RC_ASSERT(agree(a + b, same(a) + same(b)));
  RC_ASSERT(agree(a - c, same(a) - same(c)));
  RC_ASSERT(agree(-c, -same(c)));
  RC_ASSERT(limbs25::detail::below(a * b, 129) && limbs25::detail::below(square(a), 129));
  RC_ASSERT(limbs25::detail::below(tight(a), 129) && agree(tight(a), same(a)));
}

// The largest that the bounds allow, everywhere at once.
TEST(Field25, does_not_overflow_at_its_bounds) {
  Small most;
  for (std::size_t i = 0; i < 10; ++i) {
    most.limb[i] = (std::uint32_t{11} << (limbs25::detail::bits(i) - 1)) - 1;
  }
  EXPECT_TRUE(agree(most * most, same(most) * same(most)));
  EXPECT_TRUE(agree(square(most), square(same(most))));
  most.limb.fill(~std::uint32_t{0});
  EXPECT_TRUE(limbs25::detail::below(tight(most), 129));
}

RC_GTEST_PROP(Field25, reads_and_writes_bytes_as_the_other_field, ()) {
  auto bytes = *rc::gen::arbitrary<std::array<std::uint8_t, 32>>();
  if (*rc::gen::arbitrary<bool>()) {  // near p and 2^255
    bytes.fill(0xff);
    bytes[0] = *rc::gen::arbitrary<std::uint8_t>();
    bytes[31] = 0x7f;
  }
  RC_ASSERT(agree(limbs25::fe_from_bytes(bytes), fe_from_bytes(bytes)));
  const auto small = limbs25::canonical(limbs25::fe_from_bytes(bytes));
  RC_ASSERT(limbs25::fe_to_bytes(small) == fe_to_bytes(fe_from_bytes(bytes)));
}

}  // namespace
}  // namespace folkmoot::group::ed25519
