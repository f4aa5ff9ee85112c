#include "account/factor.hpp"

#include "account/token.hpp"
#include "account/totp.hpp"

namespace folkmoot::account {
namespace {

using database::Row;
using database::Rows;

constexpr std::int64_t challenge_lasts = 5 * 60, offer_lasts = 3600;
constexpr TotpHash totp_hash = TotpHash::sha1;  // the one that every app has
const std::string totp = "totp", passkey_kind = "passkey";

const std::string& text_at(const Row& row, std::size_t column) { return std::get<std::string>(row[column]); }
std::int64_t number_at(const Row& row, std::size_t column) { return std::get<std::int64_t>(row[column]); }
const Bytes& bytes_at(const Row& row, std::size_t column) { return std::get<Bytes>(row[column]); }

std::string text(Purpose purpose) { return purpose == Purpose::add ? "add" : "show"; }
std::string context_of(const std::string& member) { return "totp " + member; }

}  // namespace

Result<std::vector<Factor>> Factors::of(const std::string& member) {
  const Rows rows = TRY(database_.run(
      "SELECT id, kind, added FROM factor WHERE member = $1 AND confirmed = 1 ORDER BY added, id", {member}));
  std::vector<Factor> factors;
  for (const Row& row : rows) factors.push_back({bytes_at(row, 0), text_at(row, 1), number_at(row, 2)});
  return factors;
}

Result<bool> Factors::remove(const std::string& member, const Bytes& id) {
  const Rows rows = TRY(
      database_.run("DELETE FROM factor WHERE id = $1 AND member = $2 AND confirmed = 1 RETURNING id", {id, member}));
  return !rows.empty();
}

Result<Bytes> Factors::offer_totp(const std::string& member, std::int64_t now, secret::Random& random) {
  Bytes id(16), secret(20);
  random.fill(id);
  random.fill(secret);
  const Bytes sealed = key_.seal(secret, context_of(member), random);
  const auto replace = [&]() -> Status {
    TRY(database_.run("DELETE FROM factor WHERE member = $1 AND kind = $2 AND confirmed = 0", {member, totp}));
    TRY(database_.run(
        "INSERT INTO factor (id, member, kind, secret, counter, confirmed, added) VALUES ($1, $2, $3, $4, 0, 0, $5)",
        {id, member, totp, sealed, now}));
    return {};
  };
  TRY(database_.transact(replace));
  return secret;
}

Result<std::optional<Factors::App>> Factors::app(const std::string& member, bool confirmed) {
  const Rows rows =
      TRY(database_.run("SELECT id, secret, counter FROM factor WHERE member = $1 AND kind = $2 AND confirmed = $3",
                        {member, totp, std::int64_t{confirmed}}));
  if (rows.empty()) return std::nullopt;
  Bytes secret = TRY(in("app's secret", key_.open(bytes_at(rows[0], 1), context_of(member))));
  return App{bytes_at(rows[0], 0), std::move(secret), number_at(rows[0], 2)};
}

// Of two who show the same password at the same time, one finds the step taken.
Result<bool> Factors::use_step(const App& app, std::string_view shown, std::int64_t now) {
  const auto step = account::check_totp(totp_hash, app.secret, shown, now, app.last_step);
  if (!step) return false;
  const Rows rows = TRY(database_.run("UPDATE factor SET counter = $1 WHERE id = $2 AND counter < $3 RETURNING id",
                                      {*step, app.id, *step}));
  return !rows.empty();
}

Result<bool> Factors::confirm_totp(const std::string& member, std::string_view shown, std::int64_t now) {
  const auto offered = TRY(app(member, false));
  if (!offered || !TRY(use_step(*offered, shown, now))) return false;
  const auto replace = [&]() -> Status {
    TRY(database_.run("DELETE FROM factor WHERE member = $1 AND kind = $2 AND confirmed = 1", {member, totp}));
    TRY(database_.run("UPDATE factor SET confirmed = 1, added = $1 WHERE id = $2", {now, offered->id}));
    return {};
  };
  TRY(database_.transact(replace));
  return true;
}

Result<bool> Factors::check_totp(const std::string& member, std::string_view shown, std::int64_t now) {
  const auto confirmed = TRY(app(member, true));
  if (!confirmed) return false;
  return use_step(*confirmed, shown, now);
}

Result<std::string> Factors::challenge(const std::string& member, Purpose purpose, std::int64_t now,
                                       secret::Random& random) {
  const Token token = Token::make(random);
  TRY(database_.run("INSERT INTO challenge (hash, member, purpose, expires) VALUES ($1, $2, $3, $4)",
                    {token.hash(), member, text(purpose), now + challenge_lasts}));
  return std::string(token.view());
}

Result<bool> Factors::use_challenge(std::string_view shown, const std::string& member, Purpose purpose,
                                    std::int64_t now) {
  const Rows rows = TRY(database_.run(
      "DELETE FROM challenge WHERE hash = $1 AND member = $2 AND purpose = $3 AND expires > $4 RETURNING member",
      {hash_of_token(shown), member, text(purpose), now}));
  return !rows.empty();
}

Result<bool> Factors::add_passkey(const std::string& member, const Passkey& passkey, std::int64_t now) {
  const Rows rows = TRY(database_.run(
      "INSERT INTO factor (id, member, kind, secret, counter, confirmed, added) VALUES ($1, $2, $3, $4, $5, 1, $6) "
      "ON CONFLICT (id) DO NOTHING RETURNING id",
      {passkey.credential, member, passkey_kind, passkey.key.point, std::int64_t{passkey.sign_count}, now}));
  return !rows.empty();
}

Result<std::optional<Passkey>> Factors::passkey(const std::string& member, const Bytes& credential) {
  const Rows rows = TRY(database_.run("SELECT secret, counter FROM factor WHERE id = $1 AND member = $2 AND kind = $3",
                                      {credential, member, passkey_kind}));
  if (rows.empty()) return std::nullopt;
  CredentialKey key = TRY(key_of_point(bytes_at(rows[0], 0)));
  return Passkey{credential, std::move(key), static_cast<std::uint32_t>(number_at(rows[0], 1))};
}

Result<bool> Factors::count_up(const Passkey& passkey, std::uint32_t sign_count) {
  const Rows rows =
      TRY(database_.run("UPDATE factor SET counter = $1 WHERE id = $2 AND counter = $3 RETURNING id",
                        {std::int64_t{sign_count}, passkey.credential, std::int64_t{passkey.sign_count}}));
  return !rows.empty();
}

Status forget_offers(database::Database& database, std::int64_t now) {
  TRY(database.run("DELETE FROM challenge WHERE expires <= $1", {now}));
  TRY(database.run("DELETE FROM factor WHERE confirmed = 0 AND added <= $1", {now - offer_lasts}));
  return {};
}

}  // namespace folkmoot::account
