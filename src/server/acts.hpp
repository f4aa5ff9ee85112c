// Acts over HTTP: what people do with the charter's authority, each for themselves.
//
//   GET    /api/v1/acts                 every act that there is, with its fields: what forms are made of
//   POST   /api/v1/acts/consider        {"request"}: what would become of it; changes nothing
//   POST   /api/v1/acts                 {"request","signatures","texts"}: does it
//   GET    /api/v1/awaiting             requests that wait for a second person: mine, and those that wait for me
//   POST   /api/v1/awaiting             {"request","signatures","texts"}: one more
//   DELETE /api/v1/awaiting/{id}
//   GET    /api/v1/receipts/{number}    of an act (c2sp.org/tlog-proof)
//   GET    /api/v1/me                   what concerns me
//   GET    /api/v1/members?name=…       members by a part of their names, for those who act in an office
//
// The two that do something take a key of the page's own making (Idempotency-Key, draft-ietf-httpapi-idempotency-key-
// header): what has been done under it within a day is not done again, and answered as it was; what waits has waited.
//
// What the charter refuses comes back with its rule (409, "refused"); what nobody may ask for as they do, before the
// charter is asked (403: powers.hpp). Who asks for very much is told to wait (429): the ledger is public, and for ever.
#pragma once

#include "account/limiter.hpp"
#include "server/caller.hpp"
#include "service/awaiting.hpp"
#include "service/clerk.hpp"

namespace folkmoot::server {

class ActCalls {
 public:
  // The uuid of the election with that fingerprint (in hexadecimal); empty if its record is not here.
  using Uuid = std::function<std::string(const std::string& fingerprint)>;
  // All of them outlive this. `database`: its URL.
  ActCalls(service::Clerk& clerk, service::Accounts& accounts, const std::string& database, Uuid uuid,
           secret::Random& random)
      : clerk_(clerk),
        door_(accounts, [&clerk] { return clerk.now().seconds; }),
        connection_(database),
        uuid_(std::move(uuid)),
        random_(random) {}

  // Answers requests to these paths, and nothing to others. From any thread.
  std::optional<Response> answer(const Request& request);

  // "GET /api/v1/acts", and so on, with {} for what varies.
  static std::vector<std::string> routes();

 private:
  struct Route;
  static const std::vector<Route>& table();

  Response consider(const Caller& caller, const Request& request);
  Response submit(const Caller& caller, const Request& request);
  Response awaiting(const Caller& caller);
  Response await_second(const Caller& caller, const Request& request);
  Response forget_awaiting(const Caller& caller, std::string_view id);
  Response receipt(std::string_view number);
  Response me(const Caller& caller);
  Response members(const Caller& caller, std::string_view query);

  // What keeps the caller from handing that in.
  std::optional<Response> barred(const Caller& caller, const audit::SignedRequest& request);
  // What keeps the caller from handing that in now: it would be entered, as an act or as a refusal, and much of theirs
  // has been of late. Acts in an office have no limit: whoever holds it has signed them.
  std::optional<Response> too_often(const Caller& caller, const service::Clerk::Asked& asked);

  service::Clerk& clerk_;
  Door door_;
  service::Connection connection_;
  Uuid uuid_;
  secret::Random& random_;
  // By member: so many at once, and one more every so many seconds.
  account::Limiter considering_{120, 1, random_};
  account::Limiter acting_{100, 20, random_};   // in no office, or for a second person to sign
  account::Limiter refusals_{10, 60, random_};  // that are recorded
};

}  // namespace folkmoot::server
