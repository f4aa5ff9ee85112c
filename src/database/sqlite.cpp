#include <sqlite3.h>

#include <unordered_map>

#include "database/database.hpp"

namespace folkmoot::database {
namespace {

struct Close {
  void operator()(sqlite3* connection) const { sqlite3_close_v2(connection); }
};
struct Finalize {
  void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};
using Statement = std::unique_ptr<sqlite3_stmt, Finalize>;

int bind(sqlite3_stmt* statement, int index, const Value& value) {
  struct Bind {
    sqlite3_stmt* statement;
    int index;
    int operator()(std::monostate) const { return sqlite3_bind_null(statement, index); }
    int operator()(std::int64_t number) const { return sqlite3_bind_int64(statement, index, number); }
    int operator()(const std::string& text) const {
      return sqlite3_bind_text64(statement, index, text.data(), text.size(), SQLITE_STATIC, SQLITE_UTF8);
    }
    // No bytes are not NULL, whatever the pointer.
    int operator()(const Bytes& bytes) const {
      return bytes.empty() ? sqlite3_bind_zeroblob(statement, index, 0)
                           : sqlite3_bind_blob64(statement, index, bytes.data(), bytes.size(), SQLITE_STATIC);
    }
  };
  return std::visit(Bind{statement, index}, value);
}

Result<Value> column(sqlite3_stmt* statement, int index) {
  const auto size = static_cast<std::size_t>(sqlite3_column_bytes(statement, index));
  switch (sqlite3_column_type(statement, index)) {
    case SQLITE_NULL:
      return Value();
    case SQLITE_INTEGER:
      return Value(std::int64_t{sqlite3_column_int64(statement, index)});
    case SQLITE_TEXT:
      return Value(std::string(reinterpret_cast<const char*>(sqlite3_column_text(statement, index)), size));
    case SQLITE_BLOB: {
      const auto* bytes = static_cast<const std::uint8_t*>(sqlite3_column_blob(statement, index));
      return Value(Bytes(bytes, bytes + size));
    }
    default:
      return fail("column {} is a floating-point number, which is never exact", index + 1);
  }
}

class Sqlite final : public Database {
 public:
  static Result<std::unique_ptr<Database>> open(const std::string& path) {
    sqlite3* connection = nullptr;
    const int status = sqlite3_open_v2(path.c_str(), &connection,
                                       SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, nullptr);
    auto database = std::unique_ptr<Sqlite>(new Sqlite(path, connection));
    if (status != SQLITE_OK) return database->failure("cannot open");
    sqlite3_extended_result_codes(connection, 1);
    sqlite3_busy_timeout(connection, 10'000);
    // A commit is on the disk when it returns, readers don't wait for writers, and what is deleted is overwritten. 64
    // MiB of cache keep the indexes of a long list in memory.
    for (const char* setting : {"PRAGMA journal_mode = WAL", "PRAGMA synchronous = FULL", "PRAGMA foreign_keys = ON",
                                "PRAGMA secure_delete = ON", "PRAGMA cache_size = -65536"})
      TRY(database->run(setting, {}));
    return database;
  }

  [[nodiscard]] bool is_postgresql() const override { return false; }

  // Overwriting leaves copies where SQLite has moved rows from page to page, so all pages are written anew.
  Status purge(std::span<const std::string_view>) override {
    TRY(run("VACUUM", {}));
    const Rows done = TRY(run("PRAGMA wal_checkpoint(TRUNCATE)", {}));
    if (done.empty() || done.front().front() != Value(std::int64_t{0})) {
      return fail("{}: another connection holds the write-ahead log", path_);
    }
    return {};
  }

  // Only one transaction is open at a time.
  Status lock(const std::string&) override { return {}; }

  Result<Rows> run(const std::string& sql, const Row& parameters) override {
    sqlite3_stmt* const statement = TRY(prepared(sql, parameters.size()));
    auto rows = step(statement, sql, parameters);
    sqlite3_reset(statement);
    sqlite3_clear_bindings(statement);
    return rows;
  }

 protected:
  // IMMEDIATE: whoever begins may write, and waits here and not in the middle for others.
  Status begin() override {
    TRY(run("BEGIN IMMEDIATE", {}));
    return {};
  }

  Status run_each(const std::string& sql, std::span<const Row> parameters) override {
    for (const Row& row : parameters) TRY(run(sql, row));
    return {};
  }

 private:
  Sqlite(std::string path, sqlite3* connection) : path_(std::move(path)), connection_(connection) {}

  [[nodiscard]] Failure failure(std::string_view what) const {
    return fail("{}: {}: {}", path_, sqlite3_errmsg(connection_.get()), what);
  }

  // Statements are parsed once: the program has a fixed set of them.
  Result<sqlite3_stmt*> prepared(const std::string& sql, std::size_t parameters) {
    auto& known = statements_[sql];
    if (!known) {
      sqlite3_stmt* statement = nullptr;
      const char* rest = nullptr;
      const int status = sqlite3_prepare_v3(connection_.get(), sql.data(), static_cast<int>(sql.size() + 1),
                                            SQLITE_PREPARE_PERSISTENT, &statement, &rest);
      known.reset(statement);
      if (status != SQLITE_OK || statement == nullptr || rest != sql.data() + sql.size()) {
        statements_.erase(sql);
        return status == SQLITE_OK ? fail("{}: not one statement: {}", path_, sql) : failure(sql);
      }
      // To SQLite "$2" is a name like any other, numbered as it comes.
      for (int i = 1; i <= sqlite3_bind_parameter_count(statement); ++i) {
        const char* name = sqlite3_bind_parameter_name(statement, i);
        if (name == nullptr || name != fmt::format("${}", i)) {
          statements_.erase(sql);
          return fail("{}: ${} is not where it is first expected: {}", path_, i, sql);
        }
      }
    }
    const auto expected = static_cast<std::size_t>(sqlite3_bind_parameter_count(known.get()));
    if (expected != parameters) return fail("{}: {} parameters for {}: {}", path_, parameters, expected, sql);
    return known.get();
  }

  Result<Rows> step(sqlite3_stmt* statement, const std::string& sql, const Row& parameters) {
    for (std::size_t i = 0; i < parameters.size(); ++i) {
      if (bind(statement, static_cast<int>(i + 1), parameters[i]) != SQLITE_OK) return failure(sql);
    }
    Rows rows;
    while (true) {
      const int status = sqlite3_step(statement);
      if (status == SQLITE_DONE) return rows;
      if (status != SQLITE_ROW) return failure(sql);
      Row row;
      for (int i = 0; i < sqlite3_column_count(statement); ++i) row.push_back(TRY(in(sql, column(statement, i))));
      rows.push_back(std::move(row));
    }
  }

  std::string path_;
  std::unique_ptr<sqlite3, Close> connection_;
  std::unordered_map<std::string, Statement> statements_;  // closed before the connection
};

}  // namespace

Result<std::unique_ptr<Database>> open_sqlite(const std::string& path) { return Sqlite::open(path); }

}  // namespace folkmoot::database
