#include "service/erasure.hpp"

#include "account/tables.hpp"
#include "mail/outbox.hpp"

namespace folkmoot::service {
namespace {

// Those that say something of a member, who is a column of most, or an address in one.
std::vector<std::string_view> tables_with_members() {
  std::vector<std::string_view> tables{"person", "elector", "awaiting", "sign_in_request"};
  tables.insert(tables.end(), account::member_tables.begin(), account::member_tables.end());
  tables.insert(tables.end(), mail::member_tables.begin(), mail::member_tables.end());
  return tables;
}

}  // namespace

const database::Migration& erased_table() {
  static const database::Migration migration{"CREATE TABLE erased (number BIGINT PRIMARY KEY)"};
  return migration;
}

Status forget(database::Database& database, const std::string& member) {
  const auto erase_all = [&]() -> Status {
    for (const char* rows : {"person WHERE reference", "awaiting WHERE begun_by", "awaiting WHERE waits_for"}) {
      TRY(database.run(fmt::format("DELETE FROM {} = $1", rows), {member}));
    }
    TRY(account::forget_members(database, {{member}}));
    TRY(mail::forget_members(database, {{member}}));
    TRY(database.run("UPDATE elector SET member = NULL, weight = NULL, salt = NULL WHERE member = $1", {member}));
    TRY(database.run("INSERT INTO erased SELECT COALESCE(MAX(number), 0) + 1 FROM erased"));
    return {};
  };
  return in("private store", erase_all());
}

Status purge_forgotten(database::Database& database) {
  const auto purge = [&]() -> Status {
    const database::Rows erased = TRY(database.run("SELECT number FROM erased"));
    if (erased.empty()) return {};
    TRY(database.purge(tables_with_members()));
    return database.run_all("DELETE FROM erased WHERE number = $1", erased);
  };
  return in("private store", purge());
}

}  // namespace folkmoot::service
