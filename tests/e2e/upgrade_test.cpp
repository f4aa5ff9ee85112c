// An old program, and what a newer one has left.
#include "e2e/shell.hpp"

namespace folkmoot::e2e {
namespace {

TEST(Upgrade, AnOldProgramRefusesANewerDatabase) {
  Shell shell;
  const std::string steps = shell.run("folkmoot org new '" + (source / "examples/cooperative.toml").string() +
                                      "' --dir org --origin ledger.test.example > founded\n"
                                      R"sh(
    sqlite3 org/private/organisation.db "
      SELECT max(number) FROM migration;
      INSERT INTO migration SELECT max(number) + 1, 'of a newer program' FROM migration;
      INSERT INTO migration SELECT max(number) + 1, 'of a newer program' FROM migration")sh");
  const int known = std::stoi(steps);
  const auto refused =
      testing::HasSubstr("the database is at step " + std::to_string(known + 2) + ", and this program knows " +
                         std::to_string(known) + ": it was written by a newer one");
  for (const char* command : {"state --dir org", "serve --dir org --listen 127.0.0.1:0"}) {
    EXPECT_EQ(shell.status("folkmoot " + std::string(command)), 1);
    EXPECT_THAT(shell.err(), refused);
  }
}

}  // namespace
}  // namespace folkmoot::e2e
