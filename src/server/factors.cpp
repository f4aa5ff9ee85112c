// Second factors over HTTP (accounts.hpp).
//
//   GET    /api/v1/factors                    those I have
//   DELETE /api/v1/factors/{id}
//   POST   /api/v1/app/offer                  a new secret for an app of passwords (TOTP), as a URI
//   POST   /api/v1/app                        {"password"}: the app has it, and counts from now
//   POST   /api/v1/session/app                {"password"}: shows it in this session
//   POST   /api/v1/passkey/challenge          what navigator.credentials.create() is called with
//   POST   /api/v1/passkey                    {"client_data","attestation"}: what it gave, in base64url
//   POST   /api/v1/session/passkey/challenge  what navigator.credentials.get() is called with
//   POST   /api/v1/session/passkey            {"credential","client_data","authenticator_data","signature"}
#include "account/token.hpp"
#include "server/accounts.hpp"
#include "server/body.hpp"

namespace folkmoot::server {
namespace {

using service::Answer;

Response refused(const Error& error) { return problem(403, "refused", "Refused", error.message); }

// What came of something that is either done or refused.
Response done(const Answer<bool>& answer, int status) {
  if (!answer) return unavailable();
  return *answer ? json_response(status, "{}") : refused(answer->error());
}

Result<Bytes> bytes_in(const Body& body, std::string_view name) {
  const std::string text = TRY(body.string(name));
  return in(name, account::from_base64url(text));
}

// What both calls of navigator.credentials need (W3C Web Authentication Level 2, sections 5.4 and 5.5).
void write_credentials(json::Writer& writer, std::string_view name, const std::vector<account::Factor>& factors) {
  writer.key(name).begin_array();
  for (const account::Factor& factor : factors) {
    if (factor.kind != "passkey") continue;
    writer.begin_object().key("type").string("public-key");
    writer.key("id").string(account::to_base64url(factor.id)).end_object();
  }
  writer.end_array();
}

constexpr std::int64_t timeout_ms = 5 * 60 * 1000;

}  // namespace

Response AccountCalls::factors(const Caller& caller) {
  const auto factors = accounts_.factors(caller.session.member);
  if (!factors) return unavailable();
  json::Writer writer;
  writer.begin_array();
  for (const account::Factor& factor : *factors) {
    writer.begin_object();
    writer.key("id").string(account::to_base64url(factor.id));
    writer.key("kind").string(factor.kind == "totp" ? "app" : "passkey");
    writer.key("added").string(charter::text(charter::Time{factor.added}));
    writer.end_object();
  }
  writer.end_array();
  return json_response(200, writer.take());
}

Response AccountCalls::remove_factor(const Caller& caller, std::string_view id) {
  const auto bytes = account::from_base64url(id);
  const Answer<bool> removed =
      bytes ? accounts_.remove_factor(caller.session, *bytes) : Answer<bool>(Result<bool>(false));
  if (removed && *removed && !**removed) return problem(404, "not-found", "Not found", "you have no such factor");
  return done(removed, 200);
}

Response AccountCalls::offer_app(const Caller& caller) {
  const auto uri = accounts_.offer_app(caller.session, needs_.clock());
  if (!uri) return unavailable();
  if (!*uri) return refused(uri->error());
  json::Writer writer;
  writer.begin_object().key("uri").string(**uri).end_object();
  return json_response(201, writer.take());
}

Response AccountCalls::confirm_app(const Caller& caller, const Request& request) {
  const auto password = read_body(request, {"password"}, [](const Body& body) { return body.string("password"); });
  if (!password) return bad_body(password.error());
  return done(accounts_.confirm_app(caller.session, *password, needs_.clock()), 201);
}

Response AccountCalls::show_app(const Caller& caller, const Request& request) {
  const auto password = read_body(request, {"password"}, [](const Body& body) { return body.string("password"); });
  if (!password) return bad_body(password.error());
  return signed_in(accounts_.show_app(caller.token, caller.session, *password, needs_.clock()));
}

Response AccountCalls::passkey_to_add(const Caller& caller) {
  const auto challenge = accounts_.challenge(caller.session, account::Purpose::add, needs_.clock());
  const auto factors = accounts_.factors(caller.session.member);
  const auto person = accounts_.person(caller.session.member);
  if (!challenge || !factors || !person) return unavailable();
  if (!*challenge) return refused(challenge->error());
  const std::string& member = caller.session.member;
  const std::string name = *person ? (*person)->name : "";
  json::Writer writer;
  writer.begin_object();
  writer.key("challenge").string(**challenge);
  writer.key("rp").begin_object();
  writer.key("id").string(accounts_.party());
  writer.key("name").string(accounts_.site().organisation).end_object();
  writer.key("user").begin_object();
  writer.key("id").string(account::to_base64url(bytes_of(member)));
  writer.key("name").string(name).key("displayName").string(name).end_object();
  writer.key("pubKeyCredParams").begin_array();
  for (const account::Algorithm algorithm : {account::Algorithm::eddsa, account::Algorithm::es256}) {
    writer.begin_object().key("type").string("public-key");
    writer.key("alg").integer(static_cast<std::int64_t>(algorithm)).end_object();
  }
  writer.end_array();
  write_credentials(writer, "excludeCredentials", *factors);
  writer.key("authenticatorSelection").begin_object().key("userVerification").string("required").end_object();
  writer.key("attestation").string("none");
  writer.key("timeout").integer(timeout_ms);
  writer.end_object();
  return json_response(201, writer.take());
}

Response AccountCalls::add_passkey(const Caller& caller, const Request& request) {
  const auto read = [](const Body& body) -> Result<std::pair<Bytes, Bytes>> {
    Bytes client_data = TRY(bytes_in(body, "client_data"));
    Bytes attestation = TRY(bytes_in(body, "attestation"));
    return std::pair(std::move(client_data), std::move(attestation));
  };
  const auto made = read_body(request, {"client_data", "attestation"}, read);
  if (!made) return bad_body(made.error());
  return done(accounts_.add_passkey(caller.session, text_of(made->first), made->second, needs_.clock()), 201);
}

Response AccountCalls::passkey_to_show(const Caller& caller) {
  const auto challenge = accounts_.challenge(caller.session, account::Purpose::show, needs_.clock());
  const auto factors = accounts_.factors(caller.session.member);
  if (!challenge || !factors) return unavailable();
  if (!*challenge) return refused(challenge->error());
  json::Writer writer;
  writer.begin_object();
  writer.key("challenge").string(**challenge);
  writer.key("rpId").string(accounts_.party());
  write_credentials(writer, "allowCredentials", *factors);
  writer.key("userVerification").string("required");
  writer.key("timeout").integer(timeout_ms);
  writer.end_object();
  return json_response(201, writer.take());
}

Response AccountCalls::show_passkey(const Caller& caller, const Request& request) {
  using Assertion = service::Accounts::Assertion;
  const auto read = [](const Body& body) -> Result<Assertion> {
    Assertion assertion;
    assertion.credential = TRY(bytes_in(body, "credential"));
    const Bytes client_data = TRY(bytes_in(body, "client_data"));
    assertion.client_data = text_of(client_data);
    assertion.authenticator_data = TRY(bytes_in(body, "authenticator_data"));
    assertion.signature = TRY(bytes_in(body, "signature"));
    return assertion;
  };
  const auto assertion = read_body(request, {"credential", "client_data", "authenticator_data", "signature"}, read);
  if (!assertion) return bad_body(assertion.error());
  return signed_in(accounts_.show_passkey(caller.token, caller.session, *assertion, needs_.clock()));
}

}  // namespace folkmoot::server
