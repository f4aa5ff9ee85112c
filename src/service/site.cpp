#include "service/site.hpp"

#include <algorithm>

#include "account/url.hpp"

namespace folkmoot::service {
namespace {

using account::host_of;
using account::is_here;

Status check_site(std::string_view url) {
  const bool secure = url.starts_with("https://");
  const bool here = url.starts_with("http://") && is_here(host_of(url));
  const std::string_view rest = url.substr(std::min(url.find("://") + 3, url.size()));
  // As browsers write an origin: in lower case, and nothing after the port.
  const bool plain = !rest.empty() && std::ranges::all_of(rest, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
           std::string_view(".-:[]").find(c) != std::string_view::npos;
  });
  if ((!secure && !here) || !plain) {
    return fail("site: {}: expected https:// and a host in lower case, as https://vote.members.example", url);
  }
  return {};
}

fs::path private_file(const fs::path& folder, const char* name) { return folder / "private" / name; }

Result<std::string> read_line(const fs::path& file) {
  const secret::SecretText text = TRY(read_secret(file));
  return std::string(text.view().substr(0, text.view().find_first_of("\r\n")));
}

}  // namespace

Result<Site> site_of(const Settings& settings, const std::string& organisation, const std::string& url) {
  if (!settings.site.empty()) TRY(check_site(settings.site));
  if (!settings.mail.empty() && settings.mail_from.empty())
    return fail("mail_from: with a server, mails need a sender");
  const std::string sender = settings.mail_from.empty() ? "folkmoot@localhost" : settings.mail_from;
  TRY(in("mail_from", mail::check_address(sender)));
  return Site{organisation, settings.site.empty() ? url : settings.site, {organisation, sender}};
}

Result<std::unique_ptr<mail::Transport>> transport_of(const fs::path& folder, const Settings& settings) {
  if (settings.mail.empty()) return mail::into_folder(private_file(folder, "outbox"));
  if (!settings.mail.starts_with("smtp://") && !settings.mail.starts_with("smtps://")) {
    return fail("mail: {}: expected smtp:// or smtps:// and a server", settings.mail);
  }
  mail::SmtpServer server;
  server.url = settings.mail;
  server.require_tls = !is_here(host_of(settings.mail));
  if (!settings.mail_user.empty()) {
    server.user = settings.mail_user;
    server.password = TRY(read_line(private_file(folder, "mail.password")));
  }
  return mail::over_smtp(std::move(server));
}

Result<std::unique_ptr<Provider>> provider_of(const fs::path& folder, const Settings& settings, const Site& site) {
  if (settings.oidc.empty()) return nullptr;
  TRY(in("oidc", account::check_provider_url(settings.oidc)));
  if (settings.oidc_client.empty()) return fail("oidc_client: a provider needs to know whose members it is asked for");
  account::OidcClient client;
  client.issuer = settings.oidc;
  client.id = settings.oidc_client;
  const fs::path file = private_file(folder, "oidc.secret");
  const secret::SecretText text = TRY(read_secret(file));
  client.secret = secret::SecretText(text.view().substr(0, text.view().find_first_of("\r\n")));
  if (client.secret.view().empty()) return fail("{}: empty", file.string());
  client.redirect_uri = site.url + std::string(oidc_return);
  client.claim = settings.oidc_claim.empty() ? "email" : settings.oidc_claim;
  std::string name = settings.oidc_name.empty() ? std::string(host_of(settings.oidc)) : settings.oidc_name;
  return std::make_unique<Provider>(std::move(client), std::move(name));
}

Result<account::SealingKey> sealing_key(const fs::path& folder, secret::Random& random) {
  const fs::path file = private_file(folder, "accounts.key");
  if (!fs::exists(file)) {
    const secret::SecretText made = account::SealingKey::make(random);
    TRY(write_secret(file, made.view()));
  }
  const secret::SecretText key = TRY(read_secret(file));
  return in(file.string(), account::SealingKey::parse(key.view().substr(0, key.view().find_first_of("\r\n"))));
}

}  // namespace folkmoot::service
