// A confidential paper: committed to when it is deposited (commitment.hpp), every reading on record, and opened to all
// with a proof that it is the same (R35).
#include "charter/processes.hpp"
#include "charter/standing.hpp"

namespace folkmoot::charter {
namespace {

void deposit(State& state, const Done& done) {
  Paper& paper = open(state.papers, new_id(state, "paper"), done);
  paper.organ = done.body().text("organ");
  paper.title = done.body().text("title");
  paper.commitment = done.body().text("commitment");
}

Verdict may_read(const Matter& m) {
  const std::string& organ = get(m.state.papers, m.body.text("paper")).organ;
  if (contains(seated(m.state, organ), m.who())) return {};
  return refuse(fmt::format("organs.{}", organ), "the paper is for those who sit on \"{}\"", organ);
}

}  // namespace

const Process& paper_process() {
  static const Process process{
      .name = "paper",
      .title = "A confidential paper",
      .rows = "R35",
      .keeps_charter = false,
      .transitions = {{"", "paper.deposit", "held", "duties.texts"},
                      {"held", "paper.read", "held", ""},
                      {"held", "paper.release", "released", "privileged"}},
      .acts = {{.name = "paper.deposit",
                .about = "deposits a paper for those who sit on an organ",
                .who = {By::duty, "texts"},
                .fields = {named("organ", "@organ"), title("title"), hash("commitment")},
                .effect = deposit},
               {.name = "paper.read",
                .about = "reads it, which is recorded first",
                .who = {By::anyone},
                .fields = {thing("paper")},
                .moves = "paper",
                .refusals_recorded = true,
                .guard = may_read,
                .effect =
                    [](State& s, const Done& d) {
                      get(s.papers, d.body().text("paper")).readings.emplace_back(d.act.time, d.who());
                    }},
               {.name = "paper.release",
                .about = "opens it to everybody",
                .who = {By::duty, "texts"},
                .fields = {thing("paper")},
                .moves = "paper",
                .privileged = true}},
      .find = find_in<&State::papers>};
  return process;
}

}  // namespace folkmoot::charter
