#include "account/tables.hpp"

namespace folkmoot::account {

const std::vector<database::Migration>& account_steps() {
  static const std::vector<database::Migration> steps{
      {("CREATE TABLE sign_in_request (number BIGINT PRIMARY KEY, email TEXT NOT NULL, language TEXT NOT NULL, "
        "time BIGINT NOT NULL)"),
       "CREATE TABLE sign_in_link (hash BYTEA PRIMARY KEY, member TEXT NOT NULL, expires BIGINT NOT NULL)",
       "CREATE INDEX sign_in_link_member ON sign_in_link (member)",
       ("CREATE TABLE session (hash BYTEA PRIMARY KEY, member TEXT NOT NULL, began BIGINT NOT NULL, "
        "used BIGINT NOT NULL, second_factor BIGINT NOT NULL)"),
       "CREATE INDEX session_member ON session (member)"},
      {("CREATE TABLE factor (id BYTEA PRIMARY KEY, member TEXT NOT NULL, kind TEXT NOT NULL, secret BYTEA NOT NULL, "
        "counter BIGINT NOT NULL, confirmed BIGINT NOT NULL, added BIGINT NOT NULL)"),
       "CREATE INDEX factor_member ON factor (member)",
       ("CREATE TABLE challenge (hash BYTEA PRIMARY KEY, member TEXT NOT NULL, purpose TEXT NOT NULL, "
        "expires BIGINT NOT NULL)")},
      {"CREATE TABLE provider_visit (hash BYTEA PRIMARY KEY, previous BYTEA NOT NULL, expires BIGINT NOT NULL)"}};
  return steps;
}

Status forget_members(database::Database& database, const database::Rows& members) {
  for (const std::string_view table : member_tables) {
    TRY(database.run_all(fmt::format("DELETE FROM {} WHERE member = $1", table), members));
  }
  return {};
}

}  // namespace folkmoot::account
