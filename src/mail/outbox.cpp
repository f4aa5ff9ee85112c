#include "mail/outbox.hpp"

#include <algorithm>
#include <array>

#include "base/json.hpp"

namespace folkmoot::mail {
namespace {

using database::Row;
using database::Rows;
using database::Value;

constexpr std::int64_t minute = 60, hour = 60 * minute;
// As long as a letter is lent: trying a whole batch takes less.
constexpr std::int64_t loan = hour;
constexpr std::array<std::int64_t, 6> pauses{minute, 5 * minute, 15 * minute, hour, 3 * hour, 6 * hour};

constexpr std::array<std::string_view, 2> topics{"account", "notices"};
constexpr std::array<std::string_view, 6> fates{"waiting", "delivered", "failed", "expired", "unknown", "unwanted"};

std::string text(Fate fate) { return std::string(name_of(fate)); }
std::string text(Topic topic) { return std::string(name_of(topic)); }

// An array of the names and values in turn.
std::string text(const Values& values) {
  json::Writer writer;
  writer.begin_array();
  for (const auto& [name, value] : values) writer.string(name).string(value);
  writer.end_array();
  return writer.take();
}
Result<Values> read_values(std::string_view text) {
  const json::Document document = TRY(json::Document::parse(text));
  const std::vector<std::string> words = TRY(json::read_array(document.root(), json::read_string));
  if (words.size() % 2 != 0) return fail("a name without a value");
  Values values;
  for (std::size_t i = 0; i < words.size(); i += 2) values.emplace(words[i], words[i + 1]);
  return values;
}

// The database holds columns to these types.
const std::string& text_at(const Row& row, std::size_t column) { return std::get<std::string>(row[column]); }
std::int64_t number_at(const Row& row, std::size_t column) { return std::get<std::int64_t>(row[column]); }

Row row_of(const Letter& letter) {
  return {letter.id,           letter.member,  letter.mail,    letter.language, text(letter.topic),
          text(letter.values), letter.created, letter.created, letter.expires,  text(Fate::waiting)};
}

Rows rows_of(std::span<const Letter> letters) {
  Rows rows;
  for (const Letter& letter : letters) rows.push_back(row_of(letter));
  return rows;
}
constexpr std::string_view insert =
    "INSERT INTO letter (id, member, mail, language, topic, parameters, created, due, expires, fate) "
    "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";

Result<Lent> lent_of(const Row& row) {
  const Topic topic = TRY(read_topic(text_at(row, 4)));
  Values values = TRY(in("values", read_values(text_at(row, 5))));
  return Lent{{text_at(row, 0), text_at(row, 1), text_at(row, 2), text_at(row, 3), topic, std::move(values),
               number_at(row, 6), number_at(row, 7)},
              number_at(row, 8)};
}

Fate fate_of(std::string_view name) {
  const auto found = std::ranges::find(fates, name);
  return static_cast<Fate>(found == fates.end() ? 0 : found - fates.begin());
}

}  // namespace

std::string_view name_of(Topic topic) { return topics[static_cast<std::size_t>(topic)]; }
std::string_view name_of(Fate fate) { return fates[static_cast<std::size_t>(fate)]; }

Result<Topic> read_topic(std::string_view name) {
  const auto found = std::ranges::find(topics, name);
  if (found == topics.end()) return fail("there is no such topic of mails");
  return static_cast<Topic>(found - topics.begin());
}

const std::vector<database::Migration>& outbox_steps() {
  static const std::vector<database::Migration> steps{
      {("CREATE TABLE letter (id TEXT PRIMARY KEY, member TEXT NOT NULL, mail TEXT NOT NULL, language TEXT NOT NULL, "
        "topic TEXT NOT NULL, parameters TEXT NOT NULL, created BIGINT NOT NULL, due BIGINT, expires BIGINT NOT NULL, "
        "fate TEXT NOT NULL, attempts BIGINT NOT NULL DEFAULT 0, finished BIGINT NOT NULL DEFAULT 0, "
        "reply TEXT NOT NULL DEFAULT '')"),
       "CREATE INDEX letter_due ON letter (due) WHERE due IS NOT NULL", "CREATE INDEX letter_member ON letter (member)",
       ("CREATE TABLE mail_choice (member TEXT NOT NULL, topic TEXT NOT NULL, wanted BIGINT NOT NULL, "
        "PRIMARY KEY (member, topic))"),
       ("CREATE TABLE unsubscribe_word (word TEXT PRIMARY KEY, member TEXT NOT NULL, topic TEXT NOT NULL, "
        "UNIQUE (member, topic))")}};
  return steps;
}

Status Outbox::put(std::span<const Letter> letters) { return database_.run_all(std::string(insert), rows_of(letters)); }

Status Outbox::put_once(std::span<const Letter> letters) {
  static const std::string unless_there = std::string(insert) + " ON CONFLICT (id) DO NOTHING";
  return database_.run_all(unless_there, rows_of(letters));
}

Result<std::vector<Lent>> Outbox::lend(std::int64_t now, std::size_t count) {
  TRY(database_.run("UPDATE letter SET fate = $1, due = NULL, finished = $2 WHERE due <= $3 AND expires <= $4",
                    {text(Fate::expired), now, now, now}));
  // The outer condition is looked at again by whoever has waited for another to take the same letters.
  const Rows rows = TRY(database_.run(
      "UPDATE letter SET due = $1, attempts = attempts + 1 WHERE id IN (SELECT id FROM letter WHERE due <= $2 ORDER BY "
      "due, id LIMIT $3) AND due <= $4 RETURNING id, member, mail, language, topic, parameters, created, expires, "
      "attempts",
      {now + loan, now, static_cast<std::int64_t>(count), now}));
  std::vector<Lent> lent;
  for (const Row& row : rows) lent.push_back(TRY(in(fmt::format("letter {}", text_at(row, 0)), lent_of(row))));
  return lent;
}

Status Outbox::record(const Lent& lent, Fate fate, const std::string& reply, std::int64_t now) {
  const auto pause = static_cast<std::size_t>(std::clamp<std::int64_t>(lent.attempt - 1, 0, pauses.size() - 1));
  const Value due = fate == Fate::waiting ? Value(now + pauses[pause]) : Value();
  TRY(database_.run(
      "UPDATE letter SET fate = $1, due = $2, finished = $3, reply = $4 WHERE id = $5 AND attempts = $6 AND due IS NOT "
      "NULL",
      {text(fate), due, now, reply, lent.letter.id, lent.attempt}));
  return {};
}

Result<std::vector<Delivered>> Outbox::letters_to(const std::string& member) {
  const Rows rows =
      TRY(database_.run("SELECT id, mail, fate, created, attempts, finished, reply FROM letter WHERE member = $1 ORDER "
                        "BY created DESC, id",
                        {member}));
  std::vector<Delivered> letters;
  for (const Row& row : rows) {
    letters.push_back({text_at(row, 0), text_at(row, 1), fate_of(text_at(row, 2)), number_at(row, 3), number_at(row, 4),
                       number_at(row, 5), text_at(row, 6)});
  }
  return letters;
}

Result<std::int64_t> Outbox::waiting() {
  const Rows rows = TRY(database_.run("SELECT count(*) FROM letter WHERE due IS NOT NULL"));
  return number_at(rows.at(0), 0);
}

Result<bool> Outbox::wants(const std::string& member, Topic topic) {
  if (!can_be_refused(topic)) return true;
  const Rows rows =
      TRY(database_.run("SELECT wanted FROM mail_choice WHERE member = $1 AND topic = $2", {member, text(topic)}));
  return rows.empty() || number_at(rows[0], 0) != 0;
}

Status Outbox::choose(const std::string& member, Topic topic, bool wanted) {
  TRY(database_.run(
      "INSERT INTO mail_choice (member, topic, wanted) VALUES ($1, $2, $3) ON CONFLICT (member, topic) DO "
      "UPDATE SET wanted = excluded.wanted",
      {member, text(topic), std::int64_t{wanted}}));
  return {};
}

Result<std::string> Outbox::unsubscribe_word(const std::string& member, Topic topic, const std::string& fresh) {
  TRY(database_.run(
      "INSERT INTO unsubscribe_word (word, member, topic) VALUES ($1, $2, $3) ON CONFLICT (member, topic) "
      "DO NOTHING",
      {fresh, member, text(topic)}));
  const Rows rows =
      TRY(database_.run("SELECT word FROM unsubscribe_word WHERE member = $1 AND topic = $2", {member, text(topic)}));
  return text_at(rows.at(0), 0);
}

Result<bool> Outbox::unsubscribe(const std::string& word) {
  const Rows rows = TRY(database_.run("SELECT member, topic FROM unsubscribe_word WHERE word = $1", {word}));
  if (rows.empty()) return false;
  const Topic topic = TRY(read_topic(text_at(rows[0], 1)));
  TRY(choose(text_at(rows[0], 0), topic, false));
  return true;
}

Status Outbox::forget_before(std::int64_t time) {
  TRY(database_.run("DELETE FROM letter WHERE due IS NULL AND finished < $1", {time}));
  return {};
}

Status forget_members(database::Database& database, const Rows& members) {
  for (const std::string_view table : member_tables) {
    TRY(database.run_all(fmt::format("DELETE FROM {} WHERE member = $1", table), members));
  }
  return {};
}

}  // namespace folkmoot::mail
