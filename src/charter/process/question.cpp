// Questions that members put to holders of posts: answered in time, or overdue where everybody sees it (R28).
#include "charter/processes.hpp"
#include "charter/standing.hpp"

namespace folkmoot::charter {
namespace {

const Question& question_of(const Matter& m) { return get(m.state.questions, m.body.text("question")); }

Verdict may_put(const Matter& m) {
  if (!get(m.state.seats, m.body.text("seat")).holder.empty()) return {};
  return refuse("accountability", "nobody holds that seat");
}

void put(State& state, const Done& done) {
  const std::string id = new_id(state, "question");
  Question& question = open(state.questions, id, done);
  question.seat = done.body().text("seat");
  question.member = done.who();
  question.hash = done.body().text("hash");
  question.answer_by = done.body().time("answer_by");
  wake(state, id, question.answer_by);
}

Verdict may_answer(const Matter& m) {
  if (get(m.state.seats, question_of(m).seat).holder == m.who()) return {};
  return refuse("accountability", "only the holder of {} answers", question_of(m).seat);
}

Verdict is_overdue(const Matter& m) {
  if (m.now > question_of(m).answer_by) return {};
  return refuse("accountability.answer_within", "may be answered until {}", text(question_of(m).answer_by));
}

}  // namespace

const Process& question_process() {
  static const Process process{
      .name = "question",
      .title = "A question to a holder of a post",
      .rows = "R28",
      .transitions = {{"", "question.put", "asked", "accountability.answer_within"},
                      {"asked", "question.answer", "answered", "accountability.answer_within"},
                      {"asked", "question.fall_overdue", "overdue", "accountability.answer_within"},
                      {"overdue", "question.answer", "answered", "accountability.answer_within"}},
      .acts = {{.name = "question.put",
                .about = "puts a question to the holder of a seat",
                .who = {By::member},
                .fields = {thing("seat"), published("hash"), time("answer_by").worked_out()},
                .guard = may_put,
                .derive = [](const Matter& m,
                             Body& b) { b.add("answer_by", text(m.now + m.charter.accountability.answer_within)); },
                .effect = put},
               {.name = "question.answer",
                .about = "answers it",
                .who = {By::anyone},
                .fields = {thing("question"), published("hash")},
                .moves = "question",
                .guard = may_answer,
                .effect =
                    [](State& s, const Done& d) {
                      get(s.questions, d.body().text("question")).answer = d.body().text("hash");
                    }},
               {.name = "question.fall_overdue",
                .about = "the deadline has passed without an answer",
                .who = {By::clock},
                .fields = {thing("question")},
                .moves = "question",
                .guard = is_overdue,
                .effect = [](State& s, const Done& d) { get(s.questions, d.body().text("question")).late = true; }}},
      .find = find_in<&State::questions>};
  return process;
}

}  // namespace folkmoot::charter
