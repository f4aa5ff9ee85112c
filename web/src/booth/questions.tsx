// A question of the ballot paper, of any kind but a ranking (ranking.tsx).
import type { Answer, Question } from "../election";
import { useTranslator } from "../i18n";
import { Ranking } from "./ranking";

type Of<T, Kind> = Extract<T, { kind: Kind }>;
interface Props<Kind> {
  question: Of<Question, Kind>;
  answer: Of<Answer, Kind>;
  onAnswer(answer: Of<Answer, Kind>): void;
  id: string; // of the first input, to which an error leads
}

function Choice({ question, answer, onAnswer, id }: Props<"choice">) {
  const t = useTranslator();
  const { answers, min, max, blank } = question;
  const single = max === 1;
  const n = answers.length;
  const instruction = single
    ? t("choice.one")
    : min === max
      ? t("choice.exactly", { n: max })
      : max >= n && min === 0
        ? t("choice.any")
        : min === 0
          ? t("choice.upTo", { n: max })
          : t("choice.between", { min, max });
  const toggle = (i: number) => {
    if (single) return onAnswer({ kind: "choice", chosen: [i], blank: false });
    const chosen = answer.chosen.includes(i) ? answer.chosen.filter((j) => j !== i) : [...answer.chosen, i];
    onAnswer({ kind: "choice", chosen: chosen.sort((a, b) => a - b), blank: false });
  };
  const nothing = answer.chosen.length === 0 && !answer.blank;
  return (
    <>
      <p class="hint" id={`${id}-hint`}>
        {instruction}
      </p>
      <div class="options">
        {answers.map((name, i) => (
          <label class="option" key={i}>
            <input
              id={i === 0 ? id : undefined}
              type={single ? "radio" : "checkbox"}
              name={id}
              checked={answer.chosen.includes(i)}
              onChange={() => toggle(i)}
            />
            <span>{name}</span>
          </label>
        ))}
        {blank && (
          <label class="option apart">
            <input
              type={single ? "radio" : "checkbox"}
              name={id}
              checked={answer.blank}
              onChange={() => onAnswer({ kind: "choice", chosen: [], blank: single || !answer.blank })}
            />
            <span>
              {t("choice.blank")}
              <span class="hint inline"> {t("choice.blank.hint")}</span>
            </span>
          </label>
        )}
      </div>
      {!single && <p role="status">{t("choice.chosen", { n: answer.chosen.length })}</p>}
      {min === 0 && (
        <button
          type="button"
          class="link"
          disabled={nothing}
          onClick={() => onAnswer({ kind: "choice", chosen: [], blank: false })}
        >
          {t("choice.clear")}
        </button>
      )}
    </>
  );
}

function Grades({ question, answer, onAnswer, id }: Props<"grades">) {
  const t = useTranslator();
  const grade = (i: number, value: number | null) =>
    onAnswer({ kind: "grades", grades: answer.grades.map((old, j) => (i === j ? value : old)) });
  return (
    <>
      <p class="hint" id={`${id}-hint`}>
        {t("grades.hint")}
      </p>
      {question.answers.map((name, i) => (
        <fieldset class="graded" key={i}>
          <legend>{name}</legend>
          <div class="grades">
            {[...question.grades, t("grades.none")].map((label, g) => {
              const value = g < question.grades.length ? g : null;
              return (
                <label class="grade" key={g}>
                  <input
                    id={i === 0 && g === 0 ? id : undefined}
                    type="radio"
                    name={`${id}-${i}`}
                    checked={answer.grades[i] === value}
                    onChange={() => grade(i, value)}
                  />
                  <span>{label}</span>
                </label>
              );
            })}
          </div>
        </fieldset>
      ))}
    </>
  );
}

function Lists({ question, answer, onAnswer, id }: Props<"lists">) {
  const t = useTranslator();
  const toggle = (candidate: number) =>
    onAnswer({
      ...answer,
      chosen: answer.chosen.includes(candidate)
        ? answer.chosen.filter((other) => other !== candidate)
        : [...answer.chosen, candidate].sort((a, b) => a - b),
    });
  return (
    <>
      <p class="hint" id={`${id}-hint`}>
        {t("lists.hint")}
      </p>
      <div class="options">
        {question.lists.map((list, i) => (
          <div key={i}>
            <label class="option">
              <input
                id={i === 0 ? id : undefined}
                type="radio"
                name={id}
                checked={answer.list === i}
                onChange={() => onAnswer({ kind: "lists", list: i, chosen: [] })}
              />
              <span>{list.name}</span>
            </label>
            {answer.list === i && (
              <fieldset class="inside">
                <legend>{t("lists.candidates", { name: list.name })}</legend>
                {list.candidates.map((name, j) => (
                  <label class="option" key={j}>
                    <input type="checkbox" checked={answer.chosen.includes(j)} onChange={() => toggle(j)} />
                    <span>{name}</span>
                  </label>
                ))}
              </fieldset>
            )}
          </div>
        ))}
      </div>
    </>
  );
}

export function QuestionForm(props: { question: Question; answer: Answer; onAnswer(answer: Answer): void; id: string }) {
  const { question, answer, onAnswer, id } = props;
  if (question.kind === "choice" && answer.kind === "choice") return <Choice {...{ question, answer, onAnswer, id }} />;
  if (question.kind === "ranking" && answer.kind === "ranking") return <Ranking {...{ question, answer, onAnswer, id }} />;
  if (question.kind === "grades" && answer.kind === "grades") return <Grades {...{ question, answer, onAnswer, id }} />;
  if (question.kind === "lists" && answer.kind === "lists") return <Lists {...{ question, answer, onAnswer, id }} />;
  return null;
}
