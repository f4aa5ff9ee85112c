#include "service/notices.hpp"

#include <fmt/ranges.h>

#include <algorithm>

#include "base/sha256.hpp"
#include "charter/notices.hpp"
#include "charter/process.hpp"
#include "charter/standing.hpp"
#include "mail/outbox.hpp"
#include "service/post_office.hpp"
#include "service/titles.hpp"

namespace folkmoot::service {
namespace {

using database::Row;

constexpr std::size_t slice = 500;  // letters in one transaction

const std::string& text_at(const Row& row, std::size_t column) { return std::get<std::string>(row[column]); }
std::int64_t number_at(const Row& row, std::size_t column) { return std::get<std::int64_t>(row[column]); }

// Of references, which have no spaces.
std::string join(const charter::Names& people) { return fmt::format("{}", fmt::join(people, " ")); }
charter::Names split(std::string_view text) {
  charter::Names people;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(' '), text.size());
    people.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return people;
}

// What it is about: the first thing that it names; of an election, what that decides.
std::string thing_of(const charter::State& state, const charter::Act& act) {
  const charter::ActType* type = charter::find_act_type(act.type);
  for (const charter::Field& field : type->fields) {
    if (field.kind != charter::Kind::name || field.of.empty() || field.of.starts_with('@')) continue;
    if (!act.body.has(field.name)) continue;
    const std::string& id = act.body.text(field.name);
    const auto election = state.elections.find(id);
    return election == state.elections.end() ? id : election->second.of;
  }
  return "";
}

std::string about(const charter::State& state, const charter::Act& act, const std::string& thing) {
  if (!act.body.has("post")) return title_of(state, thing);
  const auto post = state.charter().posts.find(act.body.text("post"));
  return post == state.charter().posts.end() ? act.body.text("post") : post->second.title;
}

// A member cannot refuse to hear of a case against them.
mail::Topic topic_of(std::string_view type) {
  return type.starts_with("case.") ? mail::Topic::account : mail::Topic::notices;
}

mail::Letter letter_of(const Notice& notice, const std::string& member) {
  mail::Letter letter;
  letter.id = sha256_hex(fmt::format("folkmoot/notice\n{}\n{}\n", notice.act, member)).substr(0, 32);
  letter.member = member;
  letter.topic = topic_of(notice.type);
  letter.mail = mail::can_be_refused(letter.topic) ? "notice" : "own-notice";
  letter.values = {{"type", notice.type}, {"about", notice.about}, {"thing", notice.thing}};
  letter.created = notice.time.seconds;
  letter.expires = notice.time.seconds + days_of_trying;
  return letter;
}

Notice notice_in(const Row& row) {
  return {static_cast<std::uint64_t>(number_at(row, 0)),
          text_at(row, 1),
          charter::Time{number_at(row, 2)},
          text_at(row, 3),
          text_at(row, 4),
          split(text_at(row, 5)),
          text_at(row, 6)};
}

// Those whom it concerns, then the electors besides them.
struct Readers {
  const charter::Names& people;
  const charter::Names& electors;
  [[nodiscard]] std::size_t size() const { return people.size() + electors.size(); }
  // The one at that position; empty for an elector who has had a letter.
  [[nodiscard]] std::string at(std::size_t i) const {
    if (i < people.size()) return people[i];
    const std::string& elector = electors[i - people.size()];
    return charter::contains(people, elector) ? "" : elector;
  }
};
Readers readers_of(const charter::State& state, const Notice& notice) {
  static const charter::Names nobody;
  const auto election = state.elections.find(notice.election);
  return {notice.people, election == state.elections.end() ? nobody : election->second.electors};
}

}  // namespace

const database::Migration& notice_table() {
  static const database::Migration migration{
      "CREATE TABLE notice (act BIGINT PRIMARY KEY, type TEXT NOT NULL, time BIGINT NOT NULL, thing TEXT NOT NULL, "
      "about TEXT NOT NULL, people TEXT NOT NULL, election TEXT NOT NULL, told BIGINT NOT NULL)"};
  return migration;
}

std::optional<Notice> notice_of(const charter::State& state, const Numbered& numbered) {
  const charter::Act& act = numbered.entry.act;
  charter::Notice told = charter::told(state, act);
  if (told.people.empty() && told.election.empty()) return std::nullopt;
  std::string thing = thing_of(state, act);
  std::string title = about(state, act, thing);
  return Notice{numbered.number,         act.type, act.time, std::move(thing), std::move(title), std::move(told.people),
                std::move(told.election)};
}

Status add_notices(database::Database& database, std::span<const Notice> notices) {
  database::Rows rows;
  for (const Notice& notice : notices) {
    rows.push_back({static_cast<std::int64_t>(notice.act), notice.type, notice.time.seconds, notice.thing, notice.about,
                    join(notice.people), notice.election, std::int64_t{0}});
  }
  return database.run_all(
      "INSERT INTO notice (act, type, time, thing, about, people, election, told) "
      "VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
      rows);
}

Result<bool> write_letters(database::Database& database, const charter::State& state, charter::Time now) {
  if (TRY(database.run("SELECT act FROM notice LIMIT 1")).empty()) return false;
  bool more = false;
  const auto write_slice = [&]() -> Status {
    TRY(database.lock("notice"));  // nodes take turns
    const database::Rows rows = TRY(
        database.run("SELECT act, type, time, thing, about, people, election, told FROM notice ORDER BY act LIMIT 1"));
    if (rows.empty()) return {};
    const Notice notice = notice_in(rows[0]);
    const auto act = static_cast<std::int64_t>(notice.act);
    if (act >= state.acts) return {};
    more = true;
    const Readers readers = readers_of(state, notice);
    const auto told = static_cast<std::size_t>(number_at(rows[0], 7));
    const std::size_t end = std::min(readers.size(), told + slice);
    std::vector<mail::Letter> letters;
    if (notice.time.seconds + days_of_trying > now.seconds) {
      for (std::size_t i = told; i < end; ++i) {
        if (const std::string member = readers.at(i); !member.empty()) letters.push_back(letter_of(notice, member));
      }
    }
    TRY(mail::Outbox(database).put_once(letters));
    if (end == readers.size()) {
      TRY(database.run("DELETE FROM notice WHERE act = $1", {act}));
    } else {
      TRY(database.run("UPDATE notice SET told = $1 WHERE act = $2", {static_cast<std::int64_t>(end), act}));
    }
    return {};
  };
  TRY(database.transact(write_slice));
  return more;
}

}  // namespace folkmoot::service
