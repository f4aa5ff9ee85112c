// You have voted: the tracker as text, QR code and file, and what voting again does.
import { useState } from "preact/hooks";
import type { Election } from "../election";
import { useTranslator } from "../i18n";
import { Heading, Live, Notice, SaveLink } from "../ui/parts";
import { QrCode } from "../ui/qr";

interface Props {
  election: Election;
  done: { tracker: string; time: number; over: boolean }; // over: voting had closed when it was found in the box
  closes: string | undefined;
  onAgain(): void;
}

export function Done({ election, done, closes, onAgain }: Props) {
  const t = useTranslator();
  const [copied, setCopied] = useState(false);
  const { tracker, time, over } = done;
  const text = `${t("file.tracker", { name: election.name, uuid: election.uuid, time: t.time(time) })}\n\n${tracker}\n`;
  const copy = () => navigator.clipboard.writeText(tracker).then(() => setCopied(true), () => setCopied(false));
  return (
    <>
      <Notice kind="good">
        <Heading title={election.name}>{t("done.heading")}</Heading>
        <p>{t("done.text")}</p>
      </Notice>
      <h2>{t("done.keep")}</h2>
      <p>{t("done.keep.text")}</p>
      <dl class="tracker">
        <dt>{t("tracker.label")}</dt>
        <dd class="code">{tracker}</dd>
      </dl>
      <QrCode text={tracker} label={t("done.qr")} />
      <div class="row no-print">
        <button type="button" class="secondary" onClick={copy}>
          {copied ? t("done.copied") : t("done.copy")}
        </button>
        <SaveLink name={`${election.uuid}-tracker.txt`} type="text/plain" content={text}>
          {t("done.save")}
        </SaveLink>
        <button type="button" class="secondary" onClick={() => print()}>
          {t("done.print")}
        </button>
      </div>
      <Live text={copied ? t("done.copied") : ""} />
      {!over && (
        <>
          <h2>{t("done.revote")}</h2>
          <p>
            {t("done.revote.text")} {closes && t("start.closes", { time: t.time(closes) })}
          </p>
        </>
      )}
      <div class="row no-print">
        {over ? (
          <a href={`/ballots/${election.uuid}`}>{t("cast.box")}</a>
        ) : (
          <button type="button" class="link" onClick={onAgain}>
            {t("done.again")}
          </button>
        )}
        <a href={`/audit?election=${election.uuid}&tracker=${encodeURIComponent(tracker)}`}>{t("done.audit")}</a>
      </div>
    </>
  );
}
