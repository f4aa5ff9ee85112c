#include "account/limiter.hpp"

#include <gtest/gtest.h>

namespace folkmoot::account {
namespace {

TEST(Limiter, LetsABurstThroughAndThenOneAtATime) {
  Limiter limiter(3, 60, secret::Random::system());
  for (int i = 0; i < 3; ++i) EXPECT_TRUE(limiter.allow("ada", 1000));
  EXPECT_FALSE(limiter.allow("ada", 1000));
  EXPECT_TRUE(limiter.allow("ben", 1000)) << "each has their own";
  EXPECT_FALSE(limiter.allow("ada", 1059));
  EXPECT_TRUE(limiter.allow("ada", 1060));
  EXPECT_FALSE(limiter.allow("ada", 1060));
  for (int i = 0; i < 3; ++i) EXPECT_TRUE(limiter.allow("ada", 2000));
  EXPECT_FALSE(limiter.allow("ada", 2000)) << "what is not used does not pile up";
}

TEST(Limiter, SaysWhatItWouldAllow) {
  Limiter limiter(2, 60, secret::Random::system());
  for (int i = 0; i < 5; ++i) EXPECT_TRUE(limiter.would_allow("ada", 1000)) << "asking counts nothing";
  EXPECT_TRUE(limiter.allow("ada", 1000));
  EXPECT_TRUE(limiter.would_allow("ada", 1000));
  EXPECT_TRUE(limiter.allow("ada", 1000));
  EXPECT_FALSE(limiter.would_allow("ada", 1000));
  EXPECT_FALSE(limiter.would_allow("ada", 1059));
  EXPECT_TRUE(limiter.would_allow("ada", 1060));
  EXPECT_TRUE(limiter.would_allow("ben", 1000));
  EXPECT_TRUE(limiter.would_allow("ada", 10)) << "the clock was set back";
  EXPECT_TRUE(limiter.allow("ada", 10));
}

TEST(Limiter, ForgetsThoseWhoAskedLongAgoWhenThereIsNoRoom) {
  Limiter limiter(1, 60, secret::Random::system(), 2);
  EXPECT_TRUE(limiter.allow("ada", 1000));
  EXPECT_TRUE(limiter.allow("ben", 1050));
  EXPECT_TRUE(limiter.allow("cy", 1070));
  EXPECT_FALSE(limiter.allow("ben", 1070)) << "is remembered";
}

TEST(Network, IsOneCustomers) {
  EXPECT_EQ(network_of("192.0.2.7"), "192.0.2.7");
  EXPECT_EQ(network_of("2001:db8:1:2:3:4:5:6"), "2001:db8:1:2::/64");
  EXPECT_EQ(network_of("2001:db8:1:2::9"), network_of("2001:0DB8:1:2:ffff::1"));
  EXPECT_NE(network_of("2001:db8:1:2::9"), network_of("2001:db8:1:3::9"));
  EXPECT_EQ(network_of("::ffff:192.0.2.7"), "192.0.2.7");
  EXPECT_EQ(network_of("unknown"), "unknown");
}

}  // namespace
}  // namespace folkmoot::account
