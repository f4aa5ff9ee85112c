// A ballot that was opened instead of cast, checked on a device that did not make it.
import { useState } from "preact/hooks";
import { api } from "../api";
import { useTranslator } from "../i18n";
import { Remote } from "../rpc";
import { ErrorSummary, FieldError, Heading, Notice, TextField, type Problem } from "../ui/parts";
import type { OpenedReport } from "../wasm/verifier";
import { download } from "./download";

function Report({ report, noted, onAgain }: { report: OpenedReport; noted: string; onAgain(): void }) {
  const t = useTranslator();
  const other = noted !== "" && noted !== report.tracker;
  const good = report.wrong.length === 0 && !other;
  return (
    <>
      <Notice kind={good ? "good" : "bad"}>
        <Heading>{t(good ? "opened.valid" : "opened.invalid")}</Heading>
        {other && <p>{t("opened.other")}</p>}
        {report.wrong.map((wrong) => (
          <p key={wrong} lang="en">
            {wrong}
          </p>
        ))}
        <p>{t(good ? "opened.valid.text" : "opened.invalid.text")}</p>
      </Notice>
      {good && (
        <>
          <h2>{t("opened.votes")}</h2>
          <ul class="votes" lang="en">
            {report.votes.map((vote, i) => (
              <li key={i}>{vote}</li>
            ))}
          </ul>
        </>
      )}
      <dl class="tracker">
        <dt>{t("tracker.label")}</dt>
        <dd class="code">{report.tracker}</dd>
      </dl>
      <button type="button" class="link" onClick={onAgain}>
        {t("audit.again")}
      </button>
    </>
  );
}

export function OpenedAudit({ asked }: { asked: URLSearchParams }) {
  const t = useTranslator();
  const election = asked.get("election");
  const [address, setAddress] = useState(election ? api.recordAddress(election) : "");
  const [tracker, setTracker] = useState(asked.get("tracker") ?? "");
  const [file, setFile] = useState<File | null>(null);
  const [text, setText] = useState("");
  const [busy, setBusy] = useState(false);
  const [problems, setProblems] = useState<Problem[]>([]);
  const [report, setReport] = useState<OpenedReport | null>(null);

  const check = async () => {
    if (busy) return;
    if (!file && text.trim() === "") return setProblems([{ text: t("opened.nothing"), field: "opened" }]);
    if (address.trim() === "") return setProblems([{ text: t("audit.nothing"), field: "address" }]);
    setProblems([]);
    setBusy(true);
    const remote = new Remote(new Worker(new URL("./worker.ts", import.meta.url), { type: "module" }));
    try {
      const record = await download(address.trim(), new AbortController().signal, () => undefined);
      const opened = (file ? await file.text() : text).trim();
      setReport(await remote.call<OpenedReport>("verifyOpened", record, opened));
    } catch (error) {
      setProblems([{ text: t("opened.failed"), detail: error instanceof Error ? error.message : String(error), field: "opened" }]);
    }
    remote.end();
    setBusy(false);
  };
  const submit = (event: Event) => {
    event.preventDefault();
    void check();
  };

  if (report) return <Report report={report} noted={tracker.trim()} onAgain={() => setReport(null)} />;
  const wrong = problems.find(({ field }) => field === "opened");
  return (
    <form onSubmit={submit} noValidate>
      <ErrorSummary problems={problems} />
      <Heading>{t("opened.heading")}</Heading>
      <p>{t("opened.text")}</p>
      <div class={wrong ? "field wrong" : "field"}>
        <label for="opened">{t("opened.file")}</label>
        <p id="opened-hint" class="hint">
          {t("opened.file.hint")}
        </p>
        {wrong && <FieldError id="opened-error" text={wrong.text} />}
        <input
          id="opened"
          type="file"
          accept=".json"
          aria-describedby={`opened-hint${wrong ? " opened-error" : ""}`}
          onChange={(event) => setFile(event.currentTarget.files?.[0] ?? null)}
        />
      </div>
      <div class="field">
        <label for="opened-text">{t("opened.paste")}</label>
        <p id="opened-text-hint" class="hint">
          {t("opened.paste.hint")}
        </p>
        <textarea
          id="opened-text"
          class="code"
          rows={4}
          spellcheck={false}
          aria-describedby="opened-text-hint"
          value={text}
          onInput={(event) => setText(event.currentTarget.value)}
        />
      </div>
      <TextField
        id="tracker"
        label={t("opened.tracker")}
        hint={t("opened.tracker.hint")}
        value={tracker}
        onValue={setTracker}
        autocomplete="off"
        spellcheck={false}
        class="code"
      />
      <TextField
        id="address"
        label={t("audit.file")}
        hint={t("audit.address.hint")}
        value={address}
        onValue={setAddress}
        problem={problems.find(({ field }) => field === "address")?.text}
        autocomplete="off"
      />
      <button type="submit" aria-disabled={busy}>
        {busy ? t("audit.verifying") : t("opened.start")}
      </button>
    </form>
  );
}
