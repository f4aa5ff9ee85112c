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

Result<Act> read(json::Value value) {
  Act act;
  act.type = TRY(json::read_field(value, "type", json::read_string));
  const ActType* type = find_act_type(act.type);
  if (!type) return fail("type: there is no act \"{}\"", act.type.substr(0, 60));
  const std::string time = TRY(json::read_field(value, "time", json::read_string));
  act.time = TRY(in("time", read_time(time)));
  act.actor = TRY(json::read_field(value, "actor", read_actor));
  if (value.has("seconded_by")) {
    const auto read_all = [](json::Value list) { return json::read_array(list, read_actor); };
    act.seconded_by = TRY(json::read_field(value, "seconded_by", read_all));
  }
  const json::Value charter = TRY(value.field("charter"));
  act.charter = TRY(in("charter", charter.integer(0, 1'000'000)));
  const json::Value body = TRY(value.field("body"));
  act.body = TRY(in("body", read_body(body, type->fields, !value.has("refused"))));
  if (value.has("refused")) act.refused = TRY(json::read_field(value, "refused", read_refusal));
  return act;
}

}  // namespace

void write(json::Writer& writer, const Act& act) {
  writer.begin_object();
  writer.key("type").string(act.type);
  writer.key("time").string(text(act.time));
  writer.key("actor");
  write_actor(writer, act.actor);
  if (!act.seconded_by.empty()) {
    writer.key("seconded_by").begin_array();
    for (const Actor& actor : act.seconded_by) write_actor(writer, actor);
    writer.end_array();
  }
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

Result<Act> read_act(std::string_view text) {
  if (text.size() > longest_act) return fail("longer than {} bytes", longest_act);
  return json::read_canonical(text, read);
}

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
