// Signing in at the organisation's OpenID provider (accounts.hpp).
//
//   GET    /api/v1/sign-in        {"provider","example"}: its name, empty if there is none; is it all invented?
//   POST   /api/v1/oidc/start     {"url"}: where the browser goes, which is known from now on by a cookie
//   GET    /api/v1/oidc/return    where it comes back to
//
// The browser comes back because another site sent it, without the cookie of its session, which is SameSite=Strict; the
// one of its visit is Lax, so that it is there, on a top-level navigation. Neither call takes a place to go to:
// whatever came of it, the return leads to the page for signing in, and that knows where its own visitor wanted to be.
// So there is nothing that could lead to another site, and the new session's cookie is there on the page's next call.
#include "server/accounts.hpp"
#include "server/body.hpp"
#include "server/query.hpp"

namespace folkmoot::server {
namespace {

using service::Provider;

Response no_provider() { return problem(404, "not-found", "Not found", "nobody signs in at a provider here"); }

// What the page for signing in says then.
Response back_to_page(std::string_view outcome) {
  Response response = text_response(303, "");
  response.headers = {{"Location", fmt::format("/sign-in?provider={}", outcome)},
                      {"Cache-Control", "no-store"},
                      {"Referrer-Policy", "no-referrer"}};
  return response;
}

Result<Provider::Returned> read_return(std::string_view query) {
  auto code = TRY(query_field(query, "code"));
  auto issuer = TRY(query_field(query, "iss"));
  if (!code || code->empty()) return fail("the provider gave no code");
  return Provider::Returned{*std::move(code), std::move(issuer).value_or("")};
}

}  // namespace

Response AccountCalls::ways() const {
  json::Writer writer;
  writer.begin_object();
  writer.key("provider").string(needs_.provider ? needs_.provider->name() : "");
  writer.key("example").boolean(needs_.example).end_object();
  return json_response(200, writer.take());
}

Response AccountCalls::start_visit(const Request& request) {
  if (!needs_.provider) return no_provider();
  const std::int64_t now = needs_.clock();
  if (!asking_.allow(account::network_of(request.client), now))
    return too_many("wait a minute, and try again", asking_.interval());
  const auto visit = accounts_.begin_visit(cookie_.read(request), now);
  if (!visit) return unavailable();
  const auto url = needs_.provider->authorization_url(account::secrets_of_visit(visit->view()), now);
  if (!url) {
    needs_.tell(url.error().message);
    return unavailable();
  }
  json::Writer writer;
  writer.begin_object().key("url").string(*url).end_object();
  Response response = json_response(201, writer.take());
  visit_cookie_.set(response, visit->view());
  return response;
}

Response AccountCalls::end_visit(const Request& request) {
  if (!needs_.provider) return no_provider();
  const std::string_view token = visit_cookie_.read(request);
  const account::OidcSecrets secrets = account::secrets_of_visit(token);
  const auto state = query_field(request.query, "state");
  // Before anything else: another site can send the browser here as well, and must not end its visit by that.
  if (token.empty() || !state || *state != secrets.state) return back_to_page("refused");
  Response response = come_back(token, secrets, request);
  visit_cookie_.clear(response);
  return response;
}

Response AccountCalls::come_back(std::string_view token, const account::OidcSecrets& secrets, const Request& request) {
  const std::int64_t now = needs_.clock();
  const auto known = accounts_.end_visit(token, now);
  if (!known) return back_to_page("unavailable");
  const auto returned = read_return(request.query);
  if (!*known || !returned) return back_to_page("refused");
  const auto identity = needs_.provider->identify(*returned, secrets, now);
  if (!identity || !*identity) {
    needs_.tell(identity ? identity->error().message : identity.error().message);
    return back_to_page(identity ? "refused" : "unavailable");
  }
  const auto signed_in = accounts_.sign_in_as(**identity, now);
  if (!signed_in) return back_to_page("unavailable");
  if (!*signed_in) {
    needs_.tell(signed_in->error().message);
    return back_to_page("refused");
  }
  Response response = back_to_page("done");
  cookie_.set(response, (*signed_in)->token.view());
  return response;
}

}  // namespace folkmoot::server
