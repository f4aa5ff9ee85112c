// /run?prepare=…: what a returning officer gathers before an election has a record: the trustees' key, the drafted paper,
// the registrar's list. All of it is public; this browser keeps it until the record is made.
import { useEffect, useState } from "preact/hooks";
import { useWords } from "../i18n/trustee";
import { sha256 } from "../site/key";
import { ErrorSummary, Heading, Notice, SaveLink, TextField } from "../ui/parts";
import { calls, type CeremonyView } from "./calls";
import { Check, useAllowed, useChecked } from "./confirm";
import { ceremonyAddress } from "./home";
import { FileField, useDoing } from "./parts";
import { actAddress } from "./run";

export interface Prepared {
  election: string; // as the acts call it
  trustees: string;
  threshold: string;
  ceremony: string; // id
  question: string;
  paper: string; // drafted, with just this election and question; empty: not yet
}
const nothing: Prepared = { election: "", trustees: "3", threshold: "2", ceremony: "", question: "", paper: "" };

const key = "folkmoot.prepared";
const prepared = {
  read: (): Prepared => ({ ...nothing, ...(JSON.parse(localStorage.getItem(key) ?? "{}") as Partial<Prepared>) }),
  keep: (now: Prepared) => localStorage.setItem(key, JSON.stringify(now)),
  drop: () => localStorage.removeItem(key),
};

// The entries of public_creds.json; null if the text is none.
export function credentialsOf(text: string): string[] | null {
  try {
    const list = JSON.parse(text) as unknown;
    return Array.isArray(list) && list.length > 0 && list.every((one) => typeof one === "string" && /^[0-9a-f]{64,}(,\d+)?$/.test(one)) ? list : null;
  } catch {
    return null;
  }
}

const hexOf = (base64: string) => Array.from(atob(base64), (character) => character.charCodeAt(0).toString(16).padStart(2, "0")).join("");

interface PartProps {
  now: Prepared;
  change(more: Partial<Prepared>): void;
}

function Key({ now, change }: PartProps) {
  const t = useWords();
  const allowed = useAllowed();
  const [view, setView] = useState<CeremonyView | null>(null);
  const { button, checked, check, leave } = useChecked();
  const { doing, problems, wrong, run } = useDoing();
  const look = () => run(async () => setView(await calls.ceremony(now.ceremony)));
  useEffect(() => {
    if (now.ceremony) void look();
  }, []);
  const [trustees, threshold] = [Number(now.trustees), Number(now.threshold)];
  const submit = (event: Event) => {
    event.preventDefault();
    const good = Number.isInteger(trustees) && Number.isInteger(threshold) && trustees >= 1 && trustees <= 100 && threshold >= 1 && threshold <= trustees;
    wrong(good ? [] : [{ text: t("prepare.numbers"), field: "trustees" }]);
    if (good) check();
  };
  const begin = async () => {
    const { id } = await calls.begin("Ed25519", trustees, threshold);
    change({ ceremony: id });
    setView(await calls.ceremony(id));
  };
  if (now.ceremony) {
    const address = `${location.origin}${ceremonyAddress(now.ceremony)}`;
    return (
      <>
        <p>{t("prepare.begun")}</p>
        <p>
          <a href={address} class="code">
            {address}
          </a>
        </p>
        <ErrorSummary problems={problems} />
        {view && (
          <p role="status">{view.waiting === "nobody" ? t("prepare.made") : t("prepare.waiting", { list: view.missing.join(", ") })}</p>
        )}
        <button type="button" class="secondary" aria-disabled={doing || undefined} onClick={() => void look()}>
          {t("duty.again")}
        </button>
      </>
    );
  }
  if (checked) {
    return (
      <Check
        label={t("prepare.begin")}
        allowed={[...allowed([]), { rule: "elections.trustees", text: t("prepare.allowed.trustees") }]}
        facts={[
          [t("prepare.trustees"), String(trustees)],
          [t("prepare.threshold"), String(threshold)],
        ]}
        record={t("prepare.begin.record")}
        onConfirm={begin}
        onCancel={leave}
      />
    );
  }
  return (
    <form onSubmit={submit} noValidate>
      <ErrorSummary problems={problems} />
      <TextField
        id="trustees"
        label={t("prepare.trustees")}
        hint={t("prepare.trustees.hint")}
        problem={problems.find(({ field }) => field === "trustees")?.text}
        inputmode="numeric"
        value={now.trustees}
        onValue={(trustees) => change({ trustees })}
      />
      <TextField
        id="threshold"
        label={t("prepare.threshold")}
        hint={t("prepare.threshold.hint")}
        inputmode="numeric"
        value={now.threshold}
        onValue={(threshold) => change({ threshold })}
      />
      <button ref={button} type="submit" class="secondary">
        {t("prepare.begin")}
      </button>
    </form>
  );
}

function Paper({ now, change }: PartProps) {
  const t = useWords();
  const allowed = useAllowed();
  const { button, checked, check, leave } = useChecked();
  const { problems, wrong } = useDoing();
  const submit = (event: Event) => {
    event.preventDefault();
    const faults = now.election.trim() === "" ? [{ text: t("prepare.election.none"), field: "election" }] : [];
    if (now.question.trim() === "") faults.push({ text: t("prepare.question.none"), field: "question" });
    wrong(faults);
    if (faults.length === 0) check();
  };
  const draft = async () => {
    change({ paper: await calls.draft(now.election.trim(), now.question.trim(), "Ed25519") });
    leave();
  };
  const about = (id: string) => problems.find(({ field }) => field === id)?.text;
  if (checked) {
    return (
      <Check
        label={t("prepare.draft")}
        allowed={[...allowed([]), { rule: "elections", text: t("prepare.allowed.officer") }]}
        facts={[
          [t("prepare.election"), now.election.trim()],
          [t("prepare.question"), now.question.trim()],
        ]}
        record={t("prepare.draft.record")}
        onConfirm={draft}
        onCancel={leave}
      />
    );
  }
  return (
    <form onSubmit={submit} noValidate>
      <ErrorSummary problems={problems} />
      <TextField
        id="election"
        label={t("prepare.election")}
        hint={t("prepare.election.hint")}
        problem={about("election")}
        value={now.election}
        onValue={(election) => change({ election, paper: "" })}
        autocomplete="off"
        class="code"
      />
      <TextField
        id="question"
        label={t("prepare.question")}
        hint={t("prepare.question.hint")}
        problem={about("question")}
        value={now.question}
        onValue={(question) => change({ question, paper: "" })}
        autocomplete="off"
      />
      {now.paper && <p role="status">{t("prepare.paper.made")}</p>}
      <p class="row">
        <button ref={button} type="submit" class="secondary">
          {t("prepare.draft")}
        </button>
        {now.paper && (
          <SaveLink name="drafted.json" type="application/json" content={now.paper}>
            {t("prepare.paper.save")}
          </SaveLink>
        )}
      </p>
    </form>
  );
}

export function Prepare() {
  const t = useWords();
  const [now, setNow] = useState(prepared.read);
  const [list, setList] = useState<{ credentials: string[]; hash: string } | null>(null);
  const [made, setMade] = useState<{ uuid: string; fingerprint: string } | null>(null);
  const { button, checked, check, leave, forget } = useChecked();
  const allowed = useAllowed();
  const { problems, wrong } = useDoing();
  const change = (more: Partial<Prepared>) => {
    const next = { ...now, ...more };
    setNow(next);
    prepared.keep(next);
    forget();
  };
  const take = async (file: File | null) => {
    const text = file ? await file.text() : "";
    const credentials = credentialsOf(text);
    setList(credentials && { credentials, hash: await sha256(text.trim()) });
    wrong(file && !credentials ? [{ text: t("prepare.credentials.bad"), field: "credentials" }] : []);
  };
  const begin = () => {
    const ready = Boolean(now.ceremony && now.paper && list);
    wrong(ready ? [] : [{ text: t("prepare.makeable") }]);
    if (ready) check();
  };
  const make = async () => {
    const wanted = { election: now.election.trim(), paper: JSON.parse(now.paper) as unknown, ceremony: now.ceremony, credentials: list!.credentials };
    setMade(await calls.make(wanted));
    prepared.drop();
  };
  if (made) {
    return (
      <>
        <Heading key="ready">{t("prepare.ready")}</Heading>
        <Notice kind="good">
          <p>{t("prepare.ready.text", { fingerprint: made.fingerprint })}</p>
        </Notice>
        <p class="lead">
          <a href={actAddress("election.open", { election: now.election.trim(), fingerprint: /^[0-9a-f]{64}$/.test(made.fingerprint) ? made.fingerprint : hexOf(made.fingerprint) })}>
            {t("prepare.ready.act")}
          </a>
        </p>
        <p>
          <a href={`/run/${encodeURIComponent(made.uuid)}`}>{t("run.timeline")}</a>
        </p>
      </>
    );
  }
  return (
    <>
      <Heading>{t("prepare.heading")}</Heading>
      <h2>{t("prepare.key")}</h2>
      <Key now={now} change={change} />
      <h2>{t("prepare.paper")}</h2>
      <Paper now={now} change={change} />
      <h2>{t("prepare.credentials")}</h2>
      <ErrorSummary problems={problems} />
      <FileField
        id="credentials"
        label={t("prepare.credentials")}
        hint={t("prepare.credentials.hint")}
        accept=".json"
        problem={problems.find(({ field }) => field === "credentials")?.text}
        onFile={(file) => void take(file)}
      />
      {list && (
        <p role="status" class="code">
          {t("prepare.credentials.read", { hash: list.hash })}
        </p>
      )}
      <h2>{t("prepare.make")}</h2>
      {checked && list ? (
        <Check
          label={t("prepare.make")}
          allowed={[...allowed([]), { rule: "elections", text: t("prepare.allowed.officer") }, { rule: "elections.trustees", text: t("prepare.allowed.trustees") }]}
          facts={[
            [t("prepare.election"), now.election.trim()],
            [t("prepare.question"), now.question.trim()],
            [t("prepare.key"), now.ceremony],
            [t("prepare.credentials"), `${list.credentials.length}; SHA-256 ${list.hash}`],
          ]}
          record={t("prepare.make.record")}
          onConfirm={make}
          onCancel={leave}
        />
      ) : (
        <button ref={button} type="button" onClick={begin}>
          {t("prepare.make")}
        </button>
      )}
    </>
  );
}
