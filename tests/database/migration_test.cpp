#include "database/migration.hpp"

#include <gmock/gmock.h>

#include "database/cluster.hpp"

namespace folkmoot::database {
namespace {

class Migrations : public testing::TestWithParam<test::Kind> {
 protected:
  std::string migrated(const std::vector<Migration>& steps) {
    const Status done = migrate(*database_, steps);
    return done ? "" : done.error().message;
  }
  test::TemporaryDatabase temporary_{GetParam()};
  std::unique_ptr<Database> database_ = temporary_.open();
  const Migration first_ = {"CREATE TABLE a (x BIGINT)", "INSERT INTO a VALUES (1)"};
  const Migration second_ = {"ALTER TABLE a ADD COLUMN y TEXT", "INSERT INTO a VALUES (2, 'two')"};
};

INSTANTIATE_TEST_SUITE_P(On, Migrations, testing::Values(test::Kind::sqlite, test::Kind::postgresql),
                         [](const auto& info) { return test::name(info.param); });

TEST_P(Migrations, EachStepIsTakenOnce) {
  EXPECT_EQ(migrated({first_}), "");
  EXPECT_EQ(migrated({first_}), "");
  EXPECT_EQ(migrated({first_, second_}), "");
  EXPECT_EQ(*database_->run("SELECT x, y FROM a ORDER BY x"),
            (Rows{{std::int64_t{1}, Value()}, {std::int64_t{2}, std::string("two")}}));
}

TEST_P(Migrations, WhatIsForPostgresqlIsPassedOverElsewhere) {
  const Migration more{std::string(postgresql_only) + "ALTER TABLE a SET (fillfactor = 50)"};
  EXPECT_EQ(migrated({first_, more}), "");
  EXPECT_EQ(migrated({first_, more}), "");
  EXPECT_NE(migrated({first_, more, {"ALTER TABLE a SET (fillfactor = no)"}}), "");
}

TEST_P(Migrations, AStepThatFailsLeavesTheOneBefore) {
  EXPECT_THAT(migrated({first_, {"INSERT INTO a VALUES (3)", "INSERT INTO nowhere VALUES (3)"}}),
              testing::AllOf(testing::StartsWith("step 2: "), testing::HasSubstr("nowhere")));
  EXPECT_EQ(database_->run("SELECT x FROM a")->size(), 1u);
  EXPECT_EQ(migrated({first_, second_}), "");
}

TEST_P(Migrations, RefusesADatabaseWithOtherSteps) {
  EXPECT_EQ(migrated({first_, second_}), "");
  EXPECT_EQ(migrated({first_}), "the database is at step 2, and this program knows 1: it was written by a newer one");
  EXPECT_EQ(migrated({first_, {"SELECT 1"}}), "step 2 of the database is not the one that this program knows");
}

}  // namespace
}  // namespace folkmoot::database
