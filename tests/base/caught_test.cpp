#include "base/caught.hpp"

#include <gtest/gtest.h>

#include <new>

namespace folkmoot {
namespace {

TEST(Caught, IsWhatTheWorkGivesOrWhatItThrows) {
  EXPECT_EQ(caught([]() -> Result<int> { return 7; }), 7);
  EXPECT_EQ(caught([]() -> Result<int> { return fail("no"); }).error().message, "no");
  const Status thrown = caught([]() -> Status { throw std::bad_alloc(); });
  ASSERT_FALSE(thrown);
  EXPECT_EQ(thrown.error().message, std::bad_alloc().what());
}

}  // namespace
}  // namespace folkmoot
