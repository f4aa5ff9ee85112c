#include "database/database.hpp"

#include <gmock/gmock.h>
#include <rapidcheck/gtest.h>

#include <limits>

#include "database/cluster.hpp"

namespace folkmoot::database {
namespace {

using testing::HasSubstr;

class EitherDatabase : public testing::TestWithParam<test::Kind> {
 protected:
  Rows run(const std::string& sql, const Row& parameters = {}) {
    auto rows = database_->run(sql, parameters);
    EXPECT_TRUE(rows) << rows.error().message;
    return rows ? *rows : Rows();
  }
  std::string refusal(const std::string& sql, const Row& parameters = {}) {
    const auto rows = database_->run(sql, parameters);
    return rows ? "none" : rows.error().message;
  }
  std::int64_t count() { return std::get<std::int64_t>(run("SELECT count(*) FROM t")[0][0]); }

  test::TemporaryDatabase temporary_{GetParam()};
  std::unique_ptr<Database> database_ = temporary_.open();
};

INSTANTIATE_TEST_SUITE_P(On, EitherDatabase, testing::Values(test::Kind::sqlite, test::Kind::postgresql),
                         [](const auto& info) { return test::name(info.param); });

TEST_P(EitherDatabase, KeepsEveryKindOfValue) {
  run("CREATE TABLE t (number BIGINT, words TEXT, bytes BYTEA)");
  const Rows rows = {
      {std::numeric_limits<std::int64_t>::min(), std::string("naïve \"Ŵyth\" 'x'; --"), Bytes{0, 255, 39}},
      {std::numeric_limits<std::int64_t>::max(), std::string(), Bytes()},
      {Value(), Value(), Value()}};
  for (const Row& row : rows) run("INSERT INTO t VALUES ($1, $2, $3)", row);
  EXPECT_EQ(run("SELECT number, words, bytes FROM t ORDER BY number IS NULL, number"), rows);
}

TEST_P(EitherDatabase, AnyBytesComeBack) {
  run("CREATE TABLE t (words TEXT, bytes BYTEA)");
  rc::check([&](const std::string& any, const Bytes& bytes) {
    const std::string words = to_hex(bytes_of(any));
    run("DELETE FROM t");
    run("INSERT INTO t VALUES ($1, $2)", {words, bytes});
    RC_ASSERT(run("SELECT words, bytes FROM t") == (Rows{{words, bytes}}));
  });
}

TEST_P(EitherDatabase, KnowsOnConflictAndReturning) {
  run("CREATE TABLE t (key TEXT PRIMARY KEY, number BIGINT NOT NULL)");
  const std::string upsert =
      "INSERT INTO t (key, number) VALUES ($1, $2) ON CONFLICT (key) DO UPDATE SET number = t.number + 1 RETURNING "
      "number";
  EXPECT_EQ(run(upsert, {std::string("a"), std::int64_t{7}}), (Rows{{std::int64_t{7}}}));
  EXPECT_EQ(run(upsert, {std::string("a"), std::int64_t{7}}), (Rows{{std::int64_t{8}}}));
}

TEST_P(EitherDatabase, ACommittedTransactionIsThereForOthers) {
  run("CREATE TABLE t (number BIGINT)");
  ASSERT_TRUE(database_->transact([&]() -> Status {
    TRY(database_->run("INSERT INTO t VALUES (1)"));
    return {};
  }));
  EXPECT_EQ(*temporary_.open()->run("SELECT number FROM t"), (Rows{{std::int64_t{1}}}));
}

TEST_P(EitherDatabase, AFailedTransactionLeavesNothing) {
  run("CREATE TABLE t (number BIGINT)");
  const Status done = database_->transact([&]() -> Status {
    TRY(database_->run("INSERT INTO t VALUES (1)"));
    return fail("thought better of it");
  });
  EXPECT_EQ(done.error().message, "thought better of it");
  EXPECT_EQ(count(), 0);
  // A statement that fails inside takes the transaction with it.
  EXPECT_FALSE(database_->transact([&]() -> Status {
    TRY(database_->run("INSERT INTO t VALUES (1)"));
    TRY(database_->run("INSERT INTO nowhere VALUES (1)"));
    return {};
  }));
  EXPECT_EQ(count(), 0);
  run("INSERT INTO t VALUES (2)");
  EXPECT_EQ(count(), 1);
}

TEST_P(EitherDatabase, RunsAStatementForManyRows) {
  run("CREATE TABLE t (number BIGINT PRIMARY KEY)");
  Rows rows;
  for (std::int64_t i = 0; i < 1201; ++i) rows.push_back({i});
  ASSERT_TRUE(database_->run_all("INSERT INTO t VALUES ($1)", rows));
  EXPECT_EQ(count(), 1201);
  // The last clashes with the first of those above: none of these stays.
  rows = {{std::int64_t{5000}}, {std::int64_t{5001}}, {std::int64_t{0}}};
  EXPECT_FALSE(database_->run_all("INSERT INTO t VALUES ($1)", rows));
  EXPECT_EQ(count(), 1201);
  run("DELETE FROM t");
  EXPECT_EQ(count(), 0);
}

TEST_P(EitherDatabase, ManyRowsMayBePartOfATransaction) {
  run("CREATE TABLE t (number BIGINT PRIMARY KEY)");
  const Rows rows = {{std::int64_t{1}}, {std::int64_t{2}}};
  EXPECT_FALSE(database_->transact([&]() -> Status {
    TRY(database_->run_all("INSERT INTO t VALUES ($1)", rows));
    return fail("no");
  }));
  EXPECT_EQ(count(), 0);
}

TEST_P(EitherDatabase, ParametersGoWhereTheirNumbersSay) {
  EXPECT_EQ(run("SELECT CAST($1 AS TEXT), CAST($2 AS TEXT), CAST($1 AS TEXT)", {std::string("a"), std::string("b")}),
            (Rows{{std::string("a"), std::string("b"), std::string("a")}}));
  // SQLite would take $2 for the first of them.
  if (GetParam() == test::Kind::sqlite) {
    EXPECT_THAT(refusal("SELECT $2, $1", {std::string("a"), std::string("b")}), HasSubstr("$1 is not where"));
  }
}

TEST_P(EitherDatabase, PurgeKeepsWhatIsThere) {
  run("CREATE TABLE t (number BIGINT)");
  run("INSERT INTO t VALUES (1)");
  run("INSERT INTO t VALUES (2)");
  run("DELETE FROM t WHERE number = 1");
  EXPECT_TRUE(database_->purge(std::array<std::string_view, 1>{"t"}));
  EXPECT_EQ(run("SELECT number FROM t"), (Rows{{std::int64_t{2}}}));
}

TEST_P(EitherDatabase, SaysWhatIsWrong) {
  run("CREATE TABLE t (number BIGINT NOT NULL)");
  EXPECT_THAT(refusal("SELEKT 1"), testing::AllOf(HasSubstr("syntax error"), HasSubstr("SELEKT 1")));
  EXPECT_THAT(refusal("INSERT INTO t VALUES (NULL)"), HasSubstr("INSERT INTO t"));
  EXPECT_NE(refusal("SELECT 1; SELECT 2"), "none");
  EXPECT_NE(refusal("INSERT INTO t VALUES ($1)"), "none");
  EXPECT_NE(refusal("INSERT INTO t VALUES ($1)", {std::int64_t{1}, std::int64_t{2}}), "none");
  EXPECT_NE(refusal("SELECT 1.5"), "none");
  EXPECT_EQ(count(), 0);
}

TEST(Open, RefusesWhatIsNoDatabase) {
  const auto message = [](const std::string& url) {
    const auto opened = open(url);
    return opened ? "opened" : opened.error().message;
  };
  EXPECT_EQ(message("members.db"), "database \"members.db\": expected sqlite:PATH or postgresql://…");
  EXPECT_THAT(message("sqlite:/nowhere/at/all"), HasSubstr("/nowhere/at/all: unable to open"));
  EXPECT_THAT(message("postgresql:///x?host=/nowhere"), HasSubstr("PostgreSQL: "));
}

}  // namespace
}  // namespace folkmoot::database
