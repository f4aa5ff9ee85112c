// The OpenID provider at which members may sign in: what account/oidc.hpp says is asked there, over https, with limits
// of time and size. Its configuration and its keys are kept for an hour; a token by a key that is not among them has
// the keys fetched again, once a minute at most (OpenID Connect Core 1.0, section 10.1.1).
#pragma once

#include <memory>
#include <mutex>
#include <optional>
#include <semaphore>

#include "account/jose.hpp"
#include "account/oidc.hpp"
#include "service/answer.hpp"
#include "store/http_client.hpp"

namespace folkmoot::service {

// Where browsers come back to, on our site.
inline constexpr std::string_view oidc_return = "/api/v1/oidc/return";

// For several threads, of which it keeps a few at most waiting for the provider: others fail at once, so that a
// provider that does not answer does not keep the server from answering. Times are seconds since 1970.
class Provider {
 public:
  explicit Provider(account::OidcClient client, std::string name,
                    store::Patience patience = {std::chrono::seconds(5), std::chrono::seconds(10),
                                                std::chrono::seconds(5)});

  // For people.
  [[nodiscard]] const std::string& name() const { return name_; }

  // Where the browser of that visit is sent. Fails if the provider does not say where.
  Result<std::string> authorization_url(const account::OidcSecrets& secrets, std::int64_t now);

  // What the browser came back with.
  struct Returned {
    std::string code;
    std::string issuer;  // empty if it says none
  };
  // Who it is, by the ID token that the provider gives for the code. The outer error: the provider could not be asked.
  // The inner: it does not know the code, or the token is not one for this visit. Neither has anything of a token.
  Answer<account::Identity> identify(const Returned& returned, const account::OidcSecrets& secrets, std::int64_t now);

 private:
  // What the provider says of itself; it does not change.
  struct Known {
    account::ProviderMetadata metadata;
    std::vector<account::Jwk> keys;
    std::int64_t since = 0;
  };
  using Shared = std::shared_ptr<const Known>;
  class Place;

  Result<Shared> known(std::int64_t now);
  [[nodiscard]] Result<std::string> get(const std::string& url) const;
  Result<std::vector<account::Jwk>> fetch_keys(const std::string& url) const;
  // The same with the provider's keys of now; what is known already if they were fetched less than a minute ago.
  Result<Shared> renewed(const Shared& before, std::int64_t now);
  Result<account::Identity> check(const std::string& id_token, Shared its, std::string_view nonce, std::int64_t now);

  account::OidcClient client_;
  std::string name_;
  store::Patience patience_;
  std::counting_semaphore<> places_;
  std::mutex mutex_;  // of what follows
  Shared known_;
  std::int64_t keys_asked_ = 0;
};

}  // namespace folkmoot::service
