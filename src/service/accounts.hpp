// Members at their browsers: signing in with a link, a second factor for officers, which mails they want. The links
// themselves are made and sent by the post office (post_office.hpp).
//
// Whoever acts in an office shows a second factor first: a session says when one was shown. The first factor of a
// member is taken on trust in their mail, and they are told by mail of each that is added; to add or remove one when
// there is one already, it has to be shown.
#pragma once

#include "account/factor.hpp"
#include "account/limiter.hpp"
#include "account/oidc.hpp"
#include "account/sign_in.hpp"
#include "service/answer.hpp"
#include "service/people.hpp"
#include "service/post_office.hpp"

namespace folkmoot::service {

// A new session, and the token by which its cookie is known.
struct SignedIn {
  account::Token token;
  account::Session session;
};

// Everything is safe to be called by several threads. Times are seconds since 1970.
class Accounts {
 public:
  // `random` outlives this. `party` of the site's passkeys is the host of its URL.
  Accounts(const std::string& database, Site site, account::SealingKey key, secret::Random& random);

  [[nodiscard]] const Site& site() const { return site_; }

  // Asks for a link to be sent to whoever has that address, if anybody has. No more than three within a quarter of an
  // hour: what is more is dropped without a word.
  Status ask(const std::string& email, const std::string& language, std::int64_t now);
  // The session that a link gives. `previous`: the token of the one that it takes the place of, if any.
  Answer<SignedIn> sign_in(std::string_view link, std::string_view previous, std::int64_t now);
  // SignIn's, of a browser that is sent to the provider. `previous`: the token of the session that it shows, if any.
  Result<account::Token> begin_visit(std::string_view previous, std::int64_t now);
  Result<bool> end_visit(std::string_view token, std::int64_t now);
  // A session of the member who is meant, if it is one and no more.
  Answer<SignedIn> sign_in_as(const account::Identity& identity, std::int64_t now);
  // A session of somebody who has shown who it is in some other way, that began when it says, in the place of the one
  // of that token, if any.
  Answer<SignedIn> begin(const account::Session& session, std::string_view previous);
  Result<std::optional<account::Session>> session(std::string_view token, std::int64_t now);
  Status sign_out(std::string_view token);

  Result<std::optional<Person>> person(const std::string& member);
  Result<std::vector<mail::Delivered>> letters(const std::string& member);
  Result<bool> wants(const std::string& member, mail::Topic topic);
  Status choose(const std::string& member, mail::Topic topic, bool wanted);
  Result<bool> unsubscribe(const std::string& word);

  Result<std::vector<account::Factor>> factors(const std::string& member);
  Answer<bool> remove_factor(const account::Session& session, const Bytes& id);
  // The URI that an app is shown; the app counts once confirm_app has been given a password of it.
  Answer<std::string> offer_app(const account::Session& session, std::int64_t now);
  Answer<bool> confirm_app(const account::Session& session, std::string_view password, std::int64_t now);
  // A challenge to add a passkey, or to show one.
  Answer<std::string> challenge(const account::Session& session, account::Purpose purpose, std::int64_t now);
  Answer<bool> add_passkey(const account::Session& session, std::string_view client_data, ByteView attestation,
                           std::int64_t now);

  // The session, with a second factor, that takes the place of the one of that token.
  Answer<SignedIn> show_app(std::string_view token, const account::Session& session, std::string_view password,
                            std::int64_t now);
  struct Assertion {
    Bytes credential;
    std::string client_data;
    Bytes authenticator_data, signature;
  };
  Answer<SignedIn> show_passkey(std::string_view token, const account::Session& session, const Assertion& assertion,
                                std::int64_t now);

  // The host of the site's URL: the relying party's ID.
  [[nodiscard]] std::string party() const;

 private:
  Result<bool> may_change(account::Factors& factors, const account::Session& session);
  // What `change(Database&, Factors&)` gives, if the session may change its member's factors.
  template <class T, class Change>
  Answer<T> change(const account::Session& session, Change change);
  static Result<bool> use_challenge(account::Factors& factors, const account::Session& session,
                                    account::Purpose purpose, const Result<std::string>& challenge, std::int64_t now);
  Status tell_of_factor(database::Database& database, const std::string& member, std::int64_t now);
  Result<SignedIn> replace(database::Database& database, std::string_view token, account::Session session,
                           std::int64_t now);

  Connection connection_;
  Site site_;
  account::SealingKey key_;
  secret::Random& random_;
  account::Limiter asking_;    // by address
  account::Limiter guessing_;  // by member
};

}  // namespace folkmoot::service
