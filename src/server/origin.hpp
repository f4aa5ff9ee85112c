// Where a request comes from. A browser sends cookies, and may be made to send requests, on behalf of other sites.
#pragma once

#include "server/http.hpp"

namespace folkmoot::server {

// Whether the request is one that a page of this site made ("https://vote.members.example", without a path), as the
// browser says: by Sec-Fetch-Site (W3C Fetch Metadata), or, from browsers that do not send that, by Origin (Fetch,
// section 3.2). A request with neither does not come from a page.
bool is_from(std::string_view site, const Request& request);

// The value of that cookie (RFC 6265 section 5.4), the first if there are several; empty if there is none.
std::string_view cookie(const Request& request, std::string_view name);

// The cookie of a session. Over https it is called __Host-folkmoot and is Secure, so that nobody else can set it: no
// other host of the domain, and nobody on the way. At an http: site, which is for one's own machine only, it is called
// folkmoot and is not. Either way scripts do not see it (HttpOnly), and no other site's requests or links carry it
// (SameSite=Strict).
class SessionCookie {
 public:
  explicit SessionCookie(std::string_view site) : SessionCookie(site, "", "Strict") {}
  [[nodiscard]] std::string_view read(const Request& request) const { return cookie(request, name_); }
  void set(Response& response, std::string_view token) const;
  void clear(Response& response) const;

 protected:
  SessionCookie(std::string_view site, std::string_view suffix, std::string_view same_site);

 private:
  void write(Response& response, std::string_view token, std::string_view more) const;
  bool secure_;
  std::string name_, same_site_;
};

// The same for a browser that is at a provider (oidc.cpp), for as long as it has a window open: with -visit after its
// name, and carried by another site's links, as the provider's is that leads back (SameSite=Lax).
class VisitCookie : public SessionCookie {
 public:
  explicit VisitCookie(std::string_view site) : SessionCookie(site, "-visit", "Lax") {}
};

// The request as if it came from the client that the proxy before this server names last in X-Forwarded-For. Only for a
// server that nobody but its proxy can reach.
Request behind_proxy(Request request);

}  // namespace folkmoot::server
