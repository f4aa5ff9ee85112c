#include "service/acts.hpp"

#include <set>

#include "charter/process.hpp"
#include "database/database.hpp"

namespace folkmoot::service {
namespace {

using charter::Act;

// What the act opens, if it opens something: things are called after their process and the act's number.
std::string opened_by(const Numbered& act) {
  if (act.entry.act.refused) return "";
  for (const charter::Process* process : charter::processes()) {
    if (process->name == "member" || process->name == "seat" || process->name == "organisation") continue;
    if (process->transition("", act.entry.act.type)) return fmt::format("{}-{}", process->name, act.number);
  }
  return "";
}

std::string text_at(const database::Row& row, std::size_t column) { return std::get<std::string>(row[column]); }

}  // namespace

const database::Migration& acts_tables() {
  static const database::Migration migration{
      "CREATE TABLE act (number BIGINT PRIMARY KEY, type TEXT NOT NULL, time BIGINT NOT NULL, member TEXT NOT NULL, "
      "entry TEXT NOT NULL)",
      "CREATE TABLE mention (thing TEXT NOT NULL, act BIGINT NOT NULL, opened BIGINT NOT NULL, "
      "PRIMARY KEY (thing, act))",
      "CREATE INDEX mention_act ON mention (act)",
  };
  return migration;
}

const database::Migration& head_table() {
  static const database::Migration migration{"CREATE TABLE ledger_head (size BIGINT PRIMARY KEY, root BYTEA NOT NULL)"};
  return migration;
}

std::vector<std::string> things_of(const Numbered& numbered) {
  const Act& act = numbered.entry.act;
  const charter::ActType* type = charter::find_act_type(act.type);
  std::set<std::string> things;
  for (const auto& [name, value] : act.body.fields()) {
    const charter::Field* field = type ? type->field(name) : nullptr;
    const std::string* text = std::get_if<std::string>(&value);
    if (!field || !text) continue;
    const bool names_thing = !field->of.empty() && !field->of.starts_with('@');
    if (names_thing || field->kind == charter::Kind::member) things.insert(*text);
  }
  if (!act.actor.member.empty()) things.insert(act.actor.member);
  if (std::string opened = opened_by(numbered); !opened.empty()) things.insert(std::move(opened));
  return {things.begin(), things.end()};
}

Status add_acts(database::Database& database, std::span<const Numbered> acts) {
  std::vector<database::Row> rows, mentions;
  for (const Numbered& numbered : acts) {
    const Act& act = numbered.entry.act;
    const auto number = static_cast<std::int64_t>(numbered.number);
    rows.push_back({number, act.type, act.time.seconds, act.actor.member, json::to_text(numbered.entry)});
    const std::string opened = opened_by(numbered);
    for (const std::string& thing : things_of(numbered)) {
      mentions.push_back({thing, number, std::int64_t{thing == opened}});
    }
  }
  TRY(database.run_all("INSERT INTO act (number, type, time, member, entry) VALUES ($1, $2, $3, $4, $5)", rows));
  return database.run_all("INSERT INTO mention (thing, act, opened) VALUES ($1, $2, $3)", mentions);
}

Status add_head(database::Database& database, const ledger::TreeHead& head) {
  const auto size = static_cast<std::int64_t>(head.size);
  const Bytes root(head.root.begin(), head.root.end());
  TRY(database.run("INSERT INTO ledger_head (size, root) VALUES ($1, $2) ON CONFLICT (size) DO NOTHING", {size, root}));
  return check_head(database, head);
}

Status check_head(database::Database& database, const ledger::TreeHead& head) {
  const auto size = static_cast<std::int64_t>(head.size);
  const database::Rows rows = TRY(database.run("SELECT root FROM ledger_head WHERE size = $1", {size}));
  if (rows.empty() || std::get<Bytes>(rows[0][0]) == Bytes(head.root.begin(), head.root.end())) return {};
  return fail("the database's first {} acts are those of another ledger", head.size);
}

Result<std::uint64_t> count_acts(database::Database& database) {
  const database::Rows rows = TRY(database.run("SELECT COALESCE(MAX(number) + 1, 0) FROM act"));
  return static_cast<std::uint64_t>(std::get<std::int64_t>(rows[0][0]));
}

Result<std::vector<std::string>> entries_from(database::Database& database, std::uint64_t number, std::size_t most) {
  const auto first = static_cast<std::int64_t>(number), count = static_cast<std::int64_t>(most);
  const database::Rows rows =
      TRY(database.run("SELECT number, entry FROM act WHERE number >= $1 ORDER BY number LIMIT $2", {first, count}));
  std::vector<std::string> entries;
  for (const database::Row& row : rows) {
    const std::uint64_t next = number + entries.size();
    if (std::get<std::int64_t>(row[0]) != static_cast<std::int64_t>(next))
      return fail("the database lacks act {}", next);
    entries.push_back(text_at(row, 1));
  }
  return entries;
}

Status clear_acts(database::Database& database) {
  for (const char* table : {"mention", "act", "ledger_head"}) TRY(database.run(fmt::format("DELETE FROM {}", table)));
  return {};
}

}  // namespace folkmoot::service
