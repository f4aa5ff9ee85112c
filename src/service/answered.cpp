#include "service/answered.hpp"

#include "base/sha256.hpp"

namespace folkmoot::service {
namespace {

using database::Row;

// The fingerprint of what is asked for (draft-ietf-httpapi-idempotency-key-header, section 2.4).
std::string fingerprint(AnsweredRequests::Call call, const charter::Request& request) {
  const std::string_view name = call == AnsweredRequests::Call::act ? "act" : "awaiting";
  return sha256_hex(fmt::format("{}\n{}", name, json::to_text(request)));
}

}  // namespace

const database::Migration& answered_table() {
  static const database::Migration migration{
      "CREATE TABLE answered (member TEXT NOT NULL, name TEXT NOT NULL, asked_for TEXT NOT NULL, came TEXT NOT NULL, "
      "since BIGINT NOT NULL, PRIMARY KEY (member, name))",
      "CREATE INDEX answered_since ON answered (since)"};
  return migration;
}

Result<std::optional<Answered>> AnsweredRequests::find(const RequestKey& key, Call call,
                                                       const charter::Request& request, charter::Time now) {
  const database::Rows rows =
      TRY(database_.run("SELECT asked_for, came FROM answered WHERE member = $1 AND name = $2 AND since >= $3",
                        {key.member, key.name, (now - answers_kept).seconds}));
  if (rows.empty()) return std::nullopt;
  const Row& row = rows.front();
  return Answered{std::get<std::string>(row[0]) == fingerprint(call, request), std::get<std::string>(row[1])};
}

Status AnsweredRequests::add(const RequestKey& key, Call call, const charter::Request& request, std::string came,
                             charter::Time now) {
  TRY(database_.run("DELETE FROM answered WHERE since < $1", {(now - answers_kept).seconds}));
  TRY(database_.run("INSERT INTO answered (member, name, asked_for, came, since) VALUES ($1, $2, $3, $4, $5)",
                    {key.member, key.name, fingerprint(call, request), std::move(came), now.seconds}));
  return {};
}

}  // namespace folkmoot::service
