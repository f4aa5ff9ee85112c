// /run and /run/UUID: the returning officer's way through an election, with what each step puts on the record.
import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import type { ElectionHead } from "../api";
import { useWords } from "../i18n/trustee";
import { Load } from "../site/load";
import { ErrorSummary, Heading, Notice } from "../ui/parts";
import type { Act } from "../site/schema";
import { calls, type Declared, type Tally, type TallyTrustee } from "./calls";
import { actsOf, Confirm, useAllowed } from "./confirm";
import { trusteeAddress } from "./home";
import { allNamed, ElectionList, oneNamed, Particulars } from "./named";
import { useDoing } from "./parts";

export type StepName = "open" | "close" | "shuffle" | "end" | "decrypt" | "result" | "declare";

// In which order what comes, and where an election stands.
export function timelineOf(tally: Tally, isOver: boolean): [StepName, "done" | "now" | "later"][] {
  const shuffles: StepName[] = tally.phase === "decrypting" && tally.shuffles === 0 ? [] : ["shuffle", "end"];
  const all: StepName[] = ["open", "close", ...shuffles, "decrypt", "result", "declare"];
  const enough = tally.decryptions >= tally.needed;
  const now: StepName[] = {
    open: isOver ? ["close"] : ["open"],
    closed: ["close"],
    // While they shuffle, the officer may end it as soon as one has.
    shuffling: tally.shuffles > 0 ? ["shuffle", "end"] : ["shuffle"],
    decrypting: enough ? ["result"] : ["decrypt"],
    result: ["declare"],
    declared: [],
  }[tally.phase] as StepName[];
  const first = tally.phase === "declared" ? all.length : all.indexOf(now[0]!);
  return all.map((step, at) => [step, now.includes(step) ? "now" : at < first ? "done" : "later"]);
}

// The page of an act with its fields filled in.
export function actAddress(type: string, fields: Declared): string {
  const asked = new URLSearchParams();
  for (const [name, value] of Object.entries(fields)) for (const one of [value].flat()) asked.append(name, String(one));
  return `/office/${type}?${asked.toString()}`;
}

const nameOf = ({ number, name }: TallyTrustee) => (name ? `${number} (${name})` : String(number));

function Who({ tally, what }: { tally: Tally; what: "shuffled" | "decrypted" }) {
  const t = useWords();
  const names = (done: boolean) => tally.trustees.filter((trustee) => trustee[what] === done).map(nameOf).join(", ");
  const [did, due] = [names(true), names(false)];
  return (
    <ul>
      {did && <li>{t(what === "shuffled" ? "run.shuffle.did" : "run.decrypt.did", { list: did })}</li>}
      {due && <li>{t(what === "shuffled" ? "run.shuffle.due" : "run.decrypt.due", { list: due })}</li>}
    </ul>
  );
}

function Declare({ uuid }: { uuid: string }) {
  const t = useWords();
  const [fields, setFields] = useState<Declared | null>(null);
  const { doing, problems, run } = useDoing();
  if (fields) {
    return (
      <div role="status">
        <p class="lead">
          <a href={actAddress("election.declare", fields)}>{t("run.declare.act")}</a>
        </p>
      </div>
    );
  }
  return (
    <>
      <ErrorSummary problems={problems} />
      <p>{t("run.declare.text")}</p>
      <h4>{t("run.record")}</h4>
      <p>{t("run.declare.record")}</p>
      <button type="button" aria-disabled={doing || undefined} onClick={() => void run(async () => setFields(await calls.declaration(uuid)))}>
        {t(doing ? "duty.working" : "run.declare.go")}
      </button>
    </>
  );
}

interface StepProps {
  uuid: string;
  step: StepName;
  head: ElectionHead;
  tally: Tally;
  acts: Act[] | null;
  again(): void;
}
function StepBody({ uuid, step, head, tally, acts, again }: StepProps) {
  const t = useWords();
  const allowed = useAllowed();
  const taking = (what: "close" | "shuffles/end" | "result") => async () => {
    await calls.step(uuid, what);
    again();
  };
  switch (step) {
    case "open":
      return <p>{head.closes ? t("run.open.text", { time: t.time(head.closes) }) : t("run.close.early")}</p>;
    case "close":
      return <Confirm label={t("run.close")} allowed={allowed(acts, "close")} record={t("run.close.record")} onConfirm={taking("close")} />;
    case "shuffle":
      return (
        <>
          <p>{t("run.shuffle.text")}</p>
          <Who tally={tally} what="shuffled" />
          <p>
            <a href={trusteeAddress(uuid)}>{t("run.trustees.link")}</a>
          </p>
        </>
      );
    case "end":
      return <Confirm label={t("run.end")} allowed={allowed(acts)} record={t("run.end.record")} onConfirm={taking("shuffles/end")} />;
    case "decrypt":
      return (
        <>
          <p>{t("run.decrypt.text", { done: tally.decryptions, needed: tally.needed })}</p>
          <Who tally={tally} what="decrypted" />
          <p>
            <a href={trusteeAddress(uuid)}>{t("run.trustees.link")}</a>
          </p>
        </>
      );
    case "result":
      return <Confirm label={t("run.result")} allowed={allowed(acts, "result", tally.needed)} record={t("run.result.record")} onConfirm={taking("result")} />;
    case "declare":
      return <Declare uuid={uuid} />;
  }
}

function Item({ title, state, children }: { title: string; state: "done" | "now" | "later"; children?: ComponentChildren }) {
  const t = useWords();
  return (
    <li class={state === "now" ? "due" : state} aria-current={state === "now" ? "step" : undefined}>
      <h3>{title}</h3>
      <p class="state">{t(`run.state.${state}`)}</p>
      {children}
    </li>
  );
}

export function Run({ uuid }: { uuid: string }) {
  const t = useWords();
  const [turn, setTurn] = useState(0);
  const again = () => setTurn(turn + 1);
  const fetch = async () => {
    const one = await oneNamed(uuid);
    return { one, acts: await actsOf(one.tally.election) };
  };
  return (
    <Load fetch={fetch} inputs={[turn]}>
      {({ one, acts }) => (
        <>
          <Heading title={one.title} caption={t("run.heading")}>
            {one.title}
          </Heading>
          <p>
            <Particulars {...one} />
          </p>
          <p class="lead" role="status">
            {t(`tally.phase.${one.tally.phase}`)}
          </p>
          <h2>{t("run.timeline")}</h2>
          <ol class="timeline">
            {timelineOf(one.tally, one.head.phase === "closed").map(([step, state]) => (
              <Item key={step} title={t(`run.${step}`)} state={state}>
                {state === "now" && <StepBody {...{ uuid, step, acts, again }} {...one} />}
              </Item>
            ))}
          </ol>
          {one.tally.phase === "declared" && (
            <Notice kind="good">
              <p>{t("run.declared")}</p>
            </Notice>
          )}
          <p>
            <a href={`/audit?election=${encodeURIComponent(uuid)}`}>{t("run.audit")}</a>
          </p>
          <button type="button" class="secondary" onClick={again}>
            {t("duty.again")}
          </button>
        </>
      )}
    </Load>
  );
}

export function RunHome() {
  const t = useWords();
  return (
    <>
      <Heading>{t("run.heading")}</Heading>
      <h2>{t("run.list")}</h2>
      <Load fetch={allNamed}>
        {(all) => (all.length === 0 ? <p>{t("run.none")}</p> : <ElectionList all={all} address={(uuid) => `/run/${encodeURIComponent(uuid)}`} />)}
      </Load>
      <p>
        <a href="/run?prepare=new">{t("run.prepare")}</a>
      </p>
    </>
  );
}
