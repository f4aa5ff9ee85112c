#include "service/accounts.hpp"

#include "account/totp.hpp"

namespace folkmoot::service {
namespace {

using account::Factors;
using account::Session;
using account::SignIn;
using database::Database;

constexpr std::int64_t minute = 60;

// An address as its limit is kept: as the roll looks it up.
std::string folded(std::string email) {
  for (char& c : email) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return email;
}

// The reference of the one member whom a provider means. Families share addresses: that says nobody.
Result<std::optional<std::string>> find_member(Database& database, const account::Identity& identity) {
  People people(database);
  if (identity.by_email) {
    const std::vector<Person> all = TRY(people.by_email(identity.value));
    return all.size() == 1 ? std::optional(all.front().reference) : std::nullopt;
  }
  auto person = TRY(people.by_reference(identity.value));
  if (!person) person = TRY(people.by_id(identity.value));
  return person ? std::optional(person->reference) : std::nullopt;
}

}  // namespace

Accounts::Accounts(const std::string& database, Site site, account::SealingKey key, secret::Random& random)
    : connection_(database),
      site_(std::move(site)),
      key_(std::move(key)),
      random_(random),
      asking_(3, 5 * minute, random),
      guessing_(5, 5 * minute, random) {}

std::string Accounts::party() const {
  const std::string_view rest = std::string_view(site_.url).substr(site_.url.find("://") + 3);
  return std::string(rest.substr(0, rest.find(':')));
}

Status Accounts::ask(const std::string& email, const std::string& language, std::int64_t now) {
  if (!asking_.allow(folded(email), now)) return {};
  return connection_.with([&](Database& database) { return SignIn(database).ask({email, language, now}, random_); });
}

// The old token is dead, and the new one has been seen by nobody: a session that somebody else has planted, or
// overheard, does not become the member's.
Result<SignedIn> Accounts::replace(Database& database, std::string_view token, Session session, std::int64_t now) {
  SignIn sign_in(database);
  TRY(sign_in.end(token));
  account::Token fresh = TRY(sign_in.begin(session, now, random_));
  return SignedIn{std::move(fresh), std::move(session)};
}

Answer<SignedIn> Accounts::sign_in(std::string_view link, std::string_view previous, std::int64_t now) {
  return connection_.with([&](Database& database) -> Answer<SignedIn> {
    const auto member = TRY(SignIn(database).use_link(link, now));
    if (!member) return Result<SignedIn>(fail("the link has been used, or its time is over: ask for another"));
    SignedIn signed_in = TRY(replace(database, previous, {*member, 0, now}, now));
    return Result<SignedIn>(std::move(signed_in));
  });
}

Result<account::Token> Accounts::begin_visit(std::string_view previous, std::int64_t now) {
  return connection_.with([&](Database& database) { return SignIn(database).begin_visit(previous, now, random_); });
}

Result<bool> Accounts::end_visit(std::string_view token, std::int64_t now) {
  return connection_.with([&](Database& database) { return SignIn(database).end_visit(token, now); });
}

Answer<SignedIn> Accounts::sign_in_as(const account::Identity& identity, std::int64_t now) {
  return connection_.with([&](Database& database) -> Answer<SignedIn> {
    const auto member = TRY(find_member(database, identity));
    if (!member) return Result<SignedIn>(fail("whom the provider names is not a member, or more than one"));
    SignedIn signed_in = TRY(replace(database, "", {*member, 0, now}, now));
    return Result<SignedIn>(std::move(signed_in));
  });
}

Answer<SignedIn> Accounts::begin(const Session& session, std::string_view previous) {
  return connection_.with([&](Database& database) -> Answer<SignedIn> {
    SignedIn signed_in = TRY(replace(database, previous, session, session.began));
    return Result<SignedIn>(std::move(signed_in));
  });
}

Result<std::optional<Session>> Accounts::session(std::string_view token, std::int64_t now) {
  return connection_.with([&](Database& database) { return SignIn(database).find(token, now); });
}

Status Accounts::sign_out(std::string_view token) {
  return connection_.with([&](Database& database) { return SignIn(database).end(token); });
}

Result<std::optional<Person>> Accounts::person(const std::string& member) {
  return connection_.with([&](Database& database) { return People(database).by_reference(member); });
}

Result<std::vector<mail::Delivered>> Accounts::letters(const std::string& member) {
  return connection_.with([&](Database& database) { return mail::Outbox(database).letters_to(member); });
}

Result<bool> Accounts::wants(const std::string& member, mail::Topic topic) {
  return connection_.with([&](Database& database) { return mail::Outbox(database).wants(member, topic); });
}

Status Accounts::choose(const std::string& member, mail::Topic topic, bool wanted) {
  return connection_.with([&](Database& database) { return mail::Outbox(database).choose(member, topic, wanted); });
}

Result<bool> Accounts::unsubscribe(const std::string& word) {
  return connection_.with([&](Database& database) { return mail::Outbox(database).unsubscribe(word); });
}

Result<std::vector<account::Factor>> Accounts::factors(const std::string& member) {
  return connection_.with([&](Database& database) { return Factors(database, key_).of(member); });
}

Result<bool> Accounts::may_change(Factors& factors, const Session& session) {
  if (session.second_factor != 0) return true;
  return TRY(factors.of(session.member)).empty();
}

Status Accounts::tell_of_factor(Database& database, const std::string& member, std::int64_t now) {
  mail::Letter letter = letter_to(member, "second-factor", mail::Topic::account, now, days_of_trying, random_);
  letter.values["time"] = charter::text(charter::Time{now});
  return mail::Outbox(database).put({&letter, 1});
}

template <class T, class Change>
Answer<T> Accounts::change(const Session& session, Change change) {
  return connection_.with([&](Database& database) -> Answer<T> {
    Factors factors(database, key_);
    if (!TRY(may_change(factors, session))) return Result<T>(fail("show your second factor first"));
    return change(database, factors);
  });
}

Answer<bool> Accounts::remove_factor(const Session& session, const Bytes& id) {
  return change<bool>(session, [&](Database&, Factors& factors) -> Answer<bool> {
    return Result<bool>(TRY(factors.remove(session.member, id)));
  });
}

Answer<std::string> Accounts::offer_app(const Session& session, std::int64_t now) {
  return change<std::string>(session, [&](Database& database, Factors& factors) -> Answer<std::string> {
    const auto person = TRY(People(database).by_reference(session.member));
    const Bytes secret = TRY(factors.offer_totp(session.member, now, random_));
    return Result<std::string>(account::otpauth_uri(account::TotpHash::sha1, secret, site_.organisation,
                                                    person ? person->email : session.member));
  });
}

Answer<bool> Accounts::confirm_app(const Session& session, std::string_view password, std::int64_t now) {
  if (!guessing_.allow(session.member, now)) return Result<bool>(fail("too many tries: wait some minutes"));
  return change<bool>(session, [&](Database& database, Factors& factors) -> Answer<bool> {
    const bool confirmed = TRY(factors.confirm_totp(session.member, password, now));
    if (!confirmed) return Result<bool>(fail("that is not the app's password now"));
    TRY(tell_of_factor(database, session.member, now));
    return Result<bool>(true);
  });
}

Answer<std::string> Accounts::challenge(const Session& session, account::Purpose purpose, std::int64_t now) {
  const auto give = [&](Database&, Factors& factors) -> Answer<std::string> {
    return Result<std::string>(TRY(factors.challenge(session.member, purpose, now, random_)));
  };
  if (purpose == account::Purpose::add) return change<std::string>(session, give);
  return connection_.with([&](Database& database) {
    Factors factors(database, key_);
    return give(database, factors);
  });
}

Result<bool> Accounts::use_challenge(Factors& factors, const Session& session, account::Purpose purpose,
                                     const Result<std::string>& challenge, std::int64_t now) {
  if (!challenge) return false;
  return factors.use_challenge(*challenge, session.member, purpose, now);
}

Answer<bool> Accounts::add_passkey(const Session& session, std::string_view client_data, ByteView attestation,
                                   std::int64_t now) {
  return change<bool>(session, [&](Database& database, Factors& factors) -> Answer<bool> {
    const auto challenge = account::challenge_of(client_data);
    if (!TRY(use_challenge(factors, session, account::Purpose::add, challenge, now))) {
      return Result<bool>(fail("the challenge is not one that was given out now: begin again"));
    }
    const auto passkey = account::register_passkey({site_.url, party(), *challenge}, client_data, attestation);
    if (!passkey) return Result<bool>(Failure(passkey.error()));
    if (!TRY(factors.add_passkey(session.member, *passkey, now))) {
      return Result<bool>(fail("that passkey has been added already"));
    }
    TRY(tell_of_factor(database, session.member, now));
    return Result<bool>(true);
  });
}

Answer<SignedIn> Accounts::show_app(std::string_view token, const Session& session, std::string_view password,
                                    std::int64_t now) {
  if (!guessing_.allow(session.member, now)) return Result<SignedIn>(fail("too many tries: wait some minutes"));
  return connection_.with([&](Database& database) -> Answer<SignedIn> {
    Factors factors(database, key_);
    if (!TRY(factors.check_totp(session.member, password, now))) {
      return Result<SignedIn>(fail("that is not the app's password now, or it has been used"));
    }
    SignedIn signed_in = TRY(replace(database, token, {session.member, now, session.began}, now));
    return Result<SignedIn>(std::move(signed_in));
  });
}

Answer<SignedIn> Accounts::show_passkey(std::string_view token, const Session& session, const Assertion& assertion,
                                        std::int64_t now) {
  return connection_.with([&](Database& database) -> Answer<SignedIn> {
    Factors factors(database, key_);
    const auto challenge = account::challenge_of(assertion.client_data);
    if (!TRY(use_challenge(factors, session, account::Purpose::show, challenge, now))) {
      return Result<SignedIn>(fail("the challenge is not one that was given out now: begin again"));
    }
    const auto passkey = TRY(factors.passkey(session.member, assertion.credential));
    if (!passkey) return Result<SignedIn>(fail("that is none of your passkeys"));
    const auto count = account::check_passkey({site_.url, party(), *challenge}, *passkey, assertion.client_data,
                                              assertion.authenticator_data, assertion.signature);
    if (!count) return Result<SignedIn>(Failure(count.error()));
    if (!TRY(factors.count_up(*passkey, *count))) return Result<SignedIn>(fail("the passkey has been shown meanwhile"));
    SignedIn signed_in = TRY(replace(database, token, {session.member, now, session.began}, now));
    return Result<SignedIn>(std::move(signed_in));
  });
}

}  // namespace folkmoot::service
