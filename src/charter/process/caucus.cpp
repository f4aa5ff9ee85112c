// A caucus: members who organise inside the organisation, in the open. All have equal means (R24).
#include "charter/processes.hpp"
#include "charter/standing.hpp"

namespace folkmoot::charter {
namespace {

const Caucus& caucus_of(const Matter& m) { return get(m.state.caucuses, m.body.text("caucus")); }

void form(State& state, const Done& done) {
  const std::string id = new_id(state, "caucus");
  Caucus& caucus = open(state.caucuses, id, done);
  caucus.title = done.body().text("title");
  caucus.members = {done.who()};
  wake(state, id, done.act.time);
}

Verdict may_join(const Matter& m) {
  if (!contains(caucus_of(m).members, m.who())) return {};
  return refuse("caucuses.members", "{} belongs to it", m.who());
}

Verdict belongs(const Matter& m) {
  if (contains(caucus_of(m).members, m.who())) return {};
  return refuse("caucuses.members", "{} does not belong to it", m.who());
}

Verdict is_large(const Matter& m) {
  const auto size = static_cast<std::int64_t>(caucus_of(m).members.size());
  if (size >= m.charter.caucuses.members) return {};
  return refuse("caucuses.members", "{} of {}", size, m.charter.caucuses.members);
}

Verdict may_state(const Matter& m) {
  if (Verdict refusal = belongs(m)) return refusal;
  if (m.body.count("length") > m.charter.caucuses.statement_length) {
    return refuse("caucuses.statement_length", "{} characters of {}, the same for all", m.body.count("length"),
                  m.charter.caucuses.statement_length);
  }
  return {};
}

std::int64_t mailings(const Matter& m) {
  const auto found = caucus_of(m).mailings.find(m.body.text("on"));
  return found == caucus_of(m).mailings.end() ? 0 : found->second;
}

Verdict may_mail(const Matter& m) {
  if (Verdict refusal = belongs(m)) return refusal;
  if (mailings(m) < m.charter.caucuses.mailings) return {};
  return refuse("caucuses.mailings", "all {} on {} have been used, the same for all", m.charter.caucuses.mailings,
                m.body.text("on"));
}

}  // namespace

const Process& caucus_process() {
  static const Process process{
      .name = "caucus",
      .title = "A caucus",
      .rows = "R24",
      .keeps_charter = false,
      .transitions = {{"", "caucus.form", "forming", "caucuses"},
                      {"forming", "caucus.join", "forming", "caucuses.members"},
                      {"recognised", "caucus.join", "recognised", "caucuses.members"},
                      {"forming", "caucus.leave", "forming", ""},
                      {"recognised", "caucus.leave", "recognised", ""},
                      {"forming", "caucus.recognise", "recognised", "caucuses.members"},
                      {"recognised", "caucus.state", "recognised", "caucuses.statement_length"},
                      {"recognised", "caucus.mail", "recognised", "caucuses.mailings"}},
      .acts = {{.name = "caucus.form",
                .about = "forms a caucus",
                .who = {By::member},
                .fields = {title("title")},
                .effect = form},
               {.name = "caucus.join",
                .about = "joins it, in public",
                .who = {By::member},
                .fields = {thing("caucus")},
                .moves = "caucus",
                .guard = may_join,
                .effect =
                    [](State& s, const Done& d) {
                      get(s.caucuses, d.body().text("caucus")).members.push_back(d.who());
                      wake(s, d.body().text("caucus"), d.act.time);
                    }},
               {.name = "caucus.leave",
                .about = "leaves it",
                .who = {By::anyone},
                .fields = {thing("caucus")},
                .moves = "caucus",
                .guard = belongs,
                .effect = [](State& s,
                             const Done& d) { std::erase(get(s.caucuses, d.body().text("caucus")).members, d.who()); }},
               {.name = "caucus.recognise",
                .about = "it is large enough",
                .who = {By::clock},
                .fields = {thing("caucus")},
                .moves = "caucus",
                .guard = is_large},
               {.name = "caucus.state",
                .about = "publishes its statement on something to be decided",
                .who = {By::member},
                .fields = {thing("caucus"), thing("on", "thing"), published("hash"), count("length")},
                .moves = "caucus",
                .guard = may_state,
                .effect =
                    [](State& s, const Done& d) {
                      get(s.caucuses, d.body().text("caucus")).statements[d.body().text("on")] = d.body().text("hash");
                    }},
               {.name = "caucus.mail",
                .about = "has a mailing sent to the electorate",
                .who = {By::member},
                .fields = {thing("caucus"), thing("on", "thing"), published("hash")},
                .moves = "caucus",
                .guard = may_mail,
                .effect =
                    [](State& s, const Done& d) {
                      ++get(s.caucuses, d.body().text("caucus")).mailings[d.body().text("on")];
                    }}},
      .find = find_in<&State::caucuses>};
  return process;
}

}  // namespace folkmoot::charter
