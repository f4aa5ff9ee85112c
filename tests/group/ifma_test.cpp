// The field and the points in lanes that the backend "ifma" computes with.
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

#include "group/ed25519/lanes/begin_ifma.hpp"

#include "group/ed25519/lanes/field_ifma.hpp"
#include "group/ed25519/lanes/pair.hpp"
#include "group/lanes_test.hpp"

namespace folkmoot::group::ed25519 {
namespace {

void field() {
  in_lanes::check_field<ifma::Fe>();
  in_lanes::check_pick<ifma::Fe>();
}
void pair() { in_lanes::check_field<in_lanes::Pair<ifma::Fe>>(); }
void points() { in_lanes::check_points<ifma::Fe>(points_to_test()); }

}  // namespace
}  // namespace folkmoot::group::ed25519

#include "group/ed25519/lanes/end.hpp"

namespace folkmoot::group::ed25519 {
namespace {

class Ifma : public testing::Test {
 protected:
  void SetUp() override {
    if (std::ranges::find(backends(), std::string_view("ifma"), &Backend::name) == backends().end())
      GTEST_SKIP() << "this processor has no instructions for the backend ifma";
  }
};
TEST_F(Ifma, Field) { field(); }
TEST_F(Ifma, Pair) { pair(); }
TEST_F(Ifma, Points) { points(); }

}  // namespace
}  // namespace folkmoot::group::ed25519

#endif
