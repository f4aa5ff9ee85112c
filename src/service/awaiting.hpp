// Requests that one person has signed, and that wait for the second whom they need. Each is there for as long as what
// was signed may still be decided, for those two alone.
#pragma once

#include "audit/entry.hpp"
#include "database/migration.hpp"

namespace folkmoot::service {

struct Awaiting {
  std::string id;
  std::string begun_by, waits_for;  // members
  charter::Time since;
  audit::SignedRequest request;
  std::vector<std::string> texts;  // that it names, and that are not published yet
};

const database::Migration& awaiting_table();

// So many may one member have waiting.
inline constexpr std::int64_t most_awaiting = 50;

// Every function can fail as the database can.
class AwaitingRequests {
 public:
  explicit AwaitingRequests(database::Database& database) : database_(database) {}

  // Within a transaction. Whether there was room for it; then whom it waits for gets a letter. Forgets those whose time
  // is over.
  Result<bool> add(const Awaiting& request);
  // Those that wait for the member, or that the member has begun, the oldest first.
  Result<std::vector<Awaiting>> of(const std::string& member, charter::Time now);
  // Forgets one of the member's. Whether there was one.
  Result<bool> remove(const std::string& id, const std::string& member);
  // Forgets those that ask for just this: it has been done.
  Status forget(const charter::Request& request);

 private:
  database::Database& database_;
};

}  // namespace folkmoot::service
