#include "database/database.hpp"

namespace folkmoot::database {

Status Database::run_all(const std::string& sql, std::span<const Row> parameters) {
  if (open_) return run_each(sql, parameters);
  return transact([&] { return run_each(sql, parameters); });
}

Status Database::finish(Status done) {
  open_ = false;
  if (done) {
    const auto committed = run("COMMIT");
    if (committed) return {};
    done = Failure(committed.error());
  }
  // What can be said of a failing rollback is less than why there was one.
  (void)run("ROLLBACK");
  return done;
}

Result<std::unique_ptr<Database>> open(const std::string& url) {
  constexpr std::string_view sqlite = "sqlite:";
  if (url.starts_with(sqlite)) return open_sqlite(url.substr(sqlite.size()));
  if (url.starts_with("postgresql://") || url.starts_with("postgres://")) return open_postgresql(url);
  return fail("database \"{}\": expected sqlite:PATH or postgresql://…", url);
}

}  // namespace folkmoot::database
