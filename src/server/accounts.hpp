// Members' accounts over HTTP. Every answer is JSON, and not to be kept by caches.
//
//   POST   /api/v1/sign-in                    {"email","language"}: asks for a link; the same answer whoever asks
//   POST   /api/v1/session                    {"token"}: signs in with a link's
//   GET    /api/v1/session                    who is signed in
//   DELETE /api/v1/session                    signs out
//   GET    /api/v1/letters                    which mails were sent to me, and whether they arrived
//   GET    /api/v1/preferences                which mails I want
//   PUT    /api/v1/preferences                {"notices"}
//   GET    /api/v1/unsubscribe/{word}         a page with a button, for people who open a mail's link
//   POST   /api/v1/unsubscribe/{word}         what that button and mail programs send (RFC 8058)
//
// and those of second factors (factors.cpp) and of a provider (oidc.cpp). What changes something is done for this
// site's own pages only (origin.hpp), but for the last, which nobody has to be signed in for.
#pragma once

#include "account/limiter.hpp"
#include "server/caller.hpp"
#include "service/provider.hpp"

namespace folkmoot::server {

class AccountCalls {
 public:
  struct Needs {
    std::function<std::int64_t()> clock;                                // seconds since 1970
    std::function<std::vector<std::string>(const std::string&)> posts;  // that the member holds
    std::function<void()> wake;                                         // the post office
    service::Provider* provider = nullptr;                              // at which members may sign in, if there is one
    std::function<void(std::string_view message)> tell = [](std::string_view) {};  // what it did wrong
    bool example = false;  // everybody is invented (example.hpp)
  };
  // `accounts` and the provider outlive this.
  AccountCalls(service::Accounts& accounts, Needs needs, secret::Random& random);

  // Answers requests to these paths, and nothing to others. From any thread.
  std::optional<Response> answer(const Request& request);

  // Signs the member in, who has shown who it is in some other way, with a second factor; whoever was signed in there
  // is no more.
  Response begin(const std::string& member, const Request& request);

  // "GET /api/v1/session", and so on: all of them, with {…} for what varies.
  static std::vector<std::string> routes();

 private:
  struct Route;
  static const std::vector<Route>& table();
  Response call(const Route& route, const Request& request, std::string_view rest);

  Response ask(const Request& request);
  Response sign_in(const Request& request);
  Response who(const Caller& caller);
  Response sign_out(const Caller& caller);
  Response letters(const Caller& caller);
  Response preferences(const Caller& caller);
  Response prefer(const Caller& caller, const Request& request);
  static Response unsubscribe_page();
  Response unsubscribe(std::string_view word);

  [[nodiscard]] Response ways() const;
  Response start_visit(const Request& request);
  Response end_visit(const Request& request);
  Response come_back(std::string_view token, const account::OidcSecrets& secrets, const Request& request);

  Response factors(const Caller& caller);
  Response remove_factor(const Caller& caller, std::string_view id);
  Response offer_app(const Caller& caller);
  Response confirm_app(const Caller& caller, const Request& request);
  Response show_app(const Caller& caller, const Request& request);
  Response passkey_to_add(const Caller& caller);
  Response add_passkey(const Caller& caller, const Request& request);
  Response passkey_to_show(const Caller& caller);
  Response show_passkey(const Caller& caller, const Request& request);

  // The session as JSON, and its cookie.
  Response signed_in(const service::Answer<service::SignedIn>& answer);
  Result<std::string> describe(const account::Session& session);

  service::Accounts& accounts_;
  Needs needs_;
  Door door_;
  SessionCookie cookie_;
  VisitCookie visit_cookie_;
  account::Limiter asking_;  // by network
};

}  // namespace folkmoot::server
