// A PostgreSQL 15 of the tests' own, started when it is first asked for and stopped with the test program. Databases of
// both kinds, new and empty.
#pragma once

#include <memory>
#include <string>

#include "database/database.hpp"

namespace folkmoot::test {

// The kinds of database that every test of the store runs on.
enum class Kind { sqlite, postgresql };

// A new, empty database that is dropped with this object; it can be opened more than once.
class TemporaryDatabase {
 public:
  explicit TemporaryDatabase(Kind kind);
  TemporaryDatabase(const TemporaryDatabase&) = delete;
  TemporaryDatabase& operator=(const TemporaryDatabase&) = delete;
  ~TemporaryDatabase();
  [[nodiscard]] const std::string& url() const { return url_; }
  [[nodiscard]] std::unique_ptr<database::Database> open() const;

 private:
  Kind kind_;
  std::string name_;
  std::string url_;
};

std::string name(Kind kind);

// Ends the PostgreSQL in the middle of what it does, and starts it again.
void crash_postgresql();

}  // namespace folkmoot::test
