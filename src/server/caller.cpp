#include "server/caller.hpp"

#include "server/body.hpp"

namespace folkmoot::server {

std::optional<Response> Door::refuse_other_sites(const Request& request) const {
  const std::string& site = accounts_.site().url;
  if (request.method == "GET" || is_from(site, request)) return std::nullopt;
  return problem(403, "other-site", "From another site", fmt::format("this is done for the pages of {} only", site));
}

tl::expected<Caller, Response> Door::let_in(const Request& request) const {
  if (auto refused = refuse_other_sites(request)) return tl::unexpected(*std::move(refused));
  Caller caller;
  caller.token = cookie_.read(request);
  auto session = accounts_.session(caller.token, clock_());
  if (!session) return tl::unexpected(unavailable());
  if (!*session && caller.token.empty()) {
    return tl::unexpected(problem(401, "not-signed-in", "Not signed in", "sign in first"));
  }
  if (!*session) return tl::unexpected(problem(401, "session-expired", "Signed out", "you are no longer signed in"));
  caller.session = **std::move(session);
  return caller;
}

}  // namespace folkmoot::server
