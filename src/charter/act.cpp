#include "charter/act.hpp"

#include "charter/process.hpp"

namespace folkmoot::charter {
namespace {

void write_actor(json::Writer& writer, const Actor& actor) {
  writer.begin_object();
  if (actor.is_clock()) writer.key("clock").boolean(true);
  if (!actor.office.empty()) writer.key("office").string(actor.office);
  if (!actor.member.empty()) writer.key("member").string(actor.member);
  writer.end_object();
}

Result<Actor> read_actor(json::Value value) {
  Actor actor;
  if (value.has("clock")) return actor;
  if (value.has("office")) actor.office = TRY(json::read_field(value, "office", json::read_string));
  actor.member = TRY(json::read_field(value, "member", json::read_string));
  if (!is_member(actor.member)) return fail("member: expected a member's reference");
  return actor;
}

Result<Refusal> read_refusal(json::Value value) {
  Refusal refusal;
  refusal.rule = TRY(json::read_field(value, "rule", json::read_string));
  refusal.message = TRY(json::read_field(value, "message", json::read_string));
  refusal.recorded = true;
  return refusal;
}

// The fields that acts and requests share; `derived`: with those that the charter works out.
Result<Request> read_request(json::Value value, bool derived) {
  Request request;
  request.type = TRY(json::read_field(value, "type", json::read_string));
  const ActType* type = find_act_type(request.type);
  if (!type) return fail("type: there is no act \"{}\"", request.type.substr(0, 60));
  request.actor = TRY(json::read_field(value, "actor", read_actor));
  if (value.has("seconded_by")) {
    const auto read_all = [](json::Value list) { return json::read_array(list, read_actor); };
    request.seconded_by = TRY(json::read_field(value, "seconded_by", read_all));
  }
  const json::Value body = TRY(value.field("body"));
  request.body = TRY(in("body", read_body(body, type->fields, derived)));
  return request;
}

void write_actors(json::Writer& writer, const Actor& actor, const std::vector<Actor>& seconded_by) {
  writer.key("actor");
  write_actor(writer, actor);
  if (seconded_by.empty()) return;
  writer.key("seconded_by").begin_array();
  for (const Actor& second : seconded_by) write_actor(writer, second);
  writer.end_array();
}

}  // namespace

void write(json::Writer& writer, const Act& act) {
  writer.begin_object();
  writer.key("type").string(act.type);
  writer.key("time").string(text(act.time));
  write_actors(writer, act.actor, act.seconded_by);
  writer.key("charter").integer(act.charter);
  writer.key("body");
  write(writer, act.body);
  if (act.refused) {
    writer.key("refused").begin_object();
    writer.key("rule").string(act.refused->rule);
    writer.key("message").string(act.refused->message);
    writer.end_object();
  }
  writer.end_object();
}

void write(json::Writer& writer, const Request& request) {
  writer.begin_object();
  writer.key("type").string(request.type);
  write_actors(writer, request.actor, request.seconded_by);
  writer.key("body");
  const ActType* type = find_act_type(request.type);
  const Result<Body> arranged = type ? arrange(request.body, type->fields, false) : Result<Body>(request.body);
  write(writer, arranged ? *arranged : request.body);
  writer.end_object();
}

Result<Act> read_act(json::Value value) {
  Request request = TRY(read_request(value, !value.has("refused")));
  Act act{std::move(request.type), {}, std::move(request.actor), std::move(request.seconded_by), 0,
          std::move(request.body), {}};
  const std::string time = TRY(json::read_field(value, "time", json::read_string));
  act.time = TRY(in("time", read_time(time)));
  const json::Value charter = TRY(value.field("charter"));
  act.charter = TRY(in("charter", charter.integer(0, 1'000'000)));
  if (value.has("refused")) act.refused = TRY(json::read_field(value, "refused", read_refusal));
  return act;
}

Result<Act> read_act(std::string_view text) {
  if (text.size() > longest_act) return fail("longer than {} bytes", longest_act);
  return json::read_canonical(text, [](json::Value value) { return read_act(value); });
}

Result<Request> read_request(json::Value value) { return read_request(value, false); }

Request request_of(const Act& act) {
  Request request{act.type, act.actor, act.seconded_by, {}};
  const ActType* type = find_act_type(act.type);
  for (const auto& [name, value] : act.body.fields()) {
    const Field* field = type ? type->field(name) : nullptr;
    if (!field || !field->derived) request.body.add(name, value);
  }
  return request;
}

}  // namespace folkmoot::charter
