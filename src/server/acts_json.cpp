#include "server/acts_json.hpp"

#include <algorithm>

#include "charter/process.hpp"
#include "charter/signers.hpp"
#include "charter/standing.hpp"
#include "charter/work.hpp"
#include "server/named_rule.hpp"
#include "server/organisation_history.hpp"
#include "server/problem.hpp"
#include "service/titles.hpp"

namespace folkmoot::server {
namespace {

using namespace charter;
using service::title_of;

std::string_view name_of(By by) {
  switch (by) {
    case By::clock:
      return "clock";
    case By::founder:
      return "founder";
    case By::anyone:
      return "anyone";
    case By::participant:
      return "participant";
    case By::member:
      return "member";
    case By::duty:
      return "duty";
    case By::organ:
      return "organ";
  }
  return "";
}

std::string_view name_of(Kind kind) {
  switch (kind) {
    case Kind::member:
      return "member";
    case Kind::members:
      return "members";
    case Kind::name:
      return "name";
    case Kind::names:
      return "names";
    case Kind::hash:
      return "hash";
    case Kind::hashes:
      return "hashes";
    case Kind::title:
      return "title";
    case Kind::text:
      return "text";
    case Kind::count:
      return "count";
    case Kind::time:
      return "time";
    case Kind::flag:
      return "flag";
  }
  return "";
}

std::string_view name_of(Document document) {
  switch (document) {
    case Document::none:
      return "";
    case Document::text:
      return "text";
    case Document::record:
      return "record";
    case Document::supplement:
      return "supplement";
    case Document::transcript:
      return "transcript";
  }
  return "";
}

void write_type(json::Writer& w, const Process& process, const ActType& type) {
  w.begin_object();
  w.key("type").string(type.name).key("process").string(process.name).key("about").string(type.about);
  w.key("who").begin_object().key("by").string(name_of(type.who.by)).key("duty").string(type.who.duty).end_object();
  w.key("privileged").boolean(type.privileged);
  w.key("seconded").boolean(type.may_be_seconded);
  w.key("signed").boolean(type.always_signed);
  w.key("moves").string(type.moves);
  w.key("fields").begin_array();
  for (const Field& field : type.fields) {
    if (field.derived) continue;
    w.begin_object();
    w.key("name").string(field.name).key("kind").string(name_of(field.kind)).key("of").string(field.of);
    w.key("document").string(name_of(field.document)).key("optional").boolean(field.optional);
    w.end_object();
  }
  w.end_array().end_object();
}

// That it has no unknown fields, but for those of its body.
Status check_fields(json::Value request) {
  TRY(request.only_fields({"type", "actor", "seconded_by", "body"}));
  const auto check_actor = [](json::Value actor) -> Result<bool> {
    TRY(actor.only_fields({"member", "office", "clock"}));
    return true;
  };
  TRY(json::read_field(request, "actor", check_actor));
  if (request.has("seconded_by")) {
    const json::Value seconds = TRY(request.field("seconded_by"));
    TRY(in("seconded_by", json::read_array(seconds, check_actor)));
  }
  return {};
}

// The request; fails for a field that its act has not. (The same fields in another order make a text of the same size.)
Result<charter::Request> read_known_fields(json::Value value) {
  TRY(check_fields(value));
  charter::Request request = TRY(charter::read_request(value));
  const json::Value body = TRY(value.field("body"));
  const std::string given = TRY(in("body", body.text()));
  if (given.size() != json::to_text(request.body).size()) return fail("body: has a field that the act has not");
  return request;
}

Result<audit::Signature> read_signature(json::Value value) {
  TRY(value.only_fields({"member", "asked", "signature"}));
  audit::Signature signature;
  signature.member = TRY(json::read_field(value, "member", json::read_string));
  if (!is_member(signature.member)) return fail("member: expected a member's reference");
  const std::string asked = TRY(json::read_field(value, "asked", json::read_string));
  signature.asked = TRY(in("asked", read_time(asked)));
  const std::string bytes = TRY(json::read_field(value, "signature", json::read_string));
  TRY(in("signature", from_hex(bytes, signature.signature)));
  return signature;
}

void write_signatures(json::Writer& w, const std::vector<audit::Signature>& signatures) {
  w.begin_array();
  for (const audit::Signature& signature : signatures) {
    w.begin_object().key("member").string(signature.member).key("asked").string(text(signature.asked));
    w.key("signature").plain_string(to_hex(signature.signature)).end_object();
  }
  w.end_array();
}

// Empty before there is one.
std::string text_or_nothing(Time time) { return time == never || time == Time{} ? "" : text(time); }

void write_posts(json::Writer& w, const State& state, const std::string& member) {
  w.key("posts").begin_array();
  for (const auto& [id, seat] : state.seats) {
    if (seat.holder != member) continue;
    const auto post = state.charter().posts.find(seat.post);
    const bool known = post != state.charter().posts.end();
    w.begin_object().key("seat").string(id).key("post").string(seat.post).key("title").string(title_of(state, id));
    w.key("organ").string(known ? post->second.organ : "").key("until").string(text_or_nothing(seat.until));
    w.key("duties").begin_array();
    for (const std::string_view duty : all_duties) {
      if (contains(state.charter().posts_for(duty), seat.post)) w.string(duty);
    }
    w.end_array().end_object();
  }
  w.end_array();
}

// In whose electorate the member is, or would be if it were frozen now.
void write_elections(json::Writer& w, const Mine& mine) {
  const State& state = mine.state;
  const std::string& member = mine.session.member;
  w.key("elections").begin_array();
  for (const auto& [id, election] : state.elections) {
    if (election.stage == "annulled") continue;
    const bool frozen = election.frozen != Time{};
    const bool entitled =
        frozen ? std::ranges::binary_search(election.electors, member)
               : in_electorate(state, state.charter_of(election.charter), election.electorate, member, mine.now);
    if (!entitled) continue;
    w.begin_object().key("election").string(id);
    w.key("uuid").string(election.fingerprint.empty() ? "" : mine.uuid(election.fingerprint));
    w.key("of").string(election.of).key("title").string(title_of(state, id)).key("stage").string(election.stage);
    w.key("opens").string(text_or_nothing(election.opened)).key("closes").string(text_or_nothing(election.closes));
    w.key("entitled").boolean(frozen).end_object();
  }
  w.end_array();
}

void write_petitions(json::Writer& w, const State& state, const std::string& member) {
  w.key("petitions").begin_array();
  for (const auto& [id, petition] : state.petitions) {
    const bool opened = petition.opened_by == member;
    if (!opened && !petition.named.contains(member)) continue;
    w.begin_object().key("petition").string(id).key("title").string(petition.title);
    w.key("stage").string(petition.stage).key("role").string(opened ? "opened" : "signed").end_object();
  }
  w.end_array();
}

void write_applications(json::Writer& w, const State& state, const std::string& member) {
  w.key("applications").begin_array();
  for (const auto& [id, application] : state.applications) {
    if (application.member != member) continue;
    w.begin_object().key("application").string(id).key("contest").string(application.contest);
    w.key("post").string(get(state.contests, application.contest).post).key("title").string(title_of(state, id));
    w.key("stage").string(application.stage).end_object();
  }
  w.end_array();
}

void write_work(json::Writer& w, const Mine& mine) {
  w.key("work").begin_array();
  for (const Work& work : work_of(mine.state, mine.session.member, mine.now)) {
    w.begin_object().key("thing").string(work.thing).key("title").string(title_of(mine.state, work.thing));
    w.key("stage").string(work.stage).key("since").string(text(work.since));
    w.key("steps").begin_array();
    for (const Step& step : work.steps) {
      w.begin_object().key("act").string(step.act).key("field").string(step.field);
      w.key("office").string(step.office).key("organ").string(step.organ).end_object();
    }
    w.end_array().end_object();
  }
  w.end_array();
}

}  // namespace

std::string catalogue_of_acts() {
  json::Writer w;
  w.begin_object().key("acts").begin_array();
  for (const Process* process : processes()) {
    for (const ActType& type : process->acts) write_type(w, *process, type);
  }
  return w.end_array().end_object().take();
}

Result<service::Clerk::Asked> read_asked(json::Value body) {
  service::Clerk::Asked asked;
  const json::Value request = TRY(body.field("request"));
  asked.request.request = TRY(in("request", read_known_fields(request)));
  if (body.has("signatures")) {
    const auto read = [](json::Value value) { return json::read_array(value, read_signature); };
    asked.request.signatures = TRY(json::read_field(body, "signatures", read));
  }
  if (body.has("texts")) {
    const auto read = [](json::Value value) { return json::read_array(value, json::read_string); };
    asked.texts = TRY(json::read_field(body, "texts", read));
  }
  return asked;
}

std::string considered(const service::Organisation& organisation, const charter::Request& request,
                       const Decided& decided, const std::string& member, Time asked) {
  json::Writer w;
  w.begin_object();
  if (const auto* refusal = std::get_if<Refusal>(&decided)) {
    w.key("allowed").boolean(false).key("rule").string(refusal->rule).key("reason").string(refusal->message);
    return w.key("recorded").boolean(refusal->recorded).end_object().take();
  }
  const auto& act = std::get<Act>(decided);
  const std::vector<Signer> needed = signers(organisation.state(), request);
  const charter::State& state = organisation.state();
  const std::vector<std::string> things = service::things_of({static_cast<std::uint64_t>(state.acts), {act, {}}});
  w.key("allowed").boolean(true).key("rule").string(named_rule(state, act, rule_before(state, act), things));
  w.key("act");
  write(w, act);
  w.key("signers").begin_array();
  for (const Signer& signer : needed) {
    w.begin_object().key("member").string(signer.member).key("key").string(signer.key).end_object();
  }
  w.end_array();
  const bool signs = std::ranges::find(needed, member, &Signer::member) != needed.end();
  w.key("text").string(signs ? audit::signed_text(organisation.origin(), request, member, asked) : "");
  return w.key("asked").string(text(asked)).end_object().take();
}

std::string entered(std::uint64_t number, const audit::Entry& entry) {
  json::Writer w;
  w.begin_object().key("number").integer(static_cast<std::int64_t>(number)).key("type").string(entry.act.type);
  w.key("about").begin_array();
  for (const std::string& thing : service::things_of({number, entry})) w.string(thing);
  w.end_array().key("act");
  write(w, entry.act);
  return w.end_object().take();
}

Response refused(const Refusal& refusal, std::optional<std::uint64_t> number) {
  json::Writer w;
  w.begin_object().key("type").string("/problems/refused").key("title").string("Refused").key("status").integer(409);
  w.key("detail").string(refusal.message).key("rule").string(refusal.rule);
  w.key("recorded").boolean(number.has_value());
  if (number) w.key("number").integer(static_cast<std::int64_t>(*number));
  Response response = json_response(409, w.end_object().take());
  response.content_type = "application/problem+json";
  return response;
}

std::string write_awaiting(const std::vector<service::Awaiting>& awaiting) {
  json::Writer w;
  w.begin_object().key("awaiting").begin_array();
  for (const service::Awaiting& one : awaiting) {
    w.begin_object().key("id").string(one.id).key("since").string(text(one.since));
    w.key("begun_by").string(one.begun_by).key("waits_for").string(one.waits_for);
    w.key("request");
    write(w, one.request.request);
    w.key("signatures");
    write_signatures(w, one.request.signatures);
    w.key("texts").begin_array();
    for (const std::string& given : one.texts) w.string(given);
    w.end_array().end_object();
  }
  return w.end_array().end_object().take();
}

std::string write_mine(const Mine& mine) {
  const std::string& member = mine.session.member;
  const auto membership = mine.state.members.find(member);
  const bool known = membership != mine.state.members.end();
  json::Writer w;
  w.begin_object().key("member").string(member);
  w.key("name").string(mine.person ? mine.person->name : "");
  w.key("language").string(mine.person ? mine.person->language : "");
  w.key("standing").string(known ? membership->second.stage : "");
  w.key("section").string(known ? membership->second.section : "");
  w.key("key").string(known ? membership->second.key : "");
  w.key("second_factor").boolean(mine.session.second_factor != 0);
  write_posts(w, mine.state, member);
  write_elections(w, mine);
  write_petitions(w, mine.state, member);
  write_applications(w, mine.state, member);
  write_work(w, mine);
  return w.key("awaiting").integer(mine.awaiting).end_object().take();
}

std::string write_members(const State& state, const std::vector<service::Person>& people) {
  json::Writer w;
  w.begin_object().key("members").begin_array();
  for (const service::Person& person : people) {
    const auto membership = state.members.find(person.reference);
    if (membership == state.members.end()) continue;
    w.begin_object().key("member").string(person.reference).key("name").string(person.name);
    w.key("standing").string(membership->second.stage).key("section").string(membership->second.section).end_object();
  }
  return w.end_array().end_object().take();
}

}  // namespace folkmoot::server
