#include "database/migration.hpp"

#include <fmt/ranges.h>

#include "base/sha256.hpp"

namespace folkmoot::database {

Status migrate(Database& database, std::span<const Migration> migrations) {
  TRY(database.run("CREATE TABLE IF NOT EXISTS migration (number BIGINT PRIMARY KEY, hash TEXT NOT NULL)"));
  const auto hash_of = [](const Migration& step) { return to_hex(sha256(fmt::format("{}", fmt::join(step, ";\n")))); };
  const Rows applied = TRY(database.run("SELECT number, hash FROM migration ORDER BY number"));
  if (applied.size() > migrations.size()) {
    return fail("the database is at step {}, and this program knows {}: it was written by a newer one", applied.size(),
                migrations.size());
  }
  for (std::size_t i = 0; i < applied.size(); ++i) {
    if (applied[i] != Row{static_cast<std::int64_t>(i + 1), hash_of(migrations[i])}) {
      return fail("step {} of the database is not the one that this program knows", i + 1);
    }
  }
  for (std::size_t i = applied.size(); i < migrations.size(); ++i) {
    const auto take = [&]() -> Status {
      for (const std::string& statement : migrations[i]) {
        if (database.is_postgresql() || !statement.starts_with(postgresql_only)) TRY(database.run(statement));
      }
      TRY(database.run("INSERT INTO migration (number, hash) VALUES ($1, $2)",
                       {static_cast<std::int64_t>(i + 1), hash_of(migrations[i])}));
      return {};
    };
    TRY(in(fmt::format("step {}", i + 1), database.transact(take)));
  }
  return {};
}

}  // namespace folkmoot::database
