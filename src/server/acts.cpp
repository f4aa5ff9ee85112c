#include "server/acts.hpp"

#include <algorithm>
#include <charconv>

#include "account/token.hpp"
#include "charter/process.hpp"
#include "charter/signers.hpp"
#include "server/acts_json.hpp"
#include "server/body.hpp"
#include "server/query.hpp"
#include "service/powers.hpp"

namespace folkmoot::server {
namespace {

using service::AnsweredRequests;
using service::Awaiting;
using service::AwaitingRequests;
using service::Clerk;
using service::Organisation;
using service::RequestKey;

constexpr std::size_t found_at_most = 20, shortest_name = 2;  // of a look-up by name

// The body of a call that hands in a request.
Result<Clerk::Asked> read_call(const Request& request, bool only_request) {
  const std::string_view type = request.header("content-type");
  if (type.substr(0, type.find(';')) != "application/json") return fail("expected application/json");
  const json::Document document = TRY(json::Document::parse(request.body));
  TRY(only_request ? document.root().only_fields({"request"})
                   : document.root().only_fields({"request", "signatures", "texts"}));
  return read_asked(document.root());
}

// The key under which the member wants it done once, if there is one: a string (RFC 9651, section 3.3.3) of 16 to 64
// letters, digits, '-' and '_', as the description has it.
Result<std::optional<RequestKey>> read_key(const Request& request, const std::string& member) {
  constexpr std::size_t shortest = 16, longest = 64;
  if (std::ranges::count(request.headers, "idempotency-key", &std::pair<std::string, std::string>::first) == 0)
    return std::nullopt;
  std::string_view text = request.header("idempotency-key");
  const bool quoted = text.size() >= 2 && text.starts_with('"') && text.ends_with('"');
  if (quoted) text = text.substr(1, text.size() - 2);
  if (!quoted || !is_name(text) || text.size() < shortest || text.size() > longest) {
    return fail("Idempotency-Key: expected {} to {} letters, digits, '-' and '_' in quotation marks", shortest,
                longest);
  }
  return RequestKey{member, std::string(text)};
}

Response key_was_used() {
  return problem(422, "key-used", "Key used before", "another request was made under this Idempotency-Key");
}

// What is waiting for a second person, by its id.
Response waits(const std::string& id) {
  json::Writer writer;
  return json_response(201, writer.begin_object().key("id").string(id).end_object().take());
}

// Of "name=…" (application/x-www-form-urlencoded).
Result<std::string> read_name(std::string_view query) {
  const auto name = TRY(query_field(query, "name"));
  if (!name) return fail("the query is name=…");
  if (name->size() < shortest_name || name->size() > 200) return fail("name: from {} to 200 bytes", shortest_name);
  return *name;
}

}  // namespace

struct ActCalls::Route {
  std::string_view method, path;  // a path that ends in '/' has something after it
  bool signed_in;
  Response (*answer)(ActCalls&, const Caller&, const Request&, std::string_view rest);
};

const std::vector<ActCalls::Route>& ActCalls::table() {
  using Rest = std::string_view;
  static const std::vector<Route> routes{
      {"GET", "/api/v1/acts", false,
       [](ActCalls&, const Caller&, const Request&, Rest) { return json_response(200, catalogue_of_acts()); }},
      {"POST", "/api/v1/acts", true,
       [](ActCalls& calls, const Caller& caller, const Request& request, Rest) {
         return calls.submit(caller, request);
       }},
      {"POST", "/api/v1/acts/consider", true,
       [](ActCalls& calls, const Caller& caller, const Request& request, Rest) {
         return calls.consider(caller, request);
       }},
      {"GET", "/api/v1/awaiting", true,
       [](ActCalls& calls, const Caller& caller, const Request&, Rest) { return calls.awaiting(caller); }},
      {"POST", "/api/v1/awaiting", true,
       [](ActCalls& calls, const Caller& caller, const Request& request, Rest) {
         return calls.await_second(caller, request);
       }},
      {"DELETE", "/api/v1/awaiting/", true,
       [](ActCalls& calls, const Caller& caller, const Request&, Rest rest) {
         return calls.forget_awaiting(caller, rest);
       }},
      {"GET", "/api/v1/receipts/", false,
       [](ActCalls& calls, const Caller&, const Request&, Rest rest) { return calls.receipt(rest); }},
      {"GET", "/api/v1/me", true,
       [](ActCalls& calls, const Caller& caller, const Request&, Rest) { return calls.me(caller); }},
      {"GET", "/api/v1/members", true,
       [](ActCalls& calls, const Caller& caller, const Request& request, Rest) {
         return calls.members(caller, request.query);
       }},
  };
  return routes;
}

std::vector<std::string> ActCalls::routes() {
  std::vector<std::string> names;
  for (const Route& route : table()) {
    names.push_back(fmt::format("{} {}{}", route.method, route.path, route.path.ends_with('/') ? "{}" : ""));
  }
  return names;
}

std::optional<Response> ActCalls::answer(const Request& request) {
  std::string allowed;
  const std::string_view path = request.path;
  for (const Route& route : table()) {
    const bool more = route.path.ends_with('/');
    if (more ? !path.starts_with(route.path) || path.size() == route.path.size() : path != route.path) continue;
    if (route.method == request.method) {
      if (!route.signed_in) return route.answer(*this, Caller(), request, path.substr(route.path.size()));
      auto caller = door_.let_in(request);
      if (!caller) return std::move(caller).error();
      return route.answer(*this, *caller, request, path.substr(route.path.size()));
    }
    allowed.append(allowed.empty() ? "" : ", ").append(route.method == "GET" ? "GET, HEAD" : route.method);
  }
  if (allowed.empty()) return std::nullopt;
  return method_not_allowed(allowed);
}

std::optional<Response> ActCalls::barred(const Caller& caller, const audit::SignedRequest& request) {
  const auto found = clerk_.look(
      [&](const Organisation& organisation) { return service::barred(caller.session, request, organisation.state()); });
  if (!found) return unavailable();
  if (!*found) return std::nullopt;
  return problem(403, (*found)->name, "Not allowed", (*found)->message);
}

std::optional<Response> ActCalls::too_often(const Caller& caller, const Clerk::Asked& asked) {
  const std::string& member = caller.session.member;
  const std::int64_t now = clerk_.now().seconds;
  if (asked.request.request.actor.office.empty() && !acting_.would_allow(member, now))
    return too_many("you have done much of late; wait a moment", acting_.interval());
  if (refusals_.would_allow(member, now)) return std::nullopt;
  const auto decided = clerk_.consider(asked);
  if (!decided) return unavailable();
  const auto* refusal = std::get_if<charter::Refusal>(&*decided);
  if (refusal && refusal->recorded) {
    return too_many("this is refused and recorded, as others of your requests were of late; wait a moment",
                    refusals_.interval());
  }
  return std::nullopt;
}

Response ActCalls::consider(const Caller& caller, const Request& request) {
  const auto asked = read_call(request, true);
  if (!asked) return bad_body(asked.error());
  const charter::Request& wanted = asked->request.request;
  if (wanted.actor.member != caller.session.member &&
      std::ranges::count(wanted.seconded_by, caller.session.member, &charter::Actor::member) == 0) {
    return problem(403, "not-yours", "Not allowed", "you are signed in as somebody else than who asks for this");
  }
  if (!considering_.allow(caller.session.member, clerk_.now().seconds))
    return too_many("you have asked for much of late; wait a moment", considering_.interval());
  const auto described = clerk_.look([&](const Organisation& organisation) {
    const charter::Time now = std::max(clerk_.now(), organisation.state().time);
    return considered(organisation, wanted, organisation.consider(asked->request, now), caller.session.member, now);
  });
  return described ? json_response(200, *described) : unavailable();
}

Response ActCalls::submit(const Caller& caller, const Request& request) {
  auto asked = read_call(request, false);
  if (!asked) return bad_body(asked.error());
  auto key = read_key(request, caller.session.member);
  if (!key) return problem(400, "bad-key", "Bad Idempotency-Key", key.error().message);
  if (auto no = barred(caller, asked->request)) return *std::move(no);
  if (auto no = too_often(caller, *asked)) return *std::move(no);
  const charter::Request wanted = asked->request.request;
  asked->key = *std::move(key);
  const auto done = clerk_.submit(*std::move(asked));
  if (!done) return unavailable();
  const auto* refusal = done->outcome.refusal();
  if (refusal && refusal->rule == service::key_used) return key_was_used();
  // What was decided already has been entered, whatever the limits say.
  if (refusal && done->outcome.number) (void)refusals_.allow(caller.session.member, clerk_.now().seconds);
  if (!refusal && wanted.actor.office.empty()) (void)acting_.allow(caller.session.member, clerk_.now().seconds);
  if (refusal) return refused(*refusal, done->outcome.number);
  // If this fails, it lies there until its time is over: its signature has been used.
  (void)connection_.with([&](database::Database& database) { return AwaitingRequests(database).forget(wanted); });
  return json_response(201, entered(*done->outcome.number, *done->entry));
}

Response ActCalls::awaiting(const Caller& caller) {
  const auto all = connection_.with(
      [&](database::Database& database) { return AwaitingRequests(database).of(caller.session.member, clerk_.now()); });
  return all ? json_response(200, write_awaiting(*all)) : unavailable();
}

Response ActCalls::await_second(const Caller& caller, const Request& request) {
  auto asked = read_call(request, false);
  if (!asked) return bad_body(asked.error());
  const std::string& member = caller.session.member;
  const auto& signatures = asked->request.signatures;
  if (signatures.size() != 1 || signatures[0].member != member)
    return bad_body({"signatures: expected one, by whoever asks"});
  const auto key = read_key(request, member);
  if (!key) return problem(400, "bad-key", "Bad Idempotency-Key", key.error().message);
  if (auto no = barred(caller, asked->request)) return *std::move(no);
  const charter::Time now = clerk_.now();
  const charter::Request wanted = asked->request.request;
  const auto find = [&](database::Database& database) -> Result<std::optional<service::Answered>> {
    if (!*key) return std::nullopt;
    return AnsweredRequests(database).find(**key, AnsweredRequests::Call::awaiting, wanted, now);
  };
  // Before it is considered: meanwhile it may have been done.
  auto before = connection_.with(find);
  if (!before) return unavailable();
  if (*before) return (*before)->same ? waits((*before)->came) : key_was_used();
  if (!acting_.would_allow(member, now.seconds))
    return too_many("you have done much of late; wait a moment", acting_.interval());
  const auto decided = clerk_.consider(*asked);
  if (!decided) return unavailable();
  if (const auto* refusal = std::get_if<charter::Refusal>(&*decided)) return refused(*refusal, std::nullopt);
  Status good;
  std::string second;
  const auto looked = clerk_.look([&](const Organisation& organisation) {
    good = organisation.history().check_given_signatures(asked->request, std::max(now, signatures[0].asked));
    for (const charter::Signer& signer : charter::signers(organisation.state(), asked->request.request)) {
      if (signer.member != member) second = signer.member;
    }
    return true;
  });
  if (!looked) return unavailable();
  if (!good) return refused({"keys", good.error().message, false}, std::nullopt);
  if (second.empty()) return refused({"keys", "nobody else has to sign it", false}, std::nullopt);
  const Awaiting one{
      account::random_name(random_, 16), member, second, now, std::move(asked->request), std::move(asked->texts)};
  bool added = false;
  const auto add = [&](database::Database& database) -> Status {
    return database.transact([&]() -> Status {
      TRY(database.lock("act"));
      before = TRY(find(database));
      if (*before) return {};
      added = TRY(AwaitingRequests(database).add(one));
      if (!added || !*key) return {};
      return AnsweredRequests(database).add(**key, AnsweredRequests::Call::awaiting, wanted, one.id, now);
    });
  };
  if (!connection_.with(add)) return unavailable();
  if (*before) return (*before)->same ? waits((*before)->came) : key_was_used();
  if (!added) {
    return problem(429, "too-many", "Too many requests",
                   fmt::format("{} requests of yours wait already", service::most_awaiting));
  }
  (void)acting_.allow(member, now.seconds);
  return waits(one.id);
}

Response ActCalls::forget_awaiting(const Caller& caller, std::string_view id) {
  const auto removed = connection_.with([&](database::Database& database) -> Result<bool> {
    return is_name(id) && TRY(AwaitingRequests(database).remove(std::string(id), caller.session.member));
  });
  if (!removed) return unavailable();
  return *removed ? json_response(200, "{}") : problem(404, "not-found", "Not found", "no such request waits for you");
}

Response ActCalls::receipt(std::string_view text) {
  std::uint32_t number = 0;
  const auto [end, wrong] = std::from_chars(text.data(), text.data() + text.size(), number);
  const bool is_number = wrong == std::errc() && end == text.data() + text.size();
  const auto receipt = is_number ? clerk_.receipt(number) : Result<std::string>(fail("not the number of an act"));
  if (!receipt) return problem(404, "not-found", "Not found", "there is no such act, or it is not public yet");
  Response response = text_response(200, *receipt);
  response.headers.emplace_back("Cache-Control", "no-cache");
  return response;
}

Response ActCalls::me(const Caller& caller) {
  const std::string& member = caller.session.member;
  std::optional<service::Person> person;
  std::vector<Awaiting> all;
  const auto read = connection_.with([&](database::Database& database) -> Result<bool> {
    person = TRY(service::People(database).by_reference(member));
    all = TRY(AwaitingRequests(database).of(member, clerk_.now()));
    return true;
  });
  const auto mine = clerk_.look([&](const Organisation& organisation) {
    return write_mine({organisation.state(), caller.session, person,
                       std::ranges::count(all, member, &Awaiting::waits_for), uuid_, clerk_.now()});
  });
  return read && mine ? json_response(200, *mine) : unavailable();
}

Response ActCalls::members(const Caller& caller, std::string_view query) {
  const auto name = read_name(query);
  if (!name) return problem(400, "bad-query", "Bad query", name.error().message);
  const auto in_office = clerk_.look([&](const Organisation& organisation) {
    return std::ranges::any_of(organisation.state().seats,
                               [&](const auto& seat) { return seat.second.holder == caller.session.member; });
  });
  if (!in_office) return unavailable();
  if (!*in_office) return problem(403, "refused", "Not allowed", "only those who hold a post look members up");
  if (caller.session.second_factor == 0) {
    return problem(403, "second-factor", "Not allowed", "whoever acts in an office shows a second factor first");
  }
  const auto people = connection_.with(
      [&](database::Database& database) { return service::People(database).by_name(*name, found_at_most); });
  if (!people) return unavailable();
  const auto found =
      clerk_.look([&](const Organisation& organisation) { return write_members(organisation.state(), *people); });
  return found ? json_response(200, *found) : unavailable();
}

}  // namespace folkmoot::server
