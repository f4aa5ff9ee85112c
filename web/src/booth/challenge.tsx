// A ballot that was opened instead of cast (Benaloh's challenge): to be checked on a device that did not make it.
import type { Answer, Election } from "../election";
import { useTranslator } from "../i18n";
import { Heading, SaveLink } from "../ui/parts";
import { QrCode } from "../ui/qr";
import { AnswerText } from "./review";

interface Props {
  election: Election;
  answers: Answer[];
  opened: string; // the file
  tracker: string;
  onAgain(): void;
}

export function ChallengeStep({ election, answers, opened, tracker, onAgain }: Props) {
  const t = useTranslator();
  return (
    <>
      <Heading>{t("challenge.heading")}</Heading>
      <p>{t("challenge.text")}</p>
      <dl class="tracker">
        <dt>{t("tracker.label")}</dt>
        <dd class="code">{tracker}</dd>
      </dl>
      <QrCode text={tracker} label={t("done.qr")} />
      <h2>{t("challenge.answers")}</h2>
      <dl class="answers">
        {election.questions.map((question, i) => (
          <div key={i}>
            <dt>{question.text}</dt>
            <dd>
              <AnswerText question={question} answer={answers[i]!} />
            </dd>
          </div>
        ))}
      </dl>
      <div class="row">
        <SaveLink name={`${election.uuid}-opened.json`} type="application/json" content={opened}>
          {t("challenge.save")}
        </SaveLink>
        <button type="button" onClick={onAgain}>
          {t("challenge.again")}
        </button>
      </div>
    </>
  );
}
