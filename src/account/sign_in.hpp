// Signing in: somebody asks for a link to an address; a link is made for the member, and shown again within a quarter
// of an hour; that gives a session. All secrets are kept as hashes. Times are seconds since 1970.
#pragma once

#include <optional>

#include "account/token.hpp"
#include "database/database.hpp"

namespace folkmoot::account {

// How long things are good for, in seconds.
inline constexpr std::int64_t link_lasts = 15 * 60;
inline constexpr std::int64_t visit_lasts = 15 * 60;      // at a provider (oidc.hpp)
inline constexpr std::int64_t session_idles = 60 * 60;    // unused
inline constexpr std::int64_t session_lasts = 12 * 3600;  // at all
// By which the clocks of two nodes may differ. What comes from further ahead was made before a clock was set back, and
// would last too long: it is good no more.
inline constexpr std::int64_t clocks_differ = 5 * 60;

struct Asked {
  std::string email;
  std::string language;  // in which to answer; empty: the member's own
  std::int64_t time = 0;
};

struct Session {
  std::string member;              // reference
  std::int64_t second_factor = 0;  // when one was shown in this session; 0: none was
  std::int64_t began = 0;
};

// Every function can fail as the database can.
class SignIn {
 public:
  explicit SignIn(database::Database& database) : database_(database) {}

  // Notes that somebody asked; nothing depends on whether anybody has that address. It is forgotten once answered.
  Status ask(const Asked& asked, secret::Random& random);
  // Up to `count` of the requests, the oldest first, which are then no longer there; within a transaction with what is
  // done about them.
  Result<std::vector<Asked>> take_asked(std::size_t count);

  // A link for the member.
  Result<Token> make_link(const std::string& member, std::int64_t now, secret::Random& random);
  // The member of a link that is shown; nothing if it is none, or no longer. It is used up, and so are the member's
  // other links.
  Result<std::optional<std::string>> use_link(std::string_view shown, std::int64_t now);

  // A token for a browser that is sent to a provider; `session`: what it shows as the token of a session, if anything.
  Result<Token> begin_visit(std::string_view session, std::int64_t now, secret::Random& random);
  // Whether that token's browser is at the provider. It is no longer, and the session that it had has ended: nobody who
  // comes back from elsewhere can show it.
  Result<bool> end_visit(std::string_view shown, std::int64_t now);

  // A new session, or one that continues another from when that began: under a token that nobody has seen.
  Result<Token> begin(const Session& session, std::int64_t now, secret::Random& random);
  // The session of a token that is shown, unless it has ended. It is in use from now.
  Result<std::optional<Session>> find(std::string_view shown, std::int64_t now);
  Status end(std::string_view shown);
  // Of a member, all.
  Status end_all(const std::string& member);

  // Forgets links, visits and sessions that have ended.
  Status forget(std::int64_t now);

 private:
  database::Database& database_;
};

}  // namespace folkmoot::account
