// Check your answers, before they are encrypted.
import { useEffect, useState } from "preact/hooks";
import type { Answer, Election, Question } from "../election";
import { useTranslator } from "../i18n";
import { ErrorSummary, Heading } from "../ui/parts";
import { describe } from "./describe";

interface Props {
  election: Election;
  answers: Answer[];
  onSeen(): void;
  onChange(number: number): void;
  onEncrypt(): Promise<void>;
}

// A ranking as a numbered list, in its order; other answers as lines.
export function AnswerText({ question, answer }: { question: Question; answer: Answer }) {
  const t = useTranslator();
  const lines = describe(t, question, answer);
  if (answer.kind === "ranking" && answer.order.length > 0) {
    return (
      <ol>
        {lines.map((line, i) => (
          <li key={i}>{line}</li>
        ))}
      </ol>
    );
  }
  return (
    <>
      {lines.map((line, i) => (
        <p key={i}>{line}</p>
      ))}
    </>
  );
}

export function Review({ election, answers, onSeen, onChange, onEncrypt }: Props) {
  const t = useTranslator();
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  useEffect(onSeen, []);
  const encrypt = async () => {
    if (busy) return;
    setBusy(true);
    setFailure(null);
    try {
      await onEncrypt();
    } catch (error) {
      setFailure(error instanceof Error ? error.message : String(error));
      setBusy(false);
    }
  };
  return (
    <>
      <button type="button" class="link back" onClick={() => history.back()}>
        {t("back")}
      </button>
      <ErrorSummary problems={failure ? [{ text: t("review.failed"), detail: failure }] : []} />
      <Heading title={election.name}>{t("review.heading")}</Heading>
      <dl class="answers">
        {election.questions.map((question, i) => (
          <div key={i}>
            <dt>{question.text}</dt>
            <dd>
              <AnswerText question={question} answer={answers[i]!} />
            </dd>
            <dd class="action">
              <button type="button" class="link" aria-label={t("review.change", { question: question.text })} onClick={() => onChange(i)}>
                {t("change")}
              </button>
            </dd>
          </div>
        ))}
      </dl>
      <p>{t("review.hint")}</p>
      <button type="button" onClick={encrypt} aria-disabled={busy}>
        {busy ? t("encrypting") : t("review.encrypt")}
      </button>
    </>
  );
}
