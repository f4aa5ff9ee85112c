#include "service/site.hpp"

#include <algorithm>

namespace folkmoot::service {
namespace {

// Of "scheme://host:port/…"; with the brackets of an IPv6 address.
std::string_view host_of(std::string_view url) {
  url.remove_prefix(std::min(url.find("://") + 3, url.size()));
  const std::string_view authority = url.substr(0, url.find_first_of("/?#"));
  return authority.substr(0, authority.starts_with('[') ? authority.find(']') + 1 : authority.find(':'));
}

bool is_here(std::string_view host) { return host == "localhost" || host == "127.0.0.1" || host == "[::1]"; }

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
