// An answer in the voter's words, line by line, to be checked.
import type { Answer, Question } from "../election";
import type { Translator } from "../i18n";

export function describe(t: Translator, question: Question, answer: Answer): string[] {
  if (question.kind === "choice" && answer.kind === "choice") {
    if (answer.blank) return [t("choice.blank")];
    return answer.chosen.length > 0 ? answer.chosen.map((i) => question.answers[i]!) : [t("review.nothing")];
  }
  if (question.kind === "ranking" && answer.kind === "ranking") {
    return answer.order.length > 0 ? answer.order.map((c) => question.candidates[c]!) : [t("review.nobodyRanked")];
  }
  if (question.kind === "grades" && answer.kind === "grades") {
    return question.answers.map((name, i) => {
      const grade = answer.grades[i] ?? null;
      return `${name}: ${grade === null ? t("grades.none") : question.grades[grade]}`;
    });
  }
  if (question.kind === "lists" && answer.kind === "lists" && answer.list !== null) {
    const list = question.lists[answer.list]!;
    return [list.name, ...answer.chosen.map((i) => list.candidates[i]!)];
  }
  return [t("review.nothing")];
}
