// What an organisation's folder says of itself, in settings.toml.
#pragma once

#include <string>

#include "service/files.hpp"

namespace folkmoot::service {

struct Settings {
  std::string origin;    // of the ledger: a name that nobody else uses, as "ledger.members.example"
  std::string database;  // URL (database.hpp); empty: SQLite in the folder
  // Of its web site, all optional (docs/operate.md):
  std::string site = {};       // its URL, as people open it: "https://vote.members.example"
  std::string mail = {};       // URL of the SMTP server; empty: mails become files in private/outbox
  std::string mail_from = {};  // the address that mails come from
  std::string mail_user = {};  // for the server, with the password in private/mail.password
  // Of an OpenID provider at which members sign in, with the client's secret in private/oidc.secret:
  std::string oidc = {};         // its issuer URL; empty: there is none
  std::string oidc_client = {};  // the client's id there
  std::string oidc_claim = {};   // that says who somebody is: "email" unless given, or one with a member's number
  std::string oidc_name = {};    // of the provider, for people; its host unless given
  friend bool operator==(const Settings&, const Settings&) = default;
};

// Makes or reads the file in that folder. An unknown setting is an error.
Status write_settings(const fs::path& folder, const Settings& settings);
Result<Settings> read_settings(const fs::path& folder);

// Where that organisation's database is (database::open).
std::string database_url(const fs::path& folder, const Settings& settings);

}  // namespace folkmoot::service
