#include "service/awaiting.hpp"

#include "audit/history.hpp"
#include "base/sha256.hpp"
#include "mail/outbox.hpp"

namespace folkmoot::service {
namespace {

using database::Row;

const std::string& text_at(const Row& row, std::size_t column) { return std::get<std::string>(row[column]); }

std::string hash_of(const charter::Request& request) { return sha256_hex(json::to_text(request)); }

std::string write_texts(const std::vector<std::string>& texts) {
  json::Writer writer;
  writer.begin_array();
  for (const std::string& text : texts) writer.string(text);
  return writer.end_array().take();
}

// To whom it waits for, for as long as it does.
mail::Letter letter_of(const Awaiting& one) {
  mail::Letter letter;
  letter.id = one.id;
  letter.member = one.waits_for;
  letter.topic = mail::Topic::account;
  letter.mail = "awaiting";
  letter.values = {{"act", one.request.request.type}, {"thing", one.id}};
  letter.created = one.since.seconds;
  letter.expires = (one.since + audit::longest_wait).seconds;
  return letter;
}

Result<Awaiting> awaiting_of(const Row& row) {
  Awaiting one{
      text_at(row, 0), text_at(row, 1), text_at(row, 2), charter::Time{std::get<std::int64_t>(row[3])}, {}, {}};
  one.request = TRY(audit::read_signed_request(text_at(row, 4)));
  const json::Document texts = TRY(json::Document::parse(text_at(row, 5)));
  one.texts = TRY(json::read_array(texts.root(), json::read_string));
  return one;
}

}  // namespace

const database::Migration& awaiting_table() {
  static const database::Migration migration{
      "CREATE TABLE awaiting (id TEXT PRIMARY KEY, begun_by TEXT NOT NULL, waits_for TEXT NOT NULL, since BIGINT NOT "
      "NULL, request TEXT NOT NULL, texts TEXT NOT NULL, asks_for TEXT NOT NULL)",
      "CREATE INDEX awaiting_begun_by ON awaiting (begun_by)",
      "CREATE INDEX awaiting_waits_for ON awaiting (waits_for)",
      "CREATE INDEX awaiting_asks_for ON awaiting (asks_for)"};
  return migration;
}

Result<bool> AwaitingRequests::add(const Awaiting& one) {
  TRY(database_.run("DELETE FROM awaiting WHERE since < $1", {(one.since - audit::longest_wait).seconds}));
  const auto rows = TRY(database_.run("SELECT count(*) FROM awaiting WHERE begun_by = $1", {one.begun_by}));
  if (std::get<std::int64_t>(rows.at(0)[0]) >= most_awaiting) return false;
  TRY(
      database_.run("INSERT INTO awaiting (id, begun_by, waits_for, since, request, texts, asks_for) "
                    "VALUES ($1, $2, $3, $4, $5, $6, $7)",
                    {one.id, one.begun_by, one.waits_for, one.since.seconds, json::to_text(one.request),
                     write_texts(one.texts), hash_of(one.request.request)}));
  const mail::Letter letter = letter_of(one);
  TRY(mail::Outbox(database_).put({&letter, 1}));
  return true;
}

Result<std::vector<Awaiting>> AwaitingRequests::of(const std::string& member, charter::Time now) {
  const auto rows = TRY(database_.run(
      "SELECT id, begun_by, waits_for, since, request, texts FROM awaiting WHERE (begun_by = $1 OR waits_for = $2) AND "
      "since >= $3 ORDER BY since, id",
      {member, member, (now - audit::longest_wait).seconds}));
  std::vector<Awaiting> all;
  for (const Row& row : rows) {
    Awaiting one = TRY(in(fmt::format("awaiting {}", text_at(row, 0)), awaiting_of(row)));
    all.push_back(std::move(one));
  }
  return all;
}

Result<bool> AwaitingRequests::remove(const std::string& id, const std::string& member) {
  const auto rows = TRY(database_.run(
      "DELETE FROM awaiting WHERE id = $1 AND (begun_by = $2 OR waits_for = $3) RETURNING id", {id, member, member}));
  return !rows.empty();
}

Status AwaitingRequests::forget(const charter::Request& request) {
  TRY(database_.run("DELETE FROM awaiting WHERE asks_for = $1", {hash_of(request)}));
  return {};
}

}  // namespace folkmoot::service
