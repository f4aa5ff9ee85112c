// Every attack is named by the checks that it says, and by no other.
#include <gtest/gtest.h>

#include <set>

#include "tamper/support.hpp"
#include "tamper/thorough.hpp"

namespace folkmoot::tamper {

void PrintTo(const Attack& attack, std::ostream* out) { *out << attack.name; }

namespace {

class Tampered : public testing::TestWithParam<Attack> {};

TEST_P(Tampered, OnEd25519) {
  const Attack& attack = GetParam();
  const Sample& good = sample(attack.kind);
  expect_named(attack, good, forge(attack, good));
}

std::vector<Attack> attacks_on_ed25519() {
  std::vector<Attack> attacks = all_attacks();
  std::erase_if(attacks, [](const Attack& attack) { return attack.groups == Attack::Groups::only_2048_bits; });
  return attacks;
}

INSTANTIATE_TEST_SUITE_P(By, Tampered, testing::ValuesIn(attacks_on_ed25519()), [](const auto& test) {
  std::string name(test.param.name);
  for (char& c : name) {
    if (std::isalnum(static_cast<unsigned char>(c)) == 0) c = '_';
  }
  return name;
});

// The samples of these groups take seconds to make: all attacks in one process.
TEST(TamperedOnThe2048BitGroups, EachAttackIsNamed) {
  std::size_t number = 0;
  for (const Attack& attack : all_attacks()) {
    if (attack.groups == Attack::Groups::only_ed25519) continue;
    if (!thorough && ++number % 20 != 0) continue;
    SCOPED_TRACE(attack.name);
    const Sample& good = sample_2048(attack.kind);
    expect_named(attack, good, forge(attack, good));
  }
}

TEST(TamperSuite, HasNamesThatAreUnique) {
  std::set<std::string_view> names;
  for (const Attack& attack : all_attacks()) EXPECT_TRUE(names.insert(attack.name).second) << attack.name;
  EXPECT_GE(names.size(), 60U);
}

}  // namespace
}  // namespace folkmoot::tamper
