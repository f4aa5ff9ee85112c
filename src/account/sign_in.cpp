#include "account/sign_in.hpp"

namespace folkmoot::account {
namespace {

using database::Row;
using database::Rows;

const std::string& text_at(const Row& row, std::size_t column) { return std::get<std::string>(row[column]); }
std::int64_t number_at(const Row& row, std::size_t column) { return std::get<std::int64_t>(row[column]); }

// Use is noted once in this time, so that reading is not always writing.
constexpr std::int64_t note_use_every = 60;

}  // namespace

Status SignIn::ask(const Asked& asked, secret::Random& random) {
  const auto number = static_cast<std::int64_t>(random.below(std::uint64_t{1} << 63));
  TRY(database_.run("INSERT INTO sign_in_request (number, email, language, time) VALUES ($1, $2, $3, $4)",
                    {number, asked.email, asked.language, asked.time}));
  return {};
}

Result<std::vector<Asked>> SignIn::take_asked(std::size_t count) {
  const Rows rows = TRY(database_.run(
      "DELETE FROM sign_in_request WHERE number IN (SELECT number FROM sign_in_request ORDER BY time, number LIMIT $1) "
      "RETURNING email, language, time",
      {static_cast<std::int64_t>(count)}));
  std::vector<Asked> asked;
  for (const Row& row : rows) asked.push_back({text_at(row, 0), text_at(row, 1), number_at(row, 2)});
  return asked;
}

Result<Token> SignIn::make_link(const std::string& member, std::int64_t now, secret::Random& random) {
  Token token = Token::make(random);
  TRY(database_.run("INSERT INTO sign_in_link (hash, member, expires) VALUES ($1, $2, $3)",
                    {token.hash(), member, now + link_lasts}));
  return token;
}

Result<std::optional<std::string>> SignIn::use_link(std::string_view shown, std::int64_t now) {
  const Rows rows =
      TRY(database_.run("DELETE FROM sign_in_link WHERE hash = $1 AND expires > $2 AND expires <= $3 RETURNING member",
                        {hash_of_token(shown), now, now + link_lasts + clocks_differ}));
  if (rows.empty()) return std::nullopt;
  TRY(database_.run("DELETE FROM sign_in_link WHERE member = $1", {text_at(rows[0], 0)}));
  return text_at(rows[0], 0);
}

Result<Token> SignIn::begin_visit(std::string_view session, std::int64_t now, secret::Random& random) {
  Token token = Token::make(random);
  TRY(database_.run("INSERT INTO provider_visit (hash, previous, expires) VALUES ($1, $2, $3)",
                    {token.hash(), hash_of_token(session), now + visit_lasts}));
  return token;
}

Result<bool> SignIn::end_visit(std::string_view shown, std::int64_t now) {
  const Rows rows = TRY(
      database_.run("DELETE FROM provider_visit WHERE hash = $1 AND expires > $2 AND expires <= $3 RETURNING previous",
                    {hash_of_token(shown), now, now + visit_lasts + clocks_differ}));
  if (rows.empty()) return false;
  TRY(database_.run("DELETE FROM session WHERE hash = $1", {std::get<Bytes>(rows[0][0])}));
  return true;
}

Result<Token> SignIn::begin(const Session& session, std::int64_t now, secret::Random& random) {
  Token token = Token::make(random);
  TRY(database_.run("INSERT INTO session (hash, member, began, used, second_factor) VALUES ($1, $2, $3, $4, $5)",
                    {token.hash(), session.member, session.began, now, session.second_factor}));
  return token;
}

Result<std::optional<Session>> SignIn::find(std::string_view shown, std::int64_t now) {
  const Bytes hash = hash_of_token(shown);
  const Rows rows =
      TRY(database_.run("SELECT member, second_factor, began, used FROM session WHERE hash = $1 AND began > $2 AND "
                        "used > $3 AND used <= $4",
                        {hash, now - session_lasts, now - session_idles, now + clocks_differ}));
  if (rows.empty()) return std::nullopt;
  if (number_at(rows[0], 3) + note_use_every <= now) {
    TRY(database_.run("UPDATE session SET used = $1 WHERE hash = $2", {now, hash}));
  }
  return Session{text_at(rows[0], 0), number_at(rows[0], 1), number_at(rows[0], 2)};
}

Status SignIn::end(std::string_view shown) {
  TRY(database_.run("DELETE FROM session WHERE hash = $1", {hash_of_token(shown)}));
  return {};
}

Status SignIn::end_all(const std::string& member) {
  TRY(database_.run("DELETE FROM session WHERE member = $1", {member}));
  return {};
}

Status SignIn::forget(std::int64_t now) {
  TRY(database_.run("DELETE FROM sign_in_link WHERE expires <= $1 OR expires > $2",
                    {now, now + link_lasts + clocks_differ}));
  TRY(database_.run("DELETE FROM provider_visit WHERE expires <= $1 OR expires > $2",
                    {now, now + visit_lasts + clocks_differ}));
  TRY(database_.run("DELETE FROM session WHERE began <= $1 OR used <= $2 OR used > $3",
                    {now - session_lasts, now - session_idles, now + clocks_differ}));
  return {};
}

}  // namespace folkmoot::account
