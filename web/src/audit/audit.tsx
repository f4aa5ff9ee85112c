// What is to be checked, then how far it is, then the report.
import { useEffect, useRef, useState } from "preact/hooks";
import { api } from "../api";
import { useTranslator } from "../i18n";
import { ErrorSummary, FieldError, Heading, TextField, type Problem } from "../ui/parts";
import type { Verified } from "../wasm/verifier";
import { verifyOnCores } from "./cores";
import { compareDeclared, type Compared } from "./declared";
import { downloadBoth, type Supplement } from "./download";
import { Elections } from "./elections";
import { ReportView } from "./report";

type Stage =
  | { stage: "form" }
  | { stage: "downloading"; percent: number }
  | { stage: "verifying"; percent: number; workers: number; fewer: boolean }
  | { stage: "report"; verified: Verified; compared: Compared | null; tracker: string; given: boolean };

export function Audit({ asked }: { asked: URLSearchParams }) {
  const t = useTranslator();
  const election = asked.get("election");
  const [stage, setStage] = useState<Stage>({ stage: "form" });
  const [file, setFile] = useState<File | null>(null);
  const [supplementFile, setSupplementFile] = useState<File | null>(null);
  const [address, setAddress] = useState(election ? api.recordAddress(election) : "");
  const [tracker, setTracker] = useState(asked.get("tracker") ?? "");
  const [problems, setProblems] = useState<Problem[]>([]);
  const stop = useRef<() => void>(() => undefined);
  useEffect(() => () => stop.current(), []);

  // Whose inputs for files are then empty.
  const toForm = () => {
    setFile(null);
    setSupplementFile(null);
    setStage({ stage: "form" });
  };
  const check = async () => {
    if (!file && address.trim() === "") return setProblems([{ text: t("audit.nothing"), field: "file" }]);
    setProblems([]);
    const abort = new AbortController();
    const { signal } = abort;
    stop.current = () => {
      abort.abort();
      toForm();
    };
    const fail = (text: string, field: string, detail: unknown) => {
      if (signal.aborted) return;
      toForm();
      setProblems([{ text, detail: detail instanceof Error ? detail.message : String(detail), field }]);
    };
    let record: Blob;
    let supplement: Supplement;
    try {
      const telling = (percent: number) => setStage({ stage: "downloading", percent });
      if (!file) telling(0);
      [record, supplement] = file ? [file, undefined] : await downloadBoth(address.trim(), signal, telling);
      if (supplementFile) supplement = await supplementFile.text();
    } catch (error) {
      return fail(t("audit.fetchFailed"), "address", error);
    }
    const verify = (supplement: Supplement) =>
      verifyOnCores({
        record,
        supplement: supplement ?? null,
        tracker: tracker.trim(),
        signal,
        onPercent: (percent) => setStage((now) => (now.stage === "verifying" ? { ...now, percent } : now)),
        onWorkers: (workers) => setStage((now) => ({ stage: "verifying", percent: 0, workers, fewer: now.stage === "verifying" })),
      });
    try {
      let verified = await verify(supplement);
      const uuid = verified.report.election?.uuid;
      const [compared, found] = !file && uuid ? await compareDeclared(uuid, supplement, signal) : [null, supplement];
      if (signal.aborted) return;
      if (found !== supplement) {
        setStage({ stage: "downloading", percent: 100 });
        verified = await verify(found);
      }
      if (signal.aborted) return;
      setStage({ stage: "report", verified, compared, tracker: tracker.trim(), given: file !== null });
    } catch (error) {
      fail(t("audit.readFailed"), "file", error);
    }
  };
  const submit = (event: Event) => {
    event.preventDefault();
    void check();
  };

  if (stage.stage === "report") {
    return <ReportView {...stage} onAgain={toForm} />;
  }
  if (stage.stage !== "form") {
    const label = t(stage.stage === "verifying" ? "audit.verifying" : "audit.downloading");
    return (
      <>
        <Heading key={stage.stage}>{label}</Heading>
        <progress aria-label={label} max={100} value={stage.percent} />
        <p>{t("audit.percent", { percent: stage.percent })}</p>
        {stage.stage === "verifying" && <p class="hint">{t("audit.cores", { n: stage.workers })}</p>}
        {stage.stage === "verifying" && stage.fewer && <p role="status">{t("audit.fewer")}</p>}
        <button type="button" class="secondary" onClick={() => stop.current()}>
          {t("audit.stop")}
        </button>
      </>
    );
  }
  const wrong = problems.some(({ field }) => field === "file");
  return (
    <form onSubmit={submit} noValidate>
      <ErrorSummary problems={problems} />
      <Heading>{t("audit.heading")}</Heading>
      <p>{t("audit.text")}</p>
      <Elections chosen={election} />
      <div class={wrong ? "field wrong" : "field"}>
        <label for="file">{t("audit.file")}</label>
        <p id="file-hint" class="hint">
          {t("audit.file.hint")}
        </p>
        {wrong && <FieldError id="file-error" text={problems[0]!.text} />}
        <input
          id="file"
          type="file"
          accept=".bel"
          aria-describedby={`file-hint${wrong ? " file-error" : ""}`}
          onChange={(event) => setFile(event.currentTarget.files?.[0] ?? null)}
        />
      </div>
      <div class="field">
        <label for="supplement">{t("audit.supplement")}</label>
        <p id="supplement-hint" class="hint">
          {t("audit.supplement.hint")}
        </p>
        <input
          id="supplement"
          type="file"
          accept=".json"
          aria-describedby="supplement-hint"
          onChange={(event) => setSupplementFile(event.currentTarget.files?.[0] ?? null)}
        />
      </div>
      <TextField
        id="address"
        label={t("audit.address")}
        hint={t("audit.address.hint")}
        value={address}
        onValue={setAddress}
        problem={problems.find(({ field }) => field === "address")?.text}
        autocomplete="off"
      />
      <TextField
        id="tracker"
        label={t("audit.tracker")}
        hint={t("audit.tracker.hint")}
        value={tracker}
        onValue={setTracker}
        autocomplete="off"
        spellcheck={false}
        class="code"
      />
      <button type="submit">{t("audit.start")}</button>
      <p>
        <a href={`/audit?${new URLSearchParams({ check: "ballot", ...(election && { election }) }).toString()}`}>{t("opened.link")}</a>
      </p>
    </form>
  );
}
