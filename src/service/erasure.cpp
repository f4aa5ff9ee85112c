#include "service/erasure.hpp"

#include "account/tables.hpp"
#include "charter/decide.hpp"
#include "mail/outbox.hpp"

namespace folkmoot::service {

Result<std::vector<charter::Request>> erase(database::Database& database, const charter::State& state,
                                            const charter::Names& members, const charter::Actor& officer,
                                            const charter::Actor& second, charter::Time now) {
  std::vector<charter::Request> requests;
  for (const std::string& member : members) {
    requests.push_back({"member.erase", officer, {second}, {{"member", member}}});
    const charter::Decided decided = charter::decide(state, requests.back(), now);
    if (const auto* refusal = std::get_if<charter::Refusal>(&decided)) {
      return fail("{}: {}: {}", member, refusal->rule, refusal->message);
    }
  }
  TRY(forget(database, members));
  return requests;
}

Status forget(database::Database& database, const charter::Names& members) {
  database::Rows rows;
  for (const std::string& member : members) rows.push_back({member});
  const auto erase_all = [&]() -> Status {
    TRY(database.run_all("DELETE FROM person WHERE reference = $1", rows));
    TRY(account::forget_members(database, rows));
    TRY(mail::forget_members(database, rows));
    TRY(database.run_all("DELETE FROM awaiting WHERE begun_by = $1", rows));
    TRY(database.run_all("DELETE FROM awaiting WHERE waits_for = $1", rows));
    return database.run_all("UPDATE elector SET member = NULL, weight = NULL, salt = NULL WHERE member = $1", rows);
  };
  TRY(in("private store", database.transact(erase_all)));
  return in("private store", database.purge());
}

}  // namespace folkmoot::service
