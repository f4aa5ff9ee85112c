#include "server/example.hpp"

#include <algorithm>

#include "base/bytes.hpp"
#include "server/body.hpp"

namespace folkmoot::server {
namespace {

constexpr std::string_view calls = "/api/v1/example";
constexpr std::int64_t longest_step = charter::days(366).seconds, longest_ever = 20 * longest_step;

}  // namespace

Clock Example::clock(Clock real) const {
  return [real = std::move(real), passed = passed] { return real() + charter::Length{*passed}; };
}

std::vector<std::string> ExampleCalls::routes() {
  return {"GET /api/v1/example", "GET /api/v1/example/keys", "POST /api/v1/example/session",
          "POST /api/v1/example/clock"};
}

std::optional<Response> ExampleCalls::answer(const Request& request) {
  std::string_view path = request.path;
  if (!path.starts_with(calls)) return std::nullopt;
  path.remove_prefix(calls.size());
  const bool is_get = request.method == "GET", is_post = request.method == "POST";
  if (path.empty()) return is_get ? describe() : method_not_allowed("GET, HEAD");
  if (path == "/keys") return is_get ? keys() : method_not_allowed("GET, HEAD");
  if (path == "/session") return is_post ? be(request) : method_not_allowed("POST");
  if (path == "/clock") return is_post ? pass(request) : method_not_allowed("POST");
  return std::nullopt;
}

Response ExampleCalls::describe() const {
  json::Writer writer;
  writer.begin_object();
  writer.key("now").string(charter::text(clock_()));
  writer.key("election").string(example_.election);
  writer.key("people").begin_array();
  for (const Example::Person& person : example_.people) {
    writer.begin_object();
    writer.key("member").string(person.member);
    writer.key("name").string(person.name);
    writer.key("role").string(person.role);
    writer.end_object();
  }
  writer.end_array().end_object();
  return json_response(200, writer.take());
}

Response ExampleCalls::keys() const {
  json::Writer writer;
  writer.begin_object();
  writer.key("people").begin_array();
  for (const Example::Person& person : example_.people) {
    writer.begin_object();
    writer.key("member").string(person.member);
    writer.key("seed").string(to_hex(person.seed));
    writer.end_object();
  }
  writer.end_array();
  writer.key("trustees").begin_array();
  for (const Example::Trustee& trustee : example_.trustees) {
    writer.begin_object();
    writer.key("election").string(example_.election);
    writer.key("number").integer(trustee.number);
    writer.key("member").string(trustee.member);
    writer.key("name").string(trustee.name);
    writer.key("key").string(trustee.key);
    writer.end_object();
  }
  writer.end_array();
  writer.key("voters").begin_array();
  for (const Example::Voter& voter : example_.voters) {
    writer.begin_object();
    writer.key("election").string(example_.election);
    writer.key("member").string(voter.member);
    writer.key("name").string(voter.name);
    writer.key("credential").string(voter.credential);
    writer.end_object();
  }
  writer.end_array().end_object();
  return json_response(200, writer.take());
}

Response ExampleCalls::be(const Request& request) {
  if (auto refused = door_.refuse_other_sites(request)) return *std::move(refused);
  const auto member = read_body(request, {"member"}, [](const Body& body) { return body.string("member"); });
  if (!member) return bad_body(member.error());
  const bool invented =
      std::ranges::find(example_.people, *member, &Example::Person::member) != example_.people.end() ||
      std::ranges::find(example_.voters, *member, &Example::Voter::member) != example_.voters.end();
  if (!invented) return problem(404, "not-found", "Not found", "there is no such person in the example");
  return accounts_.begin(*member, request);
}

Response ExampleCalls::pass(const Request& request) {
  if (auto refused = door_.refuse_other_sites(request)) return *std::move(refused);
  const auto seconds =
      read_body(request, {"seconds"}, [](const Body& body) { return body.integer("seconds", 1, longest_step); });
  if (!seconds) return bad_body(seconds.error());
  if (*example_.passed > longest_ever) return bad_body({"the example has come to its end"});
  // Sessions end when they are not used for an hour.
  const auto caller = door_.let_in(request);
  *example_.passed += *seconds;
  if (!settle_()) return unavailable();
  json::Writer writer;
  writer.begin_object().key("now").string(charter::text(clock_())).end_object();
  Response response = json_response(200, writer.take());
  if (!caller) return response;
  const Response signed_in = accounts_.begin(caller->session.member, request);
  for (const auto& [name, value] : signed_in.headers) {
    if (name == "Set-Cookie") response.headers.emplace_back(name, value);
  }
  return response;
}

}  // namespace folkmoot::server
