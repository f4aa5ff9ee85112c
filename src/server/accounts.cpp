#include "server/accounts.hpp"

#include <algorithm>

#include "account/token.hpp"
#include "server/body.hpp"

namespace folkmoot::server {
namespace {

using service::Answer;

constexpr std::size_t longest_address = 254;  // RFC 5321 section 4.5.3.1.3

// Whether it may be an address, by its form alone.
bool is_address(std::string_view text) {
  const bool visible =
      std::ranges::none_of(text, [](char c) { return static_cast<unsigned char>(c) <= 0x20 || c == 0x7F; });
  return visible && text.size() <= longest_address && text.find('@') < text.size();
}

}  // namespace

// Who may call: anybody, or a page of this site for whoever is signed in.
struct AccountCalls::Route {
  enum class Who { anybody, our_pages, signed_in };
  std::string_view method, path;  // a path that ends in '/' has something after it
  Who who;
  Response (*answer)(AccountCalls&, const Caller&, const Request&, std::string_view rest);
};

const std::vector<AccountCalls::Route>& AccountCalls::table() {
  using Calls = AccountCalls;
  using Rest = std::string_view;
  using Who = Route::Who;
  static const std::vector<Route> routes{
      {"POST", "/api/v1/sign-in", Who::our_pages,
       [](Calls& calls, const Caller&, const Request& request, Rest) { return calls.ask(request); }},
      {"GET", "/api/v1/sign-in", Who::anybody,
       [](Calls& calls, const Caller&, const Request&, Rest) { return calls.ways(); }},
      {"POST", "/api/v1/oidc/start", Who::our_pages,
       [](Calls& calls, const Caller&, const Request& request, Rest) { return calls.start_visit(request); }},
      {"GET", service::oidc_return, Who::anybody,
       [](Calls& calls, const Caller&, const Request& request, Rest) { return calls.end_visit(request); }},
      {"POST", "/api/v1/session", Who::our_pages,
       [](Calls& calls, const Caller&, const Request& request, Rest) { return calls.sign_in(request); }},
      {"GET", "/api/v1/session", Who::signed_in,
       [](Calls& calls, const Caller& caller, const Request&, Rest) { return calls.who(caller); }},
      {"DELETE", "/api/v1/session", Who::signed_in,
       [](Calls& calls, const Caller& caller, const Request&, Rest) { return calls.sign_out(caller); }},
      {"GET", "/api/v1/letters", Who::signed_in,
       [](Calls& calls, const Caller& caller, const Request&, Rest) { return calls.letters(caller); }},
      {"GET", "/api/v1/preferences", Who::signed_in,
       [](Calls& calls, const Caller& caller, const Request&, Rest) { return calls.preferences(caller); }},
      {"PUT", "/api/v1/preferences", Who::signed_in,
       [](Calls& calls, const Caller& caller, const Request& request, Rest) { return calls.prefer(caller, request); }},
      {"GET", "/api/v1/unsubscribe/", Who::anybody,
       [](Calls&, const Caller&, const Request&, Rest) { return unsubscribe_page(); }},
      {"POST", "/api/v1/unsubscribe/", Who::anybody,
       [](Calls& calls, const Caller&, const Request&, Rest rest) { return calls.unsubscribe(rest); }},
      {"GET", "/api/v1/factors", Who::signed_in,
       [](Calls& calls, const Caller& caller, const Request&, Rest) { return calls.factors(caller); }},
      {"DELETE", "/api/v1/factors/", Who::signed_in,
       [](Calls& calls, const Caller& caller, const Request&, Rest rest) { return calls.remove_factor(caller, rest); }},
      {"POST", "/api/v1/app/offer", Who::signed_in,
       [](Calls& calls, const Caller& caller, const Request&, Rest) { return calls.offer_app(caller); }},
      {"POST", "/api/v1/app", Who::signed_in,
       [](Calls& calls, const Caller& caller, const Request& request, Rest) {
         return calls.confirm_app(caller, request);
       }},
      {"POST", "/api/v1/session/app", Who::signed_in,
       [](Calls& calls, const Caller& caller, const Request& request, Rest) {
         return calls.show_app(caller, request);
       }},
      {"POST", "/api/v1/passkey/challenge", Who::signed_in,
       [](Calls& calls, const Caller& caller, const Request&, Rest) { return calls.passkey_to_add(caller); }},
      {"POST", "/api/v1/passkey", Who::signed_in,
       [](Calls& calls, const Caller& caller, const Request& request, Rest) {
         return calls.add_passkey(caller, request);
       }},
      {"POST", "/api/v1/session/passkey/challenge", Who::signed_in,
       [](Calls& calls, const Caller& caller, const Request&, Rest) { return calls.passkey_to_show(caller); }},
      {"POST", "/api/v1/session/passkey", Who::signed_in,
       [](Calls& calls, const Caller& caller, const Request& request, Rest) {
         return calls.show_passkey(caller, request);
       }},
  };
  return routes;
}

AccountCalls::AccountCalls(service::Accounts& accounts, Needs needs, secret::Random& random)
    : accounts_(accounts),
      needs_(std::move(needs)),
      door_(accounts, needs_.clock),
      cookie_(accounts.site().url),
      visit_cookie_(accounts.site().url),
      asking_(20, 30, random) {}

std::optional<Response> AccountCalls::answer(const Request& request) {
  std::string allowed;
  for (const Route& route : table()) {
    const bool more = route.path.ends_with('/');
    const std::string_view path = request.path;
    if (more ? !path.starts_with(route.path) || path.size() == route.path.size() : path != route.path) continue;
    if (route.method == request.method) return call(route, request, path.substr(route.path.size()));
    allowed.append(allowed.empty() ? "" : ", ").append(route.method == "GET" ? "GET, HEAD" : route.method);
  }
  if (allowed.empty()) return std::nullopt;
  return method_not_allowed(allowed);
}

Response AccountCalls::call(const Route& route, const Request& request, std::string_view rest) {
  Caller caller;
  if (route.who == Route::Who::our_pages) {
    if (auto refused = door_.refuse_other_sites(request)) return *std::move(refused);
  } else if (route.who == Route::Who::signed_in) {
    auto let_in = door_.let_in(request);
    if (!let_in) return std::move(let_in).error();
    caller = *std::move(let_in);
  }
  return route.answer(*this, caller, request, rest);
}

Response AccountCalls::ask(const Request& request) {
  const auto read = [&](const Body& body) -> Result<std::pair<std::string, std::string>> {
    std::string email = TRY(body.string("email"));
    std::string language = TRY(body.string("language"));
    if (!is_address(email)) return fail("email: not an address");
    if (!mail::Catalogue::languages().contains(language)) return fail("language: en or cy");
    return std::pair(std::move(email), std::move(language));
  };
  const auto asked = read_body(request, {"email", "language"}, read);
  if (!asked) return bad_body(asked.error());
  const std::int64_t now = needs_.clock();
  if (!asking_.allow(account::network_of(request.client), now))
    return too_many("wait a minute, and ask again", asking_.interval());
  if (!accounts_.ask(asked->first, asked->second, now)) return unavailable();
  needs_.wake();
  return json_response(202, "{}");
}

Result<std::string> AccountCalls::describe(const account::Session& session) {
  const auto person = TRY(accounts_.person(session.member));
  json::Writer writer;
  writer.begin_object();
  writer.key("member").string(session.member);
  writer.key("name").string(person ? person->name : "");
  writer.key("language").string(person ? person->language : "");
  writer.key("posts").begin_array();
  for (const std::string& post : needs_.posts(session.member)) writer.string(post);
  writer.end_array();
  writer.key("second_factor").boolean(session.second_factor != 0);
  writer.end_object();
  return writer.take();
}

Response AccountCalls::signed_in(const Answer<service::SignedIn>& answer) {
  if (!answer) return unavailable();
  if (!*answer) return problem(403, "refused", "Not signed in", answer->error().message);
  const service::SignedIn& signed_in = **answer;
  const auto described = describe(signed_in.session);
  if (!described) return unavailable();
  Response response = json_response(201, *described);
  cookie_.set(response, signed_in.token.view());
  return response;
}

Response AccountCalls::sign_in(const Request& request) {
  const auto token = read_body(request, {"token"}, [](const Body& body) { return body.string("token"); });
  if (!token) return bad_body(token.error());
  return signed_in(accounts_.sign_in(*token, cookie_.read(request), needs_.clock()));
}

Response AccountCalls::begin(const std::string& member, const Request& request) {
  const std::int64_t now = needs_.clock();
  return signed_in(accounts_.begin({member, now, now}, cookie_.read(request)));
}

Response AccountCalls::who(const Caller& caller) {
  const auto described = describe(caller.session);
  return described ? json_response(200, *described) : unavailable();
}

Response AccountCalls::sign_out(const Caller& caller) {
  if (!accounts_.sign_out(caller.token)) return unavailable();
  Response response = json_response(200, "{}");
  cookie_.clear(response);
  return response;
}

Response AccountCalls::letters(const Caller& caller) {
  const auto letters = accounts_.letters(caller.session.member);
  if (!letters) return unavailable();
  json::Writer writer;
  writer.begin_array();
  for (const mail::Delivered& letter : *letters) {
    writer.begin_object();
    writer.key("mail").string(letter.mail);
    writer.key("fate").string(mail::name_of(letter.fate));
    writer.key("asked").string(charter::text(charter::Time{letter.created}));
    writer.key("attempts").integer(letter.attempts);
    if (letter.finished != 0) writer.key("last").string(charter::text(charter::Time{letter.finished}));
    writer.key("reply").string(letter.reply);
    writer.end_object();
  }
  writer.end_array();
  return json_response(200, writer.take());
}

Response AccountCalls::preferences(const Caller& caller) {
  const auto wanted = accounts_.wants(caller.session.member, mail::Topic::notices);
  if (!wanted) return unavailable();
  json::Writer writer;
  writer.begin_object().key("notices").boolean(*wanted).end_object();
  return json_response(200, writer.take());
}

Response AccountCalls::prefer(const Caller& caller, const Request& request) {
  const auto wanted = read_body(request, {"notices"}, [](const Body& body) { return body.boolean("notices"); });
  if (!wanted) return bad_body(wanted.error());
  if (!accounts_.choose(caller.session.member, mail::Topic::notices, *wanted)) return unavailable();
  return preferences(caller);
}

// The same page whatever the word: opening a link, as programs do that look through mail, changes nothing.
Response AccountCalls::unsubscribe_page() {
  Response response;
  response.content_type = "text/html; charset=utf-8";
  response.body = std::string(
      "<!doctype html>\n<html lang=\"en\"><meta name=\"viewport\" content=\"width=device-width\">"
      "<title>Notices by mail · Hysbysiadau drwy e-bost</title>\n<main><h1>Notices by mail · "
      "<span lang=\"cy\">Hysbys&shy;iadau drwy e-bost</span></h1><form method=\"post\">"
      "<p>No more notices of this kind will be sent to you.</p>"
      "<p lang=\"cy\">Ni chaiff rhagor o hysbysiadau o’r math hwn eu hanfon atoch.</p>"
      "<button name=\"List-Unsubscribe\" value=\"One-Click\">Stop them · <span lang=\"cy\">Eu hatal</span></button>"
      "</form></main></html>\n");
  response.headers = {
      {"Cache-Control", "no-store"},
      {"Content-Security-Policy", "default-src 'none'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"},
      {"Referrer-Policy", "no-referrer"}};
  return response;
}

Response AccountCalls::unsubscribe(std::string_view word) {
  const auto known = is_name(word) ? accounts_.unsubscribe(std::string(word)) : Result<bool>(false);
  if (!known) return unavailable();
  if (!*known) return problem(404, "not-found", "Not found", "that link is none of ours, or of a former member");
  return text_response(200,
                       "No more notices of this kind will be sent to you.\n"
                       "Ni chaiff rhagor o hysbysiadau o’r math hwn eu hanfon atoch.\n");
}

std::vector<std::string> AccountCalls::routes() {
  std::vector<std::string> routes;
  for (const Route& route : table()) {
    routes.push_back(fmt::format("{} {}{}", route.method, route.path, route.path.ends_with('/') ? "{}" : ""));
  }
  return routes;
}

}  // namespace folkmoot::server
