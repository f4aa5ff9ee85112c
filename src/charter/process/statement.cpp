// Official texts: their hashes, all versions, and who published them. Whatever is not in a version is not the
// organisation's (R44); what was altered does not match any (R43).
#include "charter/processes.hpp"
#include "charter/standing.hpp"

namespace folkmoot::charter {
namespace {

Statement& statement_of(State& state, const Done& done) { return get(state.statements, done.body().text("statement")); }

void publish(State& state, const Done& done) {
  Statement& statement = open(state.statements, new_id(state, "statement"), done);
  statement.office = done.act.actor.office;
  statement.title = done.body().text("title");
  statement.hash = done.body().text("hash");
  statement.versions = {statement.hash};
}

Verdict is_new(const Matter& m) {
  if (get(m.state.statements, m.body.text("statement")).hash != m.body.text("hash")) return {};
  return refuse("duties.texts", "it is the same text");
}

void revise(State& state, const Done& done) {
  Statement& statement = statement_of(state, done);
  statement.hash = done.body().text("hash");
  statement.versions.push_back(statement.hash);
}

}  // namespace

const Process& statement_process() {
  static const Process process{.name = "statement",
                               .title = "An official text",
                               .rows = "R43 R44",
                               .keeps_charter = false,
                               .transitions = {{"", "statement.publish", "published", "duties.texts"},
                                               {"published", "statement.revise", "published", "duties.texts"},
                                               {"published", "statement.retract", "retracted", "duties.texts"}},
                               .acts = {{.name = "statement.publish",
                                         .about = "publishes an official text",
                                         .who = {By::duty, "texts"},
                                         .fields = {title("title"), published("hash")},
                                         .effect = publish},
                                        {.name = "statement.revise",
                                         .about = "replaces it; the earlier version stays on record",
                                         .who = {By::duty, "texts"},
                                         .fields = {thing("statement"), published("hash")},
                                         .moves = "statement",
                                         .guard = is_new,
                                         .effect = revise},
                                        {.name = "statement.retract",
                                         .about = "takes it back; it stays on record",
                                         .who = {By::duty, "texts"},
                                         .fields = {thing("statement"), published("reasons")},
                                         .moves = "statement"}},
                               .find = find_in<&State::statements>};
  return process;
}

}  // namespace folkmoot::charter
