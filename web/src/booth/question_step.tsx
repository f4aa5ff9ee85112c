// One question of the ballot paper.
import { useState } from "preact/hooks";
import { faultOf, type Answer, type Election } from "../election";
import { useTranslator } from "../i18n";
import { ErrorSummary, FieldError, Heading, type Problem } from "../ui/parts";
import { QuestionForm } from "./questions";

interface Props {
  election: Election;
  number: number; // from 0
  answer: Answer;
  onAnswer(answer: Answer): void;
  onContinue(): void;
}

export function QuestionStep({ election, number, answer, onAnswer, onContinue }: Props) {
  const t = useTranslator();
  const question = election.questions[number]!;
  const id = `question-${number}`;
  const [problems, setProblems] = useState<Problem[]>([]);
  const submit = (event: Event) => {
    event.preventDefault();
    const fault = faultOf(question, answer);
    if (!fault) return onContinue();
    setProblems([{ text: t(fault.message, "n" in fault ? { n: fault.n } : {}), field: id }]);
  };
  return (
    <form onSubmit={submit} noValidate>
      <button type="button" class="link back" onClick={() => history.back()}>
        {t("back")}
      </button>
      <ErrorSummary problems={problems} />
      <fieldset class={problems.length > 0 ? "question wrong" : "question"} aria-describedby={`${id}-hint`}>
        <legend>
          <Heading title={question.text} caption={t("question.progress", { number: number + 1, total: election.questions.length })}>
            {question.text}
          </Heading>
        </legend>
        {problems[0] && <FieldError id={`${id}-error`} text={problems[0].text} />}
        <QuestionForm {...{ question, answer, onAnswer, id }} />
      </fieldset>
      <button type="submit">{t("continue")}</button>
    </form>
  );
}
