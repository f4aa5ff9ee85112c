// The roll, as far as it is public: references, sections and standing. Names and addresses are in the private store.
#include <algorithm>

#include "charter/processes.hpp"
#include "charter/standing.hpp"

namespace folkmoot::charter {
namespace {

Verdict are_new(const Matter& m) {
  for (const std::string& reference : m.body.list("members")) {
    if (m.state.members.contains(reference)) return refuse("duties.roll", "{} is on the roll already", reference);
  }
  if (m.body.list("members").empty()) return refuse("duties.roll", "nobody is named");
  if (m.body.has("joined") && m.body.time("joined") > m.now) return refuse("duties.roll", "joined in the future");
  return {};
}

void admit(State& state, const Done& done) {
  for (const std::string& reference : done.body().list("members")) {
    Membership& member = open(state.members, reference, done);
    member.joined = done.body().has("joined") ? done.body().time("joined") : done.act.time;
    member.section = done.body().text("section");
  }
}

Verdict is_oneself(const Matter& m) {
  if (m.body.text("member") == m.who()) return {};
  return refuse("standing", "only {} may do this", m.body.text("member"));
}

void wake_what_depends(State& state, const Done& done) {
  wake_all_of(state, done.body().text("member"), done.act.time);
}

// The key that one signs with stands on the record from then on, and only two officers together can take it away
// again: whoever runs the server cannot put a key of their own in its place unseen.
Verdict may_enrol_key(const Matter& m) {
  if (Verdict refusal = is_oneself(m)) return refusal;
  if (get(m.state.members, m.who()).key.empty()) return {};
  return refuse("keys", "{} has enrolled a key; it has to be withdrawn with that key, or reset", m.who());
}

Verdict has_key(const Matter& m) {
  if (!get(m.state.members, m.body.text("member")).key.empty()) return {};
  return refuse("keys", "{} has enrolled no key", m.body.text("member"));
}

void drop_key(State& state, const Done& done) { get(state.members, done.body().text("member")).key.clear(); }

void erase(State& state, const Done& done) {
  Membership& member = get(state.members, done.body().text("member"));
  member.section.clear();
  member.key.clear();
  member.declined.clear();
  member.interests.clear();
  wake_what_depends(state, done);
}

Verdict may_decline(const Matter& m) {
  for (const auto& [id, application] : m.state.applications) {
    if (application.member == m.who() && (application.stage == "received" || application.stage == "standing") &&
        get(m.state.contests, application.contest).post == m.body.text("post")) {
      return refuse("lifecycle.application", "{} is open: withdraw it first", id);
    }
  }
  return {};
}

}  // namespace

const Process& member_process() {
  static const Process process{
      .name = "member",
      .title = "A membership",
      .rows = "R2 R11 R31 R45 R49",
      .keeps_charter = false,
      .transitions = {{"", "organisation.found", "active", ""},
                      {"", "member.admit", "active", "duties.roll"},
                      {"", "supporter.admit", "supporter", "supporters"},
                      {"supporter", "member.promote", "active", "duties.roll"},
                      {"active", "member.move", "active", "duties.roll"},
                      {"active", "member.enrol_key", "active", "keys"},
                      {"active", "member.withdraw_key", "active", "keys"},
                      {"active", "member.reset_key", "active", "keys"},
                      {"active", "member.lapse", "lapsed", "duties.roll"},
                      {"lapsed", "member.renew", "active", "duties.roll"},
                      {"active", "case.suspend", "suspended", "discipline"},
                      {"suspended", "case.suspend", "suspended", "discipline"},
                      {"suspended", "case.overturn", "active", "discipline.appeals"},
                      {"suspended", "member.restore", "active", "discipline.longest_suspension"},
                      {"active", "member.leave", "left", ""},
                      {"lapsed", "member.leave", "left", ""},
                      {"suspended", "member.leave", "left", ""},
                      {"supporter", "member.leave", "left", ""},
                      {"left", "member.erase", "erased", ""},
                      {"lapsed", "member.erase", "erased", ""}},
      .acts = {{.name = "member.admit",
                .about = "puts members on the roll",
                .who = {By::duty, "roll"},
                .fields = {of_kind(Kind::members, "members"), word("section").may_be_absent(),
                           time("joined").may_be_absent()},
                .guard = are_new,
                .effect = admit},
               {.name = "supporter.admit",
                .about = "puts supporters, who have no vote, on the roll",
                .who = {By::duty, "roll"},
                .fields = {of_kind(Kind::members, "members"), word("section").may_be_absent()},
                .guard = [](const Matter& m) -> Verdict {
                  if (!m.charter.supporters) return refuse("supporters", "the charter knows no supporters");
                  return are_new(m);
                },
                .effect = admit},
               {.name = "member.promote",
                .about = "makes a supporter a member, who joins on that day",
                .who = {By::duty, "roll"},
                .fields = {member("member")},
                .moves = "member",
                .effect = [](State& s, const Done& d) { get(s.members, d.body().text("member")).joined = d.act.time; }},
               {.name = "member.move",
                .about = "moves a member to another section",
                .who = {By::duty, "roll"},
                .fields = {member("member"), word("section")},
                .moves = "member",
                .effect =
                    [](State& s, const Done& d) {
                      get(s.members, d.body().text("member")).section = d.body().text("section");
                    }},
               {.name = "member.enrol_key",
                .about = "enrols the key with which a member signs acts in an office",
                .who = {By::member},
                .fields = {member("member"), hash("key")},
                .moves = "member",
                .always_signed = true,
                .guard = may_enrol_key,
                .effect = [](State& s, const Done& d) { get(s.members, d.who()).key = d.body().text("key"); }},
               {.name = "member.withdraw_key",
                .about = "withdraws one's own key, by an act signed with it",
                .who = {By::member},
                .fields = {member("member")},
                .moves = "member",
                .always_signed = true,
                .guard =
                    [](const Matter& m) {
                      Verdict refusal = is_oneself(m);
                      return refusal ? refusal : has_key(m);
                    },
                .effect = drop_key},
               {.name = "member.reset_key",
                .about = "takes away the key of a member who has lost it, so that they can enrol another",
                .who = {By::duty, "roll"},
                .fields = {member("member")},
                .moves = "member",
                .privileged = true,
                .guard = has_key,
                .effect = drop_key},
               {.name = "member.lapse",
                .about = "records that a membership has lapsed",
                .who = {By::duty, "roll"},
                .fields = {member("member")},
                .moves = "member",
                .effect = wake_what_depends},
               {.name = "member.renew",
                .about = "renews a lapsed membership",
                .who = {By::duty, "roll"},
                .fields = {member("member")},
                .moves = "member"},
               {.name = "member.leave",
                .about = "ends one's own membership",
                .who = {By::anyone},
                .fields = {member("member")},
                .moves = "member",
                .guard = is_oneself,
                .effect = wake_what_depends},
               {.name = "member.erase",
                .about = "records that a former member's personal data and salts have been deleted",
                .who = {By::duty, "roll"},
                .fields = {member("member")},
                .moves = "member",
                .privileged = true,
                .effect = erase},
               {.name = "member.restore",
                .about = "a suspension has run its time",
                .who = {By::clock},
                .fields = {member("member")},
                .moves = "member",
                .guard = [](const Matter& m) -> Verdict {
                  const Time until = get(m.state.members, m.body.text("member")).until;
                  if (m.now >= until) return {};
                  return refuse("discipline", "suspended until {}", text(until));
                },
                .effect =
                    [](State& s, const Done& d) {
                      Membership& member = get(s.members, d.body().text("member"));
                      member.suspended_by.clear();
                      member.until = {};
                    }},
               {.name = "member.decline",
                .about = "declares that one will not stand for a post again",
                .who = {By::member},
                .fields = {named("post", "@post")},
                .guard = may_decline,
                .effect = [](State& s,
                             const Done& d) { get(s.members, d.who()).declined[d.body().text("post")] = d.act.time; }},
               {.name = "member.declare_interest",
                .about = "declares an interest in whatever concerns another member",
                .who = {By::member},
                .fields = {member("member")},
                .effect =
                    [](State& s, const Done& d) {
                      Names& interests = get(s.members, d.who()).interests;
                      if (!contains(interests, d.body().text("member"))) interests.push_back(d.body().text("member"));
                    }}},
      .find = find_in<&State::members>};
  return process;
}

}  // namespace folkmoot::charter
