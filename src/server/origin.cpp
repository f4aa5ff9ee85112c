#include "server/origin.hpp"

#include <algorithm>

#include "server/white_space.hpp"

namespace folkmoot::server {

bool is_from(std::string_view site, const Request& request) {
  const std::string_view fetch_site = request.header("sec-fetch-site");
  return fetch_site.empty() ? request.header("origin") == site : fetch_site == "same-origin";
}

std::string_view cookie(const Request& request, std::string_view name) {
  std::string_view rest = request.header("cookie");
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find(';'), rest.size());
    const std::string_view pair = trimmed(rest.substr(0, end));
    const std::size_t equals = std::min(pair.find('='), pair.size());
    if (pair.substr(0, equals) == name && equals < pair.size()) return pair.substr(equals + 1);
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return "";
}

SessionCookie::SessionCookie(std::string_view site, std::string_view suffix, std::string_view same_site)
    : secure_(site.starts_with("https://")),
      name_(fmt::format("{}folkmoot{}", secure_ ? "__Host-" : "", suffix)),
      same_site_(same_site) {}

void SessionCookie::write(Response& response, std::string_view token, std::string_view more) const {
  response.headers.emplace_back("Set-Cookie", fmt::format("{}={}; Path=/; HttpOnly; SameSite={}{}{}", name_, token,
                                                          same_site_, secure_ ? "; Secure" : "", more));
}

void SessionCookie::set(Response& response, std::string_view token) const { write(response, token, ""); }
void SessionCookie::clear(Response& response) const { write(response, "", "; Max-Age=0"); }

Request behind_proxy(Request request) {
  // Of several such headers the last: earlier ones are the client's own.
  for (const auto& [name, value] : request.headers) {
    if (name != "x-forwarded-for") continue;
    const std::string_view list = value;
    request.client = trimmed(list.substr(list.rfind(',') + 1));
  }
  return request;
}

}  // namespace folkmoot::server
