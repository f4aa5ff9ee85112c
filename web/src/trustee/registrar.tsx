// /registrar: credentials for those on a roll, made in a Worker. Nothing of it is kept: what the registrar saves is all
// that there will be.
import { useEffect, useState } from "preact/hooks";
import { useWords } from "../i18n/trustee";
import { ErrorSummary, Heading, Notice, type Problem as Wrong } from "../ui/parts";
import type { Credentials } from "../wasm/trustee";
import { blobOf, FileField, inWords, SaveBlob, startWorker, Trusted, useDoing } from "./parts";

type Made = Omit<Credentials, "private" | "mail"> & { private: Blob; mail: Blob };
type Saved = "public" | "private" | "mail";

// The election of a drafted ballot paper; null if the text is none.
export function paperOf(text: string): { uuid: string; group: string } | null {
  try {
    const { uuid, group = "Ed25519" } = JSON.parse(text) as { uuid?: unknown; group?: unknown };
    return typeof uuid === "string" && /^[1-9A-HJ-NP-Za-km-z]{14,}$/.test(uuid) && typeof group === "string" ? { uuid, group } : null;
  } catch {
    return null;
  }
}

function Result({ made, uuid }: { made: Made; uuid: string }) {
  const t = useWords();
  const [saved, setSaved] = useState<Saved[]>([]);
  const all = (["public", "private", "mail"] as const).every((one) => saved.includes(one));
  // The browser asks before the page goes.
  useEffect(() => {
    if (all) return undefined;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener("beforeunload", ask);
    return () => removeEventListener("beforeunload", ask);
  }, [all]);
  const onSaved = (one: Saved) => () => setSaved((before) => [...before, one]);
  return (
    <>
      <Heading>{t("registrar.made", { n: made.voters })}</Heading>
      {made.weighted && <p>{t("registrar.weight", { weight: made.weight })}</p>}
      {made.ignored.length > 0 && <p class="hint">{t("registrar.ignored", { list: made.ignored.join(", ") })}</p>}
      <h2>{t("registrar.public")}</h2>
      <p>{t("registrar.public.text")}</p>
      <p class="code">{made.hash}</p>
      <SaveBlob name="public_creds.json" content={blobOf(made.public)} onSaved={onSaved("public")}>
        {t("registrar.public.save")}
      </SaveBlob>
      <h2>{t("registrar.private")}</h2>
      <p>{t("registrar.private.text")}</p>
      <p class="row">
        <SaveBlob name={`private_creds-${uuid}.csv`} content={made.private} onSaved={onSaved("private")}>
          {t("registrar.private.save")}
        </SaveBlob>
        <SaveBlob name={`mail-merge-${uuid}.csv`} content={made.mail} onSaved={onSaved("mail")}>
          {t("registrar.mail.save")}
        </SaveBlob>
      </p>
      {!all && (
        <Notice kind="bad">
          <p>{t("registrar.unsaved")}</p>
        </Notice>
      )}
    </>
  );
}

export function Registrar() {
  const t = useWords();
  const [roll, setRoll] = useState<File | null>(null);
  const [paper, setPaper] = useState<string | null>(null);
  const [percent, setPercent] = useState<number | null>(null);
  const [made, setMade] = useState<{ made: Made; uuid: string } | null>(null);
  const { problems, wrong } = useDoing();
  const make = async () => {
    const faults: Wrong[] = roll ? [] : [{ text: t("registrar.roll.none"), field: "roll" }];
    const election = paper === null ? null : paperOf(paper);
    if (!election) faults.push({ text: t(paper === null ? "registrar.paper.none" : "registrar.paper.bad"), field: "paper" });
    wrong(faults);
    if (!roll || !election) return;
    const worker = startWorker((progress) => setPercent(progress.percent));
    setPercent(0);
    try {
      setMade({ made: await worker.call<Made>("credentials", roll, election.uuid, election.group), uuid: election.uuid });
    } catch (error) {
      wrong([{ ...inWords(t, error), field: "roll" }]);
    }
    worker.end();
    setPercent(null);
  };
  if (made) return <Result {...made} />;
  if (percent !== null) {
    return (
      <>
        <Heading key="making">{t("registrar.making")}</Heading>
        <progress aria-label={t("registrar.making")} max={100} value={percent} />
      </>
    );
  }
  const about = (id: string) => problems.find(({ field }) => field === id)?.text;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void make();
      }}
      noValidate
    >
      <ErrorSummary problems={problems} />
      <Heading>{t("registrar.heading")}</Heading>
      <p>{t("registrar.text")}</p>
      <FileField id="roll" label={t("registrar.roll")} hint={t("registrar.roll.hint")} accept=".csv,.txt" problem={about("roll")} onFile={setRoll} />
      <FileField
        id="paper"
        label={t("registrar.paper")}
        hint={t("registrar.paper.hint")}
        accept=".json"
        problem={about("paper")}
        onFile={(file) => void (file ? file.text() : Promise.resolve(null)).then(setPaper)}
      />
      <button type="submit">{t("registrar.make")}</button>
      <Trusted />
    </form>
  );
}
