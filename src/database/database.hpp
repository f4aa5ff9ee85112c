// SQLite and PostgreSQL behind one small interface: what an organisation keeps beside its ledger (a cache of what the
// acts say, and the private store). One set of SQL serves both, in the words that both know: $1 for parameters, BIGINT,
// TEXT, BYTEA, ON CONFLICT, RETURNING.
//
//   sqlite.cpp       the embedded default: a file, no configuration
//   postgresql.cpp   when that is outgrown: a server, shared by several nodes
//   migration.hpp    the numbered steps by which a database gets its tables
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/bytes.hpp"
#include "base/caught.hpp"

namespace folkmoot::database {

// NULL, BIGINT, TEXT (UTF-8 without NUL) or BYTEA.
using Value = std::variant<std::monostate, std::int64_t, std::string, Bytes>;
using Row = std::vector<Value>;
using Rows = std::vector<Row>;

// One connection, used by one thread at a time.
class Database {
 public:
  Database() = default;
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;
  virtual ~Database() = default;

  [[nodiscard]] virtual bool is_postgresql() const = 0;

  // Runs one statement, in which $1, $2, … first appear in that order. Its rows, if it has any. Fails with the
  // database's message and the statement; a failure inside a transaction leaves nothing to do but to roll back.
  virtual Result<Rows> run(const std::string& sql, const Row& parameters = {}) = 0;

  // Runs one statement for each row of parameters, in order, without waiting for each answer; rows that it returns are
  // dropped. All of them or, if one fails, none.
  Status run_all(const std::string& sql, std::span<const Row> parameters);

  // Runs `body` (which returns a Status) in a transaction that sees no half of another: committed, and on the disk,
  // when this returns success; undone if `body` fails or throws. Transactions don't nest.
  template <class Body>
  Status transact(Body&& body);

  // As the first statement of a transaction: waits until no other transaction that has done so to this table is open,
  // so that what is read then is what is true until the end. (Otherwise PostgreSQL undoes one of two that meet.)
  virtual Status lock(const std::string& table) = 0;

  // Leaves nothing of what has been deleted or replaced in those tables in the database's own files, by writing them
  // anew; outside a transaction. SQLite: in the file, and its write-ahead log is emptied; fails while another
  // connection holds either. PostgreSQL: in the tables and their indexes, which nobody else reads meanwhile; its
  // write-ahead log is the server's, and is overwritten as the server goes on. Copies of the files, and what a file
  // system or a disk keeps of old ones, are beyond it.
  virtual Status purge(std::span<const std::string_view> tables) = 0;

 protected:
  virtual Status begin() = 0;
  // The statement for each row, within the transaction that is open.
  virtual Status run_each(const std::string& sql, std::span<const Row> parameters) = 0;

 private:
  Status finish(Status done);
  bool open_ = false;
};

// "sqlite:PATH" (made if it isn't there) or "postgresql://…" (a connection URI of libpq; the database must exist).
Result<std::unique_ptr<Database>> open(const std::string& url);

Result<std::unique_ptr<Database>> open_sqlite(const std::string& path);
Result<std::unique_ptr<Database>> open_postgresql(const std::string& uri);

template <class Body>
Status Database::transact(Body&& body) {
  TRY(begin());
  open_ = true;
  return finish(caught(std::forward<Body>(body)));
}

}  // namespace folkmoot::database
