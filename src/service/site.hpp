// An organisation's web site: its name and URL, how it sends mail, and the key under which it keeps secrets. As
// settings.toml says (settings.hpp), or as needs no configuration.
#pragma once

#include "account/sealing.hpp"
#include "mail/message.hpp"
#include "mail/transport.hpp"
#include "service/provider.hpp"
#include "service/settings.hpp"

namespace folkmoot::service {

struct Site {
  std::string organisation;  // its name
  std::string url;           // as people open it, without a slash at its end: "https://vote.members.example"
  mail::Mailbox sender;
};

// The site; at `url` if the settings do not say where. Fails if they give a URL that is not https:, a host and perhaps
// a port (http: is for this machine only: "localhost", "127.0.0.1"), a sender that is no address, or a server without a
// sender.
Result<Site> site_of(const Settings& settings, const std::string& organisation, const std::string& url);

// Where its mails go: to the server of the settings, with TLS unless the server is on this machine, or into
// private/outbox. Fails if there is a user and no password in private/mail.password.
Result<std::unique_ptr<mail::Transport>> transport_of(const fs::path& folder, const Settings& settings);

// The provider at which members sign in, with the client's secret in private/oidc.secret; null if the settings name
// none. Nobody is asked yet. Fails if what is needed is missing, or the provider's URL is not https: and a host.
Result<std::unique_ptr<Provider>> provider_of(const fs::path& folder, const Settings& settings, const Site& site);

// The key in private/accounts.key, which is made if it is not there. Several nodes need the same.
Result<account::SealingKey> sealing_key(const fs::path& folder, secret::Random& random);

}  // namespace folkmoot::service
