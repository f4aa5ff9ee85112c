// Who calls: a page of this site, for whoever is signed in.
#pragma once

#include "server/origin.hpp"
#include "server/problem.hpp"
#include "service/accounts.hpp"

namespace folkmoot::server {

struct Caller {
  std::string token;  // of the session
  account::Session session;
};

// For several threads.
class Door {
 public:
  // `accounts` outlives this. `clock`: seconds since 1970.
  Door(service::Accounts& accounts, std::function<std::int64_t()> clock)
      : accounts_(accounts), clock_(std::move(clock)), cookie_(accounts.site().url) {}

  // The answer to a request that changes something and that no page of this site made; nothing to others.
  [[nodiscard]] std::optional<Response> refuse_other_sites(const Request& request) const;
  // Whoever is signed in, of a request that a page of this site made if it changes something; or the answer to others.
  [[nodiscard]] tl::expected<Caller, Response> let_in(const Request& request) const;

 private:
  service::Accounts& accounts_;
  std::function<std::int64_t()> clock_;
  SessionCookie cookie_;
};

}  // namespace folkmoot::server
