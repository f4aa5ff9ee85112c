// A ballot that was opened instead of cast (Benaloh's challenge): to be checked on a device that did not make it. The
// server notes that it was opened, so that nobody can cast it.
import { useEffect, useState } from "preact/hooks";
import type { Answer, Election } from "../election";
import { useTranslator } from "../i18n";
import { Heading, Live, Notice, SaveLink } from "../ui/parts";
import { QrCode } from "../ui/qr";
import { AnswerText } from "./review";

interface Props {
  election: Election;
  answers: Answer[];
  opened: string; // the file
  tracker: string;
  spoil(): Promise<void>;
  onAgain(): void;
}

// Where another device checks it: with the tracker that this one had shown before it knew that it would be tested.
const checkAddress = (uuid: string, tracker: string) =>
  `${location.origin}/audit?${new URLSearchParams({ check: "ballot", election: uuid, tracker }).toString()}`;

export function ChallengeStep({ election, answers, opened, tracker, spoil, onAgain }: Props) {
  const t = useTranslator();
  const [noted, setNoted] = useState<"waiting" | "noted" | "failed">("waiting");
  const [copied, setCopied] = useState(false);
  const note = () => {
    setNoted("waiting");
    spoil().then(
      () => setNoted("noted"),
      () => setNoted("failed"),
    );
  };
  useEffect(note, []);
  const copy = () => navigator.clipboard.writeText(opened).then(() => setCopied(true), () => setCopied(false));
  const address = checkAddress(election.uuid, tracker);
  return (
    <>
      <Heading>{t("challenge.heading")}</Heading>
      {noted === "failed" && (
        <div role="alert">
          <Notice kind="bad">
            <p>{t("challenge.notNoted")}</p>
            <button type="button" class="secondary" onClick={note}>
              {t("retry")}
            </button>
          </Notice>
        </div>
      )}
      <p>{t("challenge.text")}</p>
      <Live text={noted === "noted" ? t("challenge.noted") : ""} />
      <Live text={copied ? t("done.copied") : ""} />
      {noted === "noted" && <p>{t("challenge.noted")}</p>}
      <dl class="tracker">
        <dt>{t("tracker.label")}</dt>
        <dd class="code">{tracker}</dd>
      </dl>
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
      <h2>{t("challenge.how")}</h2>
      <ol>
        <li>{t("challenge.how.file")}</li>
        <li>{t("challenge.how.page")}</li>
        <li>{t("challenge.how.compare")}</li>
      </ol>
      <div class="row">
        <SaveLink name={`${election.uuid}-opened.json`} type="application/json" content={opened}>
          {t("challenge.save")}
        </SaveLink>
        <button type="button" class="secondary" onClick={copy}>
          {copied ? t("done.copied") : t("challenge.copy")}
        </button>
      </div>
      <QrCode text={address} label={t("challenge.qr")} />
      <p class="code">
        <a href={address} target="_blank" rel="noopener">
          {address}
        </a>
      </p>
      <button type="button" onClick={onAgain}>
        {t("challenge.again")}
      </button>
    </>
  );
}
