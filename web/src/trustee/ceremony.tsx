// /trustee?ceremony=ID: the making of a threshold key, step by step. What this browser makes is kept before it is sent,
// so that what was sent is never made anew.
import { useEffect, useState } from "preact/hooks";
import { useLoaded } from "../site/load";
import { ErrorSummary, Heading, Live, Notice, type Problem as Wrong } from "../ui/parts";
import { Problem } from "../api";
import "../i18n/member";
import { SecondFactor } from "../member/second_factor";
import { useWords } from "../i18n/trustee";
import type { Session } from "../site/schema";
import type { TrusteeKey } from "../i18n/trustee_en";
import type { Message, Step } from "../wasm/trustee";
import { calls, type CeremonyView } from "./calls";
import { kept, type Kept } from "./kept";
import { ForgetKey, LoadKey, PlainKey, SaveKey } from "./keys";
import { faultsOf, inWorker, noPassphrase, PassphraseFields, Trusted, useDoing, type Passphrase } from "./parts";

export const steps = ["certificates", "commitments", "polynomials", "shares"] as const;
type StepName = (typeof steps)[number];
const calledInWorker: Record<StepName, string> = { certificates: "join", commitments: "commit", polynomials: "reveal", shares: "share" };

// What a trustee has to do with a step.
export type State = "done" | "due" | "sent" | "waiting" | "later";
export function stateOf(view: CeremonyView, step: StepName, own: number | null): State {
  const now = view.waiting === "nobody" ? steps.length : steps.indexOf(view.waiting);
  const at = steps.indexOf(step);
  if (at < now) return "done";
  if (at > now) return "later";
  if (own === null) return step === "certificates" && view.missing.length > 0 ? "due" : "waiting";
  return view.missing.includes(own) ? "due" : "sent";
}

// Sends what is not there yet, in order.
async function send(ceremony: string, files: string[], messages: Message[]): Promise<void> {
  for (const message of messages) if (!files.includes(message.name)) await calls.put(ceremony, message);
}

// Makes the messages of the step that is due, keeps them, sends them, and gives what is kept from then on.
async function take(id: string, view: CeremonyView, one: Kept, passphrase: string): Promise<Kept> {
  let { sealed } = one;
  // Those of the step before may all be there already, without this browser having heard of it.
  let pending = one.pending?.some(({ name }) => !view.files.includes(name)) ? one.pending : undefined;
  if (!pending) {
    const name = calledInWorker[view.waiting as StepName];
    const made = await inWorker<Step & { sealed?: string }>(name, sealed, passphrase, await calls.sent(id, view.files));
    pending = made.messages;
    sealed = made.sealed ?? sealed;
    await kept.keep({ ...one, sealed, pending });
  }
  await send(id, view.files, pending);
  const { pending: _, ...now } = { ...one, sealed };
  await kept.keep(now);
  return now;
}

function Seats({ view, own }: { view: CeremonyView; own: number | null }) {
  const t = useWords();
  const says = (number: number) => {
    if (number === own) return t("ceremony.seat.you", { number });
    const name = view.seats.find((seat) => seat.number === number)?.name;
    if (name) return t("ceremony.seat.named", { number, name });
    return t(view.files.includes(`certificate-${number}.json`) ? "ceremony.seat" : "ceremony.seat.free", { number });
  };
  return (
    <ul>
      {Array.from({ length: view.trustees }, (_, i) => (
        <li key={i}>{says(i + 1)}</li>
      ))}
    </ul>
  );
}

function Join({ id, view, onKey }: { id: string; view: CeremonyView; onKey(one: Kept): void }) {
  const t = useWords();
  const [index, setIndex] = useState(view.missing.length === 1 ? view.missing[0]! : 0);
  const [passphrase, setPassphrase] = useState<Passphrase>(noPassphrase);
  const { doing, problems, wrong, run } = useDoing();
  const join = (event: Event) => {
    event.preventDefault();
    const faults: Wrong[] = index > 0 ? [] : [{ text: t("ceremony.which.none"), field: `seat-${view.missing[0]}` }];
    faults.push(...faultsOf(t, passphrase));
    if (faults.length > 0) return wrong(faults);
    void run(async () => {
      const seat = { group: view.group, trustees: view.trustees, threshold: view.threshold, index };
      const { sealed, messages } = await inWorker<{ sealed: string; messages: Message[] }>("join", id, seat, passphrase.first);
      const one = { for: id, trustee: index, sealed };
      await kept.keep({ ...one, pending: messages });
      try {
        await send(id, [], messages);
      } catch (error) {
        // A seat that somebody else has, or a certificate that is refused, is no reason to keep a key.
        if (!(error instanceof Problem) || error.problem !== "unreachable") await kept.drop(id);
        throw error;
      }
      await kept.keep(one);
      onKey(one);
    });
  };
  return (
    <form onSubmit={join} noValidate>
      <ErrorSummary problems={problems} />
      <fieldset class="field">
        <legend>{t("ceremony.which")}</legend>
        {view.missing.map((number) => (
          <div key={number} class="option">
            <input type="radio" id={`seat-${number}`} name="seat" checked={index === number} onChange={() => setIndex(number)} />
            <label for={`seat-${number}`}>{t("ceremony.seat", { number })}</label>
          </div>
        ))}
      </fieldset>
      <PassphraseFields value={passphrase} chosen problems={problems} onValue={setPassphrase} />
      <button type="submit" aria-disabled={doing || undefined}>
        {t(doing ? "duty.working" : "ceremony.step.certificates")}
      </button>
    </form>
  );
}

function Due({ id, view, one, onDone }: { id: string; view: CeremonyView; one: Kept; onDone(one: Kept): void }) {
  const t = useWords();
  const [passphrase, setPassphrase] = useState<Passphrase>(noPassphrase);
  const { doing, problems, run } = useDoing();
  const go = (event: Event) => {
    event.preventDefault();
    void run(async () => onDone(await take(id, view, one, passphrase.first)));
  };
  return (
    <form onSubmit={go} noValidate>
      <ErrorSummary problems={problems} />
      <PassphraseFields value={passphrase} chosen={false} problems={problems} onValue={setPassphrase} />
      <button type="submit" aria-disabled={doing || undefined}>
        {t(doing ? "duty.working" : (`ceremony.step.${view.waiting}` as TrusteeKey))}
      </button>
    </form>
  );
}

export function Ceremony({ id, session }: { id: string; session: Session }) {
  const t = useWords();
  const [loaded, again] = useLoaded(() => Promise.all([calls.ceremony(id), kept.read(id)]), [id]);
  const [shown, setShown] = useState(session.second_factor);
  const [last, setLast] = useState<[CeremonyView, Kept | undefined] | null>(null);
  useEffect(() => {
    if (loaded.state === "there") setLast(loaded.value);
  }, [loaded]);
  const waits = last !== null && last[0].waiting !== "nobody" && !(last[1] && last[0].missing.includes(last[1].trustee));
  useEffect(() => {
    if (!waits) return undefined;
    const timer = setInterval(again, 10_000);
    return () => clearInterval(timer);
  });
  if (!last) {
    if (loaded.state === "failed") return <Heading>{loaded.problem.problem === "not-found" ? t("site.notFound") : t("unreachable")}</Heading>;
    return <p role="status">{t("loading")}</p>;
  }
  const [view, one] = last;
  const seat = view.seats.find(({ member }) => member === session.member)?.number ?? null;
  const own = one?.trustee ?? seat;
  const list = view.missing.join(", ");
  const now = stateOf(view, view.waiting === "nobody" ? "shares" : view.waiting, own);
  return (
    <>
      <Heading>{t(view.waiting === "nobody" ? "ceremony.done" : "ceremony.heading")}</Heading>
      <p>{t("ceremony.text", { trustees: view.trustees, threshold: view.threshold })}</p>
      <Live text={view.waiting === "nobody" ? t("ceremony.done") : `${t(`ceremony.step.${view.waiting}` as TrusteeKey)}: ${t(`ceremony.state.${now}` as TrusteeKey, { list })}`} />
      {view.waiting === "nobody" && (
        <Notice kind="good">
          <p>{t("ceremony.done.text")}</p>
        </Notice>
      )}
      <h2>{t("ceremony.seats")}</h2>
      <Seats view={view} own={own} />
      {view.waiting !== "nobody" && !shown && <SecondFactor onShown={() => setShown(true)} />}
      <h2>{t("ceremony.steps")}</h2>
      <ol class="timeline">
        {steps.map((step) => {
          const state = stateOf(view, step, own);
          const here = state === "due" && step === view.waiting;
          return (
            <li key={step} class={state} aria-current={step === view.waiting ? "step" : undefined}>
              <h3>{t(`ceremony.step.${step}`)}</h3>
              <p class="state">{t(`ceremony.state.${state}`, { list })}</p>
              <p>{t(`ceremony.step.${step}.text`)}</p>
              {here && shown && step === "certificates" && !one && own === null && <Join id={id} view={view} onKey={again} />}
              {here && shown && one && <Due id={id} view={view} one={one} onDone={again} />}
            </li>
          );
        })}
      </ol>
      {one ? (
        <>
          <h2>{t("tally.key")}</h2>
          <p>{t("key.kept")}</p>
          <SaveKey one={one} />
          <PlainKey one={one} />
          <ForgetKey one={one} onGone={again} />
        </>
      ) : (
        <>
          {view.waiting !== "certificates" && own === null && <p>{t("ceremony.full")}</p>}
          <LoadKey expected={{ ceremony: id, trustee: own ?? 0 }} onKey={again} />
        </>
      )}
      <Trusted />
      <details>
        <summary>{t("ceremony.sent")}</summary>
        <p>{t("ceremony.sent.text")}</p>
        <ul>
          {view.files.map((name) => (
            <li key={name}>
              <a href={`/api/v1/ceremonies/${encodeURIComponent(id)}/${encodeURIComponent(name)}`} class="code">
                {name}
              </a>
            </li>
          ))}
        </ul>
      </details>
      <button type="button" class="secondary" onClick={again}>
        {t("duty.again")}
      </button>
    </>
  );
}
