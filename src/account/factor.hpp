// The second factors of members: what they show besides a link to their mail. A member has at most one app of passwords
// of a moment, and any number of passkeys. Times are seconds since 1970.
#pragma once

#include <optional>

#include "account/sealing.hpp"
#include "account/webauthn.hpp"
#include "database/database.hpp"

namespace folkmoot::account {

struct Factor {
  Bytes id;
  std::string kind;  // "totp" or "passkey"
  std::int64_t added = 0;
};

// What a challenge was given out for.
enum class Purpose { add, show };

// Every function can fail as the database can. Whoever calls it limits how often somebody may try.
class Factors {
 public:
  // `key` outlives this: the secrets of apps are sealed under it.
  Factors(database::Database& database, const SealingKey& key) : database_(database), key_(key) {}

  // Those that count, the oldest first.
  Result<std::vector<Factor>> of(const std::string& member);
  // Whether the member had it, who has it no more.
  Result<bool> remove(const std::string& member, const Bytes& id);

  // A new secret of 160 bits for an app, which counts once the app has shown a password. One that was offered before
  // and not confirmed is forgotten.
  Result<Bytes> offer_totp(const std::string& member, std::int64_t now, secret::Random& random);
  // Whether `shown` is the offered one's password now: then it counts, in the place of the app there was.
  Result<bool> confirm_totp(const std::string& member, std::string_view shown, std::int64_t now);
  // Whether `shown` is the app's password now, and has not been shown before.
  Result<bool> check_totp(const std::string& member, std::string_view shown, std::int64_t now);

  // A new challenge to the member, for five minutes and one use.
  Result<std::string> challenge(const std::string& member, Purpose purpose, std::int64_t now, secret::Random& random);
  // Uses it up. Whether it was one, to that member and for that.
  Result<bool> use_challenge(std::string_view shown, const std::string& member, Purpose purpose, std::int64_t now);

  // Whether it has been added: a credential of that ID may be there already, whoever's.
  Result<bool> add_passkey(const std::string& member, const Passkey& passkey, std::int64_t now);
  Result<std::optional<Passkey>> passkey(const std::string& member, const Bytes& credential);
  // Notes the new sign count. Whether it is still news: the same one may have been shown twice at the same time.
  Result<bool> count_up(const Passkey& passkey, std::uint32_t sign_count);

 private:
  struct App {
    Bytes id, secret;
    std::int64_t last_step = 0;
  };
  Result<std::optional<App>> app(const std::string& member, bool confirmed);
  Result<bool> use_step(const App& app, std::string_view shown, std::int64_t now);

  database::Database& database_;
  const SealingKey& key_;
};

// Forgets challenges and offers of apps that have had their time.
Status forget_offers(database::Database& database, std::int64_t now);

}  // namespace folkmoot::account
