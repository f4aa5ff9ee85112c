#include "charter/state.hpp"

#include "base/json.hpp"
#include "base/sha256.hpp"

namespace folkmoot::charter {
namespace {

// Writes the fields of one object; each kind of value has one spelling.
class Object {
 public:
  explicit Object(json::Writer& writer) : writer_(writer) { writer_.begin_object(); }
  Object(json::Writer& writer, const Thing& thing) : Object(writer) {
    put("stage", thing.stage).put("since", thing.since).put("due", thing.due).put("charter", thing.charter);
  }
  ~Object() { writer_.end_object(); }
  Object(const Object&) = delete;
  Object& operator=(const Object&) = delete;

  template <class T>
  Object& put(std::string_view key, const T& value) {
    writer_.key(key);
    write(value);
    return *this;
  }

 private:
  void write(const std::string& text) { writer_.string(text); }
  void write(std::int64_t number) { writer_.integer(number); }
  void write(bool truth) { writer_.boolean(truth); }
  void write(Time time) { writer_.string(charter::text(time)); }
  template <class Range>
  void write_list(const Range& names) {
    writer_.begin_array();
    for (const std::string& name : names) writer_.string(name);
    writer_.end_array();
  }
  void write(const Names& names) { write_list(names); }
  void write(const std::set<std::string, std::less<>>& names) { write_list(names); }
  template <class T>
  void write(const Named<T>& values) {
    Object object(writer_);
    for (const auto& [name, value] : values) object.put(name, value);
  }

  json::Writer& writer_;
};

void write(json::Writer& w, const Membership& m) {
  Object(w, m)
      .put("joined", m.joined)
      .put("section", m.section)
      .put("key", m.key)
      .put("suspended_by", m.suspended_by)
      .put("until", m.until)
      .put("declined", m.declined)
      .put("terms", m.terms)
      .put("interests", m.interests);
}
void write(json::Writer& w, const Seat& s) {
  Object(w, s)
      .put("post", s.post)
      .put("holder", s.holder)
      .put("from", s.from)
      .put("until", s.until)
      .put("by", s.by)
      .put("electorate", s.electorate)
      .put("vacant_since", s.vacant_since)
      .put("call_by", s.call_by)
      .put("next_report", s.next_report)
      .put("had_interim", s.had_interim)
      .put("elected_in", s.elected_in)
      .put("elected_until", s.elected_until);
}
void write(json::Writer& w, const Contest& c) {
  Object(w, c)
      .put("post", c.post)
      .put("rule", c.rule)
      .put("seats", c.seats)
      .put("opens", c.opens)
      .put("closes", c.closes)
      .put("ballot_from", c.ballot_from)
      .put("election", c.election)
      .put("applications", c.applications)
      .put("extension_offered", c.extension_offered)
      .put("reopened", c.reopened)
      .put("characteristics", c.characteristics);
}
void write(json::Writer& w, const Application& a) {
  Object(w, a)
      .put("contest", a.contest)
      .put("member", a.member)
      .put("statement", a.statement)
      .put("nominators", a.nominators)
      .put("rule", a.rule)
      .put("suspended_at", a.suspended_at);
}
void write(json::Writer& w, const Election& e) {
  Object(w, e)
      .put("of", e.of)
      .put("electorate", e.electorate)
      .put("roles", e.roles)
      .put("frozen", e.frozen)
      .put("root", e.root)
      .put("size", e.size)
      .put("weight", e.weight)
      .put("electors", e.electors)
      .put("issued", e.issued)
      .put("candidates", e.candidates)
      .put("opened", e.opened)
      .put("closes", e.closes)
      .put("fingerprint", e.fingerprint)
      .put("record", e.record)
      .put("supplement", e.supplement)
      .put("transcript", e.transcript)
      .put("other_transcript", e.other_transcript)
      .put("cast", e.cast)
      .put("yes", e.yes)
      .put("no", e.no)
      .put("elected", e.elected)
      .put("counted_back", e.counted_back);
}
void write(json::Writer& w, const Slate& s) {
  Object(w, s)
      .put("rule", s.rule)
      .put("contest", s.contest)
      .put("proposed", s.proposed)
      .put("proposals_close", s.proposals_close)
      .put("election", s.election)
      .put("chosen", s.chosen)
      .put("dropped", s.dropped);
}
void write(json::Writer& w, const Endorsement& e) {
  Object(w, e)
      .put("application", e.application)
      .put("endorser", e.endorser)
      .put("by_organ", e.by_organ)
      .put("slate", e.slate)
      .put("reason", e.reason);
}
void write(json::Writer& w, const Petition& p) {
  Object(w, p)
      .put("rule", p.rule)
      .put("opened_by", p.opened_by)
      .put("title", p.title)
      .put("hash", p.hash)
      .put("text", p.text)
      .put("seat", p.seat)
      .put("needed", p.needed)
      .put("closes", p.closes)
      .put("root", p.root)
      .put("size", p.size)
      .put("outside", p.outside)
      .put("signatures", p.signatures)
      .put("outcome", p.outcome);
}
void write(json::Writer& w, const Motion& m) {
  Object(w, m)
      .put("rule", m.rule)
      .put("mover", m.mover)
      .put("title", m.title)
      .put("hash", m.hash)
      .put("text", m.text)
      .put("seconders", m.seconders)
      .put("amendments", m.amendments)
      .put("amendments_close", m.amendments_close)
      .put("debate_until", m.debate_until)
      .put("ballot_by", m.ballot_by)
      .put("election", m.election)
      .put("decision", m.decision);
}
void write(json::Writer& w, const Amendment& a) {
  Object(w, a)
      .put("motion", a.motion)
      .put("mover", a.mover)
      .put("hash", a.hash)
      .put("text", a.text)
      .put("seconders", a.seconders)
      .put("election", a.election);
}
void write(json::Writer& w, const Recall& r) {
  Object(w, r)
      .put("petition", r.petition)
      .put("rule", r.rule)
      .put("seat", r.seat)
      .put("holder", r.holder)
      .put("ballot_on", r.ballot_on)
      .put("election", r.election);
}
void write(json::Writer& w, const Decision& d) {
  Object(w, d)
      .put("organ", d.organ)
      .put("power", d.power)
      .put("title", d.title)
      .put("hash", d.hash)
      .put("contrary_to", d.contrary_to)
      .put("citing", d.citing)
      .put("challenges", d.challenges);
}
void write(json::Writer& w, const Case& c) {
  Object(w, c)
      .put("member", c.member)
      .put("rule", c.rule)
      .put("evidence", c.evidence)
      .put("officer", c.officer)
      .put("panel", c.panel)
      .put("reply_by", c.reply_by)
      .put("decide_by", c.decide_by)
      .put("appeal_by", c.appeal_by)
      .put("breaches", c.breaches)
      .put("outcome", c.outcome)
      .put("until", c.until)
      .put("reasons", c.reasons);
}
void write(json::Writer& w, const Question& q) {
  Object(w, q)
      .put("seat", q.seat)
      .put("member", q.member)
      .put("hash", q.hash)
      .put("answer", q.answer)
      .put("answer_by", q.answer_by)
      .put("late", q.late);
}
void write(json::Writer& w, const Report& r) {
  Object(w, r).put("seat", r.seat).put("hash", r.hash).put("give_by", r.give_by).put("late", r.late);
}
void write(json::Writer& w, const View& v) {
  Object(w, v)
      .put("organ", v.organ)
      .put("on", v.on)
      .put("hash", v.hash)
      .put("response", v.response)
      .put("respond_by", v.respond_by);
}
void write(json::Writer& w, const Recommendation& r) {
  Object(w, r).put("organ", r.organ).put("on", r.on).put("position", r.position).put("hash", r.hash);
}
void write(json::Writer& w, const Caucus& c) {
  Object(w, c)
      .put("title", c.title)
      .put("members", c.members)
      .put("statements", c.statements)
      .put("mailings", c.mailings);
}
void write(json::Writer& w, const Mandate& m) {
  Object(w, m).put("decision", m.decision).put("amount", m.amount).put("spent", m.spent).put("until", m.until);
}
void write(json::Writer& w, const Spend& s) {
  Object(w, s)
      .put("amount", s.amount)
      .put("mandate", s.mandate)
      .put("purpose", s.purpose)
      .put("entered_by", s.entered_by)
      .put("second", s.second)
      .put("referred_by", s.referred_by)
      .put("decision", s.decision);
}
void write(json::Writer& w, const Statement& s) {
  Object(w, s).put("office", s.office).put("title", s.title).put("hash", s.hash).put("versions", s.versions);
}
void write(json::Writer& w, const Claim& c) {
  Object(w, c).put("about", c.about).put("hash", c.hash).put("source", c.source);
}
void write(json::Writer& w, const Paper& p) {
  Names readings;
  for (const auto& [time, reader] : p.readings) readings.push_back(fmt::format("{} {}", text(time), reader));
  Object(w, p).put("organ", p.organ).put("commitment", p.commitment).put("title", p.title).put("readings", readings);
}
void write(json::Writer& w, const Complaint& c) {
  Object(w, c)
      .put("about", c.about)
      .put("evidence", c.evidence)
      .put("action", c.action)
      .put("reasons", c.reasons)
      .put("decide_by", c.decide_by)
      .put("breaches", c.breaches);
}

template <class T>
void write_all(json::Writer& writer, std::string_view key, const Named<T>& things) {
  writer.key(key).begin_object();
  for (const auto& [id, thing] : things) {
    writer.key(id);
    write(writer, thing);
  }
  writer.end_object();
}

// Calls `visit` with the name and the things of each sort.
template <class Visit>
void with_all(const State& state, Visit visit) {
  visit("members", state.members);
  visit("seats", state.seats);
  visit("contests", state.contests);
  visit("applications", state.applications);
  visit("elections", state.elections);
  visit("slates", state.slates);
  visit("endorsements", state.endorsements);
  visit("petitions", state.petitions);
  visit("motions", state.motions);
  visit("amendments", state.amendments);
  visit("recalls", state.recalls);
  visit("decisions", state.decisions);
  visit("cases", state.cases);
  visit("questions", state.questions);
  visit("reports", state.reports);
  visit("views", state.views);
  visit("recommendations", state.recommendations);
  visit("caucuses", state.caucuses);
  visit("mandates", state.mandates);
  visit("spends", state.spends);
  visit("statements", state.statements);
  visit("claims", state.claims);
  visit("papers", state.papers);
  visit("complaints", state.complaints);
}

}  // namespace

const Charter& State::charter_of(std::int64_t version) const {
  static const Charter none;
  return version < 1 || version > this->version() ? none : *charters[static_cast<std::size_t>(version - 1)];
}

std::string to_json(const State& state) {
  json::Writer writer;
  writer.begin_object();
  writer.key("acts").integer(state.acts);
  writer.key("time").string(text(state.time));
  writer.key("charters").begin_array();
  for (const auto& charter : state.charters) writer.string(sha256_hex(charter->text));
  writer.end_array();
  writer.key("organisation");
  Object(writer, state.organisation).put("founder", state.organisation.founder);
  with_all(state, [&](std::string_view name, const auto& things) { write_all(writer, name, things); });
  writer.key("attempts").begin_array();
  for (const Attempt& attempt : state.attempts) {
    writer.begin_object();
    writer.key("act").integer(attempt.act);
    writer.key("type").string(attempt.type);
    writer.key("rule").string(attempt.rule);
    writer.end_object();
  }
  writer.end_array();
  writer.end_object();
  return writer.take();
}

std::string to_json(const State& state, std::string_view id) {
  json::Writer writer;
  with_all(state, [&](std::string_view, const auto& things) {
    if (const auto found = things.find(id); found != things.end()) write(writer, found->second);
  });
  return writer.take();
}

}  // namespace folkmoot::charter
