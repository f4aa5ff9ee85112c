#include "service/provider.hpp"

#include <algorithm>

namespace folkmoot::service {
namespace {

constexpr std::ptrdiff_t at_once = 8;                           // threads that wait for the provider
constexpr std::size_t longest_answer = std::size_t{256} << 10;  // bytes
constexpr std::int64_t keep = 3600, ask_again = 60;             // seconds

// Whether that long ago; also if it is in the future, because a clock was set back.
bool is_past(std::int64_t since, std::int64_t seconds, std::int64_t now) {
  return now < since || now - since >= seconds;
}

}  // namespace

// One of the places of those who wait; it may not be there.
class Provider::Place {
 public:
  explicit Place(std::counting_semaphore<>& places) : places_(places), taken_(places.try_acquire()) {}
  Place(const Place&) = delete;
  Place& operator=(const Place&) = delete;
  ~Place() {
    if (taken_) places_.release();
  }
  [[nodiscard]] Status taken() const {
    if (!taken_) return fail("{} others wait for the provider already", at_once);
    return {};
  }

 private:
  std::counting_semaphore<>& places_;
  bool taken_;
};

Provider::Provider(account::OidcClient client, std::string name, store::Patience patience)
    : client_(std::move(client)), name_(std::move(name)), patience_(patience), places_(at_once) {}

Result<std::string> Provider::get(const std::string& url) const {
  const store::HttpClient::Request request{url, std::nullopt, longest_answer};
  auto [status, type, body] = TRY(store::HttpClient(patience_).ask(request));
  if (status != 200) return fail("{}: the provider answers {}", url, status);
  return std::move(body);
}

Result<std::vector<account::Jwk>> Provider::fetch_keys(const std::string& url) const {
  const std::string text = TRY(get(url));
  return in(url, account::read_jwks(text));
}

Result<Provider::Shared> Provider::known(std::int64_t now) {
  {
    const std::lock_guard lock(mutex_);
    if (known_ && !is_past(known_->since, keep, now)) return known_;
  }
  const std::string url = account::configuration_url(client_.issuer);
  const std::string text = TRY(get(url));
  auto fetched = std::make_shared<Known>();
  fetched->metadata = TRY(in(url, account::read_provider_metadata(text, client_.issuer)));
  fetched->keys = TRY(fetch_keys(fetched->metadata.jwks_uri));
  fetched->since = now;
  const std::lock_guard lock(mutex_);
  known_ = std::move(fetched);
  keys_asked_ = 0;
  return known_;
}

Result<Provider::Shared> Provider::renewed(const Shared& before, std::int64_t now) {
  {
    const std::lock_guard lock(mutex_);
    if (!is_past(keys_asked_, ask_again, now)) return known_;
    keys_asked_ = now;
  }
  auto fetched = std::make_shared<Known>(*before);
  fetched->keys = TRY(fetch_keys(before->metadata.jwks_uri));
  const std::lock_guard lock(mutex_);
  known_ = std::move(fetched);
  return known_;
}

Result<std::string> Provider::authorization_url(const account::OidcSecrets& secrets, std::int64_t now) {
  const Place place(places_);
  TRY(place.taken());
  const Shared its = TRY(known(now));
  return account::authorization_url(its->metadata, client_, secrets);
}

Answer<account::Identity> Provider::identify(const Returned& returned, const account::OidcSecrets& secrets,
                                             std::int64_t now) {
  using Refused = Result<account::Identity>;
  const Place place(places_);
  TRY(place.taken());
  const Shared its = TRY(known(now));
  const Status right = account::check_answering_issuer(its->metadata, returned.issuer);
  if (!right) return Refused(Failure(right.error()));
  const std::string& url = its->metadata.token_endpoint;
  const secret::SecretText authorization = account::client_authorization(client_);
  const store::HttpClient::Request request{url, account::token_request(client_, returned.code, secrets), longest_answer,
                                           "application/x-www-form-urlencoded", authorization.view()};
  const auto [status, type, body] = TRY(store::HttpClient(patience_).ask(request));
  if (status >= 500) return fail("{}: the provider answers {}", url, status);
  if (status != 200) return Refused(fail("{}: the provider answers {}", url, status));
  const auto id_token = account::read_token_answer(body);
  if (!id_token) return Refused(Failure(id_token.error().in(url)));
  return check(*id_token, its, secrets.nonce, now);
}

Result<account::Identity> Provider::check(const std::string& id_token, Shared its, std::string_view nonce,
                                          std::int64_t now) {
  const account::Jws jws = TRY(in("ID token", account::read_jws(id_token)));
  const account::Jwk* key = account::key_of(jws, its->keys);
  if (key == nullptr) {
    its = TRY(renewed(its, now));
    key = account::key_of(jws, its->keys);
  }
  if (key == nullptr) return fail("ID token: signed with a key that the provider does not have");
  if (!account::verify(jws, *key)) return fail("ID token: the signature is not of that key");
  return in("ID token", account::read_id_token(jws.payload, client_, nonce, now));
}

}  // namespace folkmoot::service
