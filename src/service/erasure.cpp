#include "service/erasure.hpp"

#include "account/tables.hpp"
#include "mail/outbox.hpp"

namespace folkmoot::service {

Status forget(database::Database& database, const std::string& member) {
  const auto erase_all = [&]() -> Status {
    for (const char* rows : {"person WHERE reference", "awaiting WHERE begun_by", "awaiting WHERE waits_for"}) {
      TRY(database.run(fmt::format("DELETE FROM {} = $1", rows), {member}));
    }
    TRY(account::forget_members(database, {{member}}));
    TRY(mail::forget_members(database, {{member}}));
    TRY(database.run("UPDATE elector SET member = NULL, weight = NULL, salt = NULL WHERE member = $1", {member}));
    return {};
  };
  return in("private store", erase_all());
}

Status purge_forgotten(database::Database& database) {
  std::vector<std::string_view> tables{"person", "elector", "awaiting"};
  tables.insert(tables.end(), account::member_tables.begin(), account::member_tables.end());
  tables.insert(tables.end(), mail::member_tables.begin(), mail::member_tables.end());
  return in("private store", database.purge(tables));
}

}  // namespace folkmoot::service
