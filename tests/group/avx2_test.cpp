// The field and the points in lanes that the backend "avx2" computes with.
#if defined(__x86_64__)

#include <gtest/gtest.h>
#include <immintrin.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <array>
#include <utility>

#include "group/ed25519/backend.hpp"
#include "group/generators.hpp"
#include "group/lanes_samples.hpp"

#include "group/ed25519/lanes/begin_avx2.hpp"

#include "group/ed25519/lanes/field_avx2.hpp"
#include "group/lanes_test.hpp"

namespace folkmoot::group::ed25519 {
namespace {

void field() {
  in_lanes::check_field<avx2::Fe>();
  in_lanes::check_pick<avx2::Fe>();
}
void points() { in_lanes::check_points<avx2::Fe>(points_to_test()); }

}  // namespace
}  // namespace folkmoot::group::ed25519

#include "group/ed25519/lanes/end.hpp"

namespace folkmoot::group::ed25519 {
namespace {

class Avx2 : public testing::Test {
 protected:
  void SetUp() override {
    if (std::ranges::find(backends(), std::string_view("avx2"), &Backend::name) == backends().end())
      GTEST_SKIP() << "this processor has no instructions for the backend avx2";
  }
};
TEST_F(Avx2, Field) { field(); }
TEST_F(Avx2, Points) { points(); }

}  // namespace
}  // namespace folkmoot::group::ed25519

#endif
