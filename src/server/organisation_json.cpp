#include "server/organisation_json.hpp"

#include <algorithm>
#include <set>

#include "base/sha256.hpp"
#include "charter/flags.hpp"
#include "charter/process.hpp"
#include "charter/standing.hpp"
#include "server/json_object.hpp"
#include "server/named_rule.hpp"

namespace folkmoot::server {
namespace {

using namespace charter;
using View = OrganisationView;

constexpr auto all = [](const auto&) { return true; };

// Of ids that end with the number of the act that opened the thing, the newest first.
template <class T>
std::vector<const std::pair<const std::string, T>*> newest_first(const Named<T>& things) {
  std::vector<const std::pair<const std::string, T>*> sorted;
  for (const auto& entry : things) sorted.push_back(&entry);
  std::ranges::sort(sorted, std::greater<>(), [](const auto* entry) {
    const std::string& id = entry->first;
    return std::pair(id.size() - id.find('-'), std::string_view(id).substr(id.find('-')));
  });
  return sorted;
}

class Writing {
 public:
  Writing(const View& view, json::Writer& writer) : view_(view), state_(view.state), w_(writer) {}

  void organ(const std::string& id, const Organ& organ) {
    Object(w_, view_.names)
        .put("id", id)
        .put("title", organ.title)
        .put("kind", organ.kind)
        .maybe("above", organ.above)
        .maybe("secretary", organ.secretary)
        .list("reserved", organ.reserved);
  }

  void seat(const std::string& id, const Seat& seat) {
    Object object(w_, view_.names);
    object.thing(id, seat)
        .person("holder", seat.holder)
        .put("from", seat.holder.empty() ? Time{} : seat.from)
        .put("until", seat.holder.empty() ? Time{} : seat.until)
        .maybe("by", seat.holder.empty() ? "" : seat.by)
        .maybe("electorate", seat.holder.empty() ? "" : seat.electorate);
    const auto election = state_.elections.find(seat.by);
    const bool elected = !seat.holder.empty() && election != state_.elections.end();
    object.maybe("contest", elected ? election->second.of : seat.by.starts_with("contest-") ? seat.by : "");
    object.put("vacant_since", seat.holder.empty() ? seat.vacant_since : Time{});
    object.put("call_by", seat.holder.empty() ? seat.call_by : Time{});
  }

  void post(const std::string& id, const Post& post) {
    Object object(w_, view_.names);
    object.put("id", id)
        .put("title", post.title)
        .maybe("organ", post.organ)
        .put("term", text(post.term))
        .put("max_terms", post.max_terms)
        .maybe("appointed_by", post.appointed_by);
    const auto rule = state_.charter().contests.find(post.contest);
    const bool contested = rule != state_.charter().contests.end();
    object.maybe("electorate", contested ? rule->second.electorate : "");
    object.maybe("count", contested ? rule->second.rule : "");
    object.each(
        "seats", state_.seats,
        [&](const auto& entry) { return entry.second.post == id && entry.second.stage != "abolished"; },
        [&](const auto& entry) { seat(entry.first, entry.second); });
  }

  void election(const std::string& id, const Election& e) {
    Object object(w_, view_.names);
    object.thing(id, e)
        .put("of", e.of)
        .put("electorate", e.electorate)
        .put("electors", e.size)
        .put("weight", e.weight)
        .put("opens", e.opened)
        .put("closes", e.opened == Time{} ? Time{} : e.closes)
        .maybe("fingerprint", e.fingerprint)
        .people("candidates", e.candidates)
        .maybe("record", e.record)
        .maybe("supplement", e.supplement)
        .maybe("transcript", e.transcript)
        .maybe("other_transcript", e.other_transcript)
        .put("cast", e.cast)
        .put("yes", e.yes)
        .put("no", e.no)
        .people("elected", e.elected)
        .people("counted_back", e.counted_back);
  }
  void election_or_null(Object& object, const std::string& id) {
    object.key("election");
    const auto found = state_.elections.find(id);
    if (found == state_.elections.end()) {
      w_.null();
    } else {
      election(found->first, found->second);
    }
  }
  // All elections of that thing, those that were annulled included.
  void elections(Object& object, std::string_view of) {
    object.each(
        "elections", state_.elections, [&](const auto& entry) { return entry.second.of == of; },
        [&](const auto& entry) { election(entry.first, entry.second); });
  }

  void recommendations(Object& object, std::string_view on) {
    object.each(
        "recommendations", state_.recommendations, [&](const auto& entry) { return entry.second.on == on; },
        [&](const auto& entry) {
          const auto& [id, recommendation] = entry;
          Object(w_, view_.names)
              .thing(id, recommendation)
              .put("organ", recommendation.organ)
              .put("title", title_of_organ(recommendation.organ))
              .put("position", recommendation.position)
              .put("hash", recommendation.hash);
        });
  }
  // What caucuses, and affiliates by their views, say on it.
  void statements(Object& object, const std::string& on) {
    object.each(
        "caucuses", state_.caucuses, [&](const auto& entry) { return entry.second.statements.contains(on); },
        [&](const auto& entry) {
          const Caucus& caucus = entry.second;
          Object(w_, view_.names)
              .put("id", entry.first)
              .put("title", caucus.title)
              .put("hash", get(caucus.statements, on));
        });
    object.each(
        "views", state_.views, [&](const auto& entry) { return entry.second.on == on; },
        [&](const auto& entry) {
          const charter::View& view = entry.second;
          Object(w_, view_.names)
              .thing(entry.first, view)
              .put("organ", view.organ)
              .put("title", title_of_organ(view.organ))
              .put("hash", view.hash)
              .maybe("response", view.response);
        });
  }

  void application(const std::string& id, const Application& a) {
    Object object(w_, view_.names);
    object.thing(id, a)
        .person("person", a.member)
        .put("statement", a.statement)
        .put("nominations", static_cast<std::int64_t>(a.nominators.size()))
        .maybe("rule", a.rule);
    // What an endorser has not confirmed is nobody's endorsement (R15).
    object.each(
        "endorsements", state_.endorsements,
        [&](const auto& entry) {
          const Endorsement& e = entry.second;
          return e.application == id && (e.stage == "given" || e.stage == "withdrawn");
        },
        [&](const auto& entry) { endorsement(entry.first, entry.second); });
    recommendations(object, id);
    statements(object, id);
  }

  void slate(const std::string& id, const Slate& s) {
    Object object(w_, view_.names);
    object.thing(id, s)
        .put("rule", s.rule)
        .put("proposals_close", s.proposals_close)
        .list("proposed", s.proposed)
        .list("chosen", s.chosen)
        .list("dropped", s.dropped);
    recommendations(object, id);
    elections(object, id);
  }

  void contest_head(Object& object, const std::string& id, const Contest& c) {
    const Charter& charter = state_.charter_of(c.charter);
    const auto post = charter.posts.find(c.post);
    object.thing(id, c)
        .put("charter", c.charter)
        .put("post", c.post)
        .put("title", post == charter.posts.end() ? c.post : post->second.title)
        .put("rule", c.rule)
        .put("seats", static_cast<std::int64_t>(c.seats.size()))
        .put("opens", c.opens)
        .put("closes", c.closes)
        .put("ballot_from", c.ballot_from)
        .put("standing", std::ranges::count_if(c.applications, [&](const std::string& application_id) {
               return get(state_.applications, application_id).stage == "standing";
             }));
    election_or_null(object, c.election);
  }

  void petition(const std::string& id, const Petition& p) {
    Object(w_, view_.names)
        .thing(id, p)
        .put("rule", p.rule)
        .put("title", p.title)
        .put("hash", p.hash)
        .maybe("text", p.text)
        .maybe("seat", p.seat)
        .person("opened_by", p.opened_by)
        .put("needed", p.needed)
        .put("signatures", static_cast<std::int64_t>(p.signatures.size()))
        .put("named", static_cast<std::int64_t>(p.named.size()))
        .put("closes", p.closes)
        .maybe("outcome", p.outcome);
  }

  void amendment(const std::string& id, const Amendment& a) {
    Object object(w_, view_.names);
    object.thing(id, a)
        .person("mover", a.mover)
        .put("hash", a.hash)
        .maybe("text", a.text)
        .put("seconders", static_cast<std::int64_t>(a.seconders.size()));
    election_or_null(object, a.election);
  }

  void motion(const std::string& id, const Motion& m) {
    const auto& rules = state_.charter_of(m.charter).motions;
    const auto rule = rules.find(m.rule);
    const bool known = rule != rules.end();
    const auto petition =
        std::ranges::find_if(state_.petitions, [&](const auto& entry) { return entry.second.outcome == id; });
    Object object(w_, view_.names);
    object.thing(id, m)
        .put("rule", m.rule)
        .put("title", m.title)
        .put("hash", m.hash)
        .maybe("text", m.text)
        .person("mover", m.mover)
        .maybe("petition", petition == state_.petitions.end() ? "" : petition->first)
        .put("seconders", static_cast<std::int64_t>(m.seconders.size()))
        .put("seconders_needed", known ? rule->second.seconders : 0)
        .put("majority", known ? text(rule->second.majority) : "")
        .put("amendments_close", m.amendments_close)
        .put("debate_until", m.debate_until)
        .put("ballot_by", m.ballot_by)
        .maybe("decision", m.decision)
        .each("amendments", m.amendments, all,
              [&](const std::string& one) { amendment(one, get(state_.amendments, one)); });
    recommendations(object, id);
    statements(object, id);
    election_or_null(object, m.election);
  }

  void case_of(const std::string& id, const Case& c) {
    Object(w_, view_.names)
        .thing(id, c)
        .put("member", c.member)
        .put("rule", c.rule)
        .person("officer", c.officer)
        .people("panel", c.panel)
        .put("reply_by", c.reply_by)
        .put("decide_by", c.decide_by)
        .put("appeal_by", c.appeal_by)
        .put("breaches", c.breaches)
        .maybe("outcome", c.outcome)
        .put("until", c.until);
  }

  void mandate(const std::string& id, const Mandate& m) {
    Object(w_, view_.names)
        .thing(id, m)
        .put("decision", m.decision)
        .put("title", get(state_.decisions, m.decision).title)
        .put("amount", m.amount)
        .put("spent", m.spent)
        .put("until", m.until);
  }

  void spend(const std::string& id, const Spend& s) {
    Object(w_, view_.names)
        .thing(id, s)
        .put("amount", s.amount)
        .maybe("mandate", s.mandate)
        .put("purpose", s.purpose)
        .person("entered_by", s.entered_by)
        .person("second", s.second)
        .person("referred_by", s.referred_by)
        .maybe("decision", s.decision);
  }

  void spending() {
    const Spending& rules = state_.charter().spending;
    Object(w_, view_.names)
        .put("limit", rules.limit)
        .maybe("organ", rules.mandates.empty() ? "" : title_of_organ(rules.mandates))
        .each("mandates", newest_first(state_.mandates), all,
              [&](const auto* entry) { mandate(entry->first, entry->second); })
        .each("spends", newest_first(state_.spends), all,
              [&](const auto* entry) { spend(entry->first, entry->second); });
  }

  void act(const RuledAct& ruled) {
    const Act& act = ruled.act.entry.act;
    Object object(w_, view_.names);
    object.put("number", static_cast<std::int64_t>(ruled.act.number)).put("type", act.type).put("time", act.time);
    object.key("actor");
    actor(act.actor);
    object.each("seconded_by", act.seconded_by, all, [&](const Actor& second) { actor(second); });
    const std::vector<std::string> things = service::things_of(ruled.act);
    object.put("charter", act.charter)
        .maybe("rule", act.refused ? act.refused->rule : named_rule(state_, act, ruled.rule, things))
        .maybe("refused", act.refused ? act.refused->message : "")
        .list("things", things);
    object.key("body");
    write(w_, act.body);
  }

 private:
  void endorsement(const std::string& id, const Endorsement& e) {
    Object(w_, view_.names)
        .thing(id, e)
        .person("person", e.by_organ ? "" : e.endorser)
        .maybe("organ", e.by_organ ? e.endorser : "")
        .maybe("title", e.by_organ ? title_of_organ(e.endorser) : "")
        .maybe("slate", e.slate)
        .maybe("reason", e.reason);
  }

  // Null for the clock.
  void actor(const Actor& actor) {
    if (actor.is_clock()) {
      w_.null();
    } else {
      Object(w_, view_.names).person("person", actor.member).maybe("office", actor.office);
    }
  }

  std::string title_of_organ(const std::string& organ) {
    const auto found = state_.charter().organs.find(organ);
    return found == state_.charter().organs.end() ? organ : found->second.title;
  }

  const View& view_;
  const State& state_;
  json::Writer& w_;
};

template <class Write>
std::string array_of(const auto& things, Write write) {
  json::Writer writer;
  writer.begin_array();
  for (const auto& thing : things) write(writer, thing);
  writer.end_array();
  return writer.take();
}

}  // namespace

std::vector<std::string> people_in_public(const State& state) {
  std::set<std::string> people;
  for (const auto& [id, seat] : state.seats) people.insert(seat.holder);
  for (const auto& [id, application] : state.applications) people.insert(application.member);
  for (const auto& [id, endorsement] : state.endorsements) {
    const bool confirmed = endorsement.stage == "given" || endorsement.stage == "withdrawn";
    if (confirmed && !endorsement.by_organ) people.insert(endorsement.endorser);
  }
  for (const auto& [id, petition] : state.petitions) people.insert(petition.opened_by);
  for (const auto& [id, motion] : state.motions) people.insert(motion.mover);
  for (const auto& [id, amendment] : state.amendments) people.insert(amendment.mover);
  for (const auto& [id, election] : state.elections) {
    for (const auto& [role, holders] : election.roles) people.insert(holders.begin(), holders.end());
  }
  std::erase_if(people, [](const std::string& reference) { return !is_member(reference); });
  return {people.begin(), people.end()};
}

std::string View::organisation() const {
  json::Writer writer;
  {
    Writing writing(*this, writer);
    const Charter& charter = state.charter();
    Object object(writer, names);
    object.put("name", charter.name)
        .put("origin", origin)
        .put("stage", state.organisation.stage)
        .put("acts", state.acts)
        .put("time", state.time)
        .put("members", std::ranges::count_if(state.members, [](const auto& m) { return m.second.stage == "active"; }))
        .put("charter", state.version())
        .each("charters", state.charters, all, [&](const auto& one) { writer.string(sha256_hex(one->text)); })
        .each("organs", charter.organs, all, [&](const auto& organ) { writing.organ(organ.first, organ.second); })
        .each("posts", charter.posts, all, [&](const auto& post) { writing.post(post.first, post.second); })
        .each("flags", flags(state, std::max(now, state.time)), all, [&](const Flag& flag) {
          Object(writer, names).put("rule", flag.rule).put("thing", flag.thing).put("message", flag.message);
        });
  }
  return writer.take();
}

std::string View::contests() const {
  return array_of(newest_first(state.contests), [&](json::Writer& writer, const auto* entry) {
    Object object(writer, names);
    Writing(*this, writer).contest_head(object, entry->first, entry->second);
  });
}

std::optional<std::string> View::contest(std::string_view id, std::span<const RuledAct> timeline) const {
  const auto found = state.contests.find(id);
  if (found == state.contests.end()) return std::nullopt;
  const Contest& contest = found->second;
  json::Writer writer;
  {
    Writing writing(*this, writer);
    Object object(writer, names);
    writing.contest_head(object, found->first, contest);
    const auto& rules = state.charter_of(contest.charter).contests;
    const auto rule = rules.find(contest.rule);
    object.put("electorate", rule == rules.end() ? "" : rule->second.electorate);
    object.put("count", rule == rules.end() ? "" : rule->second.rule);
    object.put("nominations", rule == rules.end() ? 0 : rule->second.nominations);
    object.each("applications", contest.applications, all, [&](const std::string& application) {
      writing.application(application, get(state.applications, application));
    });
    writing.recommendations(object, id);
    writing.statements(object, found->first);
    object.each(
        "slates", state.slates, [&](const auto& entry) { return entry.second.contest == id; },
        [&](const auto& entry) { writing.slate(entry.first, entry.second); });
    writing.elections(object, id);
    object.each("timeline", timeline, all, [&](const RuledAct& act) { writing.act(act); });
  }
  return writer.take();
}

std::string View::petitions() const {
  return array_of(newest_first(state.petitions), [&](json::Writer& writer, const auto* entry) {
    Writing(*this, writer).petition(entry->first, entry->second);
  });
}

std::string View::motions() const {
  return array_of(newest_first(state.motions), [&](json::Writer& writer, const auto* entry) {
    Writing(*this, writer).motion(entry->first, entry->second);
  });
}

std::string View::cases() const {
  return array_of(newest_first(state.cases), [&](json::Writer& writer, const auto* entry) {
    Writing(*this, writer).case_of(entry->first, entry->second);
  });
}

std::string View::spending() const {
  json::Writer writer;
  Writing(*this, writer).spending();
  return writer.take();
}

std::string View::roll() const {
  std::map<std::pair<std::string_view, std::string_view>, std::int64_t> counts;
  for (const auto& [reference, member] : state.members) ++counts[{member.section, member.stage}];
  return array_of(counts, [&](json::Writer& writer, const auto& entry) {
    const auto& [section, standing] = entry.first;
    Object(writer, names).maybe("section", std::string(section)).put("standing", standing).put("members", entry.second);
  });
}

std::string View::ledger(std::uint64_t all_acts, std::span<const RuledAct> acts,
                         std::optional<std::uint64_t> next) const {
  json::Writer writer;
  {
    Writing writing(*this, writer);
    Object object(writer, names);
    object.put("acts", static_cast<std::int64_t>(all_acts));
    object.each("entries", acts, all, [&](const RuledAct& act) { writing.act(act); });
    if (next) object.put("next", static_cast<std::int64_t>(*next));
  }
  return writer.take();
}

}  // namespace folkmoot::server
