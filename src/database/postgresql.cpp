#include <libpq-fe.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <unordered_map>

#include "database/database.hpp"

namespace folkmoot::database {
namespace {

struct Finish {
  void operator()(PGconn* connection) const { PQfinish(connection); }
};
struct Clear {
  void operator()(PGresult* result) const { PQclear(result); }
};
using Answer = std::unique_ptr<PGresult, Clear>;

// What PostgreSQL's catalogue calls the types that a column may have here (pg_type.oid).
constexpr Oid boolean = 16, bytea = 17, bigint = 20, smallint = 21, integer = 23, text = 25, varchar = 1043;

// A row of parameters as libpq takes them: numbers and texts as text, bytes as they are.
struct Parameters {
  explicit Parameters(const Row& row) {
    texts.reserve(row.size());  // so that no pointer moves
    for (const Value& value : row) {
      const char* data = nullptr;
      std::size_t size = 0;
      int format = 0;
      if (const auto* number = std::get_if<std::int64_t>(&value)) {
        data = texts.emplace_back(std::to_string(*number)).c_str();
      } else if (const auto* string = std::get_if<std::string>(&value)) {
        data = string->c_str();
        nul = nul || string->find('\0') != std::string::npos;
      } else if (const auto* bytes = std::get_if<Bytes>(&value)) {
        data = bytes->empty() ? "" : reinterpret_cast<const char*>(bytes->data());
        size = bytes->size();
        format = 1;
      }
      values.push_back(data);
      lengths.push_back(static_cast<int>(size));
      formats.push_back(format);
    }
  }
  std::vector<std::string> texts;
  std::vector<const char*> values;
  std::vector<int> lengths, formats;
  bool nul = false;  // in a text, which libpq would cut there
};

Result<Value> read_column(const PGresult* answer, int row, int index) {
  if (PQgetisnull(answer, row, index)) return Value();
  const std::string_view data(PQgetvalue(answer, row, index),
                              static_cast<std::size_t>(PQgetlength(answer, row, index)));
  switch (const Oid type = PQftype(answer, index)) {
    case bigint:
    case integer:
    case smallint: {
      std::int64_t number = 0;
      std::from_chars(data.data(), data.data() + data.size(), number);
      return Value(number);
    }
    case boolean:
      return Value(std::int64_t{data == "t"});
    case text:
    case varchar:
      return Value(std::string(data));
    case bytea:
      if (!data.starts_with("\\x")) return fail("column {}: bytes that are not in hexadecimal", index + 1);
      return Value(TRY(from_hex(data.substr(2))));
    default:
      return fail("column {} has type {}, which is none of BIGINT, TEXT, BYTEA", index + 1, type);
  }
}

class Postgresql final : public Database {
 public:
  // Each side finds out within half a minute that the other hangs, or has lost power or its network, unless the URI
  // says otherwise of the connection: else who is gone would keep what it has locked for hours, and all others wait.
  static Result<std::unique_ptr<Database>> open(const std::string& uri) {
    using Texts = std::array<const char*, 7>;
    const Texts names{"connect_timeout",
                      "keepalives_idle",
                      "keepalives_interval",
                      "keepalives_count",
                      "tcp_user_timeout",
                      "dbname",
                      nullptr};
    const Texts values{"10", "10", "5", "3", "25000", uri.c_str(), nullptr};
    auto database = std::unique_ptr<Postgresql>(
        new Postgresql(PQconnectdbParams(names.data(), values.data(), /*expand_dbname=*/1)));
    if (PQstatus(database->connection_.get()) != CONNECTION_OK) return database->failure("cannot connect");
    // What this program does between two statements of a transaction takes a fraction of half a minute.
    for (const char* setting :
         {"client_min_messages = warning", "tcp_keepalives_idle = 10", "tcp_keepalives_interval = 5",
          "tcp_keepalives_count = 3", "tcp_user_timeout = 25000", "idle_in_transaction_session_timeout = '30s'"}) {
      TRY(database->run(std::string("SET ") + setting, {}));
    }
    return database;
  }

  [[nodiscard]] bool is_postgresql() const override { return true; }

  // A plain VACUUM frees the space of dead rows without overwriting it. The planner's statistics hold values, too, and
  // are rows of a table themselves.
  Status purge(std::span<const std::string_view> tables) override {
    TRY(run("SET lock_timeout = '3s'", {}));  // those who come after wait as long: as for a backup's end
    const auto purge_all = [&]() -> Status {
      for (const std::string_view table : tables) {
        TRY(run(fmt::format("ANALYZE {}", table), {}));
        TRY(run(fmt::format("VACUUM FULL {}", table), {}));
      }
      TRY(run("VACUUM FULL pg_statistic", {}));
      return {};
    };
    Status done = purge_all();
    TRY(run("SET lock_timeout = 0", {}));
    return done;
  }

  // A transaction's view is that of its first statement; of all statements, only this one may come before it.
  Status lock(const std::string& table) override {
    TRY(run("LOCK TABLE " + table + " IN EXCLUSIVE MODE", {}));
    return {};
  }

  Result<Rows> run(const std::string& sql, const Row& parameters) override {
    const std::string name = TRY(prepared(sql));
    const Parameters values(parameters);
    if (values.nul) return fail("PostgreSQL: a text with a NUL: {}", sql);
    const Answer answer(PQexecPrepared(connection_.get(), name.c_str(), static_cast<int>(values.values.size()),
                                       values.values.data(), values.lengths.data(), values.formats.data(), 0));
    if (!good(answer)) return failure(sql);
    Rows rows;
    for (int i = 0; i < PQntuples(answer.get()); ++i) {
      Row row;
      for (int j = 0; j < PQnfields(answer.get()); ++j) row.push_back(TRY(in(sql, read_column(answer.get(), i, j))));
      rows.push_back(std::move(row));
    }
    return rows;
  }

 protected:
  Status begin() override {
    TRY(run("BEGIN ISOLATION LEVEL SERIALIZABLE", {}));
    return {};
  }

  // In libpq's pipeline mode, a batch at a time, so that neither side's buffers fill while the other waits.
  Status run_each(const std::string& sql, std::span<const Row> parameters) override {
    constexpr std::size_t batch = 500;
    const std::string name = TRY(prepared(sql));
    while (!parameters.empty()) {
      const auto rows = parameters.first(std::min(batch, parameters.size()));
      if (PQenterPipelineMode(connection_.get()) != 1) return failure(sql);
      Status done = send(name, sql, rows);
      if (PQpipelineSync(connection_.get()) != 1 && done) done = failure(sql);
      Status received = receive(sql);
      PQexitPipelineMode(connection_.get());
      TRY(std::move(done));
      TRY(std::move(received));
      parameters = parameters.subspan(rows.size());
    }
    return {};
  }

 private:
  explicit Postgresql(PGconn* connection) : connection_(connection) {}

  static bool good(const Answer& answer) {
    const auto status = PQresultStatus(answer.get());
    return status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK;
  }

  [[nodiscard]] Failure failure(std::string_view what) const {
    std::string_view message = PQerrorMessage(connection_.get());
    while (message.ends_with('\n')) message.remove_suffix(1);
    return fail("PostgreSQL: {}: {}", message, what);
  }

  // Statements are parsed once: the program has a fixed set of them.
  Result<std::string> prepared(const std::string& sql) {
    const auto known = names_.find(sql);
    if (known != names_.end()) return known->second;
    std::string name = fmt::format("s{}", names_.size());
    const Answer answer(PQprepare(connection_.get(), name.c_str(), sql.c_str(), 0, nullptr));
    if (!good(answer)) return failure(sql);
    names_.emplace(sql, name);
    return name;
  }

  Status send(const std::string& name, const std::string& sql, std::span<const Row> rows) {
    for (const Row& row : rows) {
      const Parameters values(row);
      if (values.nul) return fail("PostgreSQL: a text with a NUL: {}", sql);
      if (PQsendQueryPrepared(connection_.get(), name.c_str(), static_cast<int>(row.size()), values.values.data(),
                              values.lengths.data(), values.formats.data(), 0) != 1) {
        return failure(sql);
      }
    }
    return {};
  }

  // Takes every answer up to the end of the batch; the first that is bad counts.
  Status receive(const std::string& sql) {
    Status done;
    while (true) {
      const Answer answer(PQgetResult(connection_.get()));
      const auto status = PQresultStatus(answer.get());
      if (status == PGRES_PIPELINE_SYNC) return done;
      if (!answer) {
        // The end of one statement's answers; or of everything, when the connection is gone.
        if (PQstatus(connection_.get()) != CONNECTION_OK) return failure(sql);
      } else if (!good(answer) && status != PGRES_PIPELINE_ABORTED && done) {
        // Nothing, if it is libpq itself that says so.
        const char* message = PQresultErrorField(answer.get(), PG_DIAG_MESSAGE_PRIMARY);
        done = message == nullptr ? failure(sql) : fail("PostgreSQL: {}: {}", message, sql);
      }
    }
  }

  std::unique_ptr<PGconn, Finish> connection_;
  std::unordered_map<std::string, std::string> names_;
};

}  // namespace

Result<std::unique_ptr<Database>> open_postgresql(const std::string& uri) { return Postgresql::open(uri); }

}  // namespace folkmoot::database
