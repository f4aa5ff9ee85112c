// What goes on and waits for a holder of posts: thing by thing, with the acts that can move it along.
import { useTranslator, type Key } from "../i18n";
import { Stage } from "../site/parts";
import type { MyStep, MyWork, Organisation } from "../site/schema";
import { processOf } from "./things";

// Where everybody can read about a thing: on the page of its kind, or in the ledger.
const pages: Record<string, string> = { petition: "/petitions", motion: "/motions", case: "/cases", spend: "/spending", mandate: "/spending" };
export function addressOf(thing: string): string {
  const process = processOf(thing);
  if (process === "contest") return `/contests/${thing}`;
  return pages[process] ? `${pages[process]}#${thing}` : `/ledger?about=${thing}`;
}

// The form of an act, with everything filled in that is known.
export const stepAddress = (thing: string, { act, field, office, organ }: MyStep) =>
  `/office/${act}?${new URLSearchParams({ [field]: thing, ...(organ && { organ }), as: office }).toString()}`;

// By process, in the order given; in each, what is late comes first.
export function byProcess(work: MyWork[], late: (thing: string) => boolean): [string, MyWork[]][] {
  const processes = [...new Set(work.map(({ thing }) => processOf(thing)))];
  const those = (process: string) => work.filter(({ thing }) => processOf(thing) === process);
  return processes.map((process) => [process, those(process).sort((one, other) => Number(late(other.thing)) - Number(late(one.thing)))]);
}

function Row({ work: { thing, title, stage, since, steps }, organisation }: { work: MyWork; organisation: Organisation }) {
  const t = useTranslator();
  const organOf = (step: MyStep) => organisation.organs.find(({ id }) => id === step.organ)?.title;
  const name = (step: MyStep) => [t(`do.${step.act}` as Key), organOf(step)].filter(Boolean).join(", ");
  return (
    <li>
      <p>
        <a href={addressOf(thing)}>{title || thing}</a> <Stage stage={stage} />
        <br />
        <span class="hint">
          {title && `${thing} · `}
          {t("work.since", { day: t.day(since) })}
        </span>
      </p>
      {organisation.flags
        .filter((flag) => flag.thing === thing)
        .map(({ rule, message }) => (
          <p key={rule}>
            <span class="tag bad">{t("work.late")}</span> <span lang="en">{message}</span>
          </p>
        ))}
      <ul class="plain-list">
        {steps.map((step) => (
          <li key={`${step.act} ${step.organ}`}>
            <a href={stepAddress(thing, step)} aria-label={`${name(step)}: ${title || thing}`}>
              {name(step)}
            </a>
          </li>
        ))}
      </ul>
    </li>
  );
}

export function WorkList({ work, organisation }: { work: MyWork[]; organisation: Organisation }) {
  const t = useTranslator();
  const late = (thing: string) => organisation.flags.some((flag) => flag.thing === thing);
  return (
    <section aria-labelledby="work">
      <h2 id="work">{t("work.heading")}</h2>
      <p>{t(work.length > 0 ? "work.text" : "work.none")}</p>
      <div class="cards">
        {byProcess(work, late).map(([process, things]) => (
          <div key={process} class="card">
            <h3>{t(`process.${process}` as Key)}</h3>
            <ul class="rows">
              {things.map((one) => (
                <Row key={one.thing} work={one} organisation={organisation} />
              ))}
            </ul>
          </div>
        ))}
      </div>
    </section>
  );
}
