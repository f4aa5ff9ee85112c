// /trustee?election=UUID: a trustee's shuffle or partial decryption. The record is downloaded and verified in a Worker,
// which makes what is to be sent only if all of it is good. It is sent when the trustee has compared which ballots it is
// about with the others (THREAT_MODEL.md): a record of a single ballot would be good, too.
import { useEffect, useRef, useState } from "preact/hooks";
import { api } from "../api";
import { download } from "../audit/download";
import { useWords } from "../i18n/trustee";
import type { Session } from "../site/schema";
import { Load } from "../site/load";
import { ErrorSummary, Heading, Notice, ProblemText, SaveLink, type Problem as Wrong } from "../ui/parts";
import type { Sent } from "../wasm/trustee";
import { calls, type Tally, type TallyTrustee } from "./calls";
import { kept, type Kept } from "./kept";
import { LoadKey } from "./keys";
import { oneNamed, Particulars } from "./named";
import { inWords, noPassphrase, PassphraseFields, startWorker, Trusted, useDoing } from "./parts";

type What = "shuffles" | "decryptions";

// What is due now, for all trustees: once enough have decrypted, nobody else is asked.
export function dueIn({ phase, decryptions, needed }: Tally): What | null {
  if (phase === "shuffling") return "shuffles";
  return phase === "decrypting" && decryptions < needed ? "decryptions" : null;
}
// Those of the trustees that may be this member.
export const mineOf = ({ trustees }: Tally, member: string): TallyTrustee[] => trustees.filter((trustee) => trustee.member === member);
export const hasDone = (trustee: TallyTrustee, what: What): boolean => (what === "shuffles" ? trustee.shuffled : trustee.decrypted);

type Stage =
  | { stage: "form" }
  | { stage: "working"; doing: "downloading" | "verifying" | "making" | "sending"; percent: number }
  | { stage: "bad"; problem: Wrong }
  | { stage: "made"; sent: Sent; key: string }
  | { stage: "unsent"; sent: Sent; problem: Wrong }
  | { stage: "sent"; number: number };

function Part({ uuid, what, onDone }: { uuid: string; what: What; onDone(): void }) {
  const t = useWords();
  const [stage, setStage] = useState<Stage>({ stage: "form" });
  const [keys, setKeys] = useState<Kept[] | null>(null);
  const [chosen, setChosen] = useState("");
  const [passphrase, setPassphrase] = useState(noPassphrase);
  const { problems, wrong } = useDoing();
  const stop = useRef<() => void>(() => undefined);
  const readKeys = () => void kept.all().then((all) => (setKeys(all), all.length === 1 && setChosen(all[0]!.for)));
  useEffect(() => (readKeys(), () => stop.current()), []);

  const send = async (sent: Sent) => {
    setStage({ stage: "working", doing: "sending", percent: 100 });
    try {
      const { trustee } = await calls.hand(uuid, what, sent.text);
      setStage({ stage: "sent", number: trustee });
    } catch (error) {
      setStage({ stage: "unsent", sent, problem: inWords(t, error) });
    }
  };
  const sendCompared = async ({ sent, key }: { sent: Sent; key: string }) => {
    const one = await kept.read(key);
    if (one) await kept.keep({ ...one, closings: { ...one.closings, [sent.election]: sent.closing } });
    await send(sent);
  };
  const work = async (one: Kept) => {
    const abort = new AbortController();
    const worker = startWorker(({ step, percent }) => setStage({ stage: "working", doing: step === 0 ? "verifying" : "making", percent }));
    let stopped = false;
    stop.current = () => {
      stopped = true;
      abort.abort();
      worker.end();
      setStage({ stage: "form" });
    };
    try {
      setStage({ stage: "working", doing: "downloading", percent: 0 });
      const supplement = await calls.supplement(uuid);
      const record = await download(api.recordAddress(uuid), abort.signal, (percent) =>
        setStage({ stage: "working", doing: "downloading", percent }),
      );
      const decryptionKey =
        one.trustee > 0 ? await calls.text(`/api/v1/ceremonies/${encodeURIComponent(one.for)}/decryption-key-${one.trustee}.dkey`) : "";
      const name = what === "shuffles" ? "shuffle" : "decrypt";
      const sent = await worker.call<Sent>(name, one.sealed, passphrase.first, decryptionKey, record, supplement);
      worker.end();
      if (stopped) return;
      const before = (await kept.read(one.for))?.closings?.[sent.election];
      if (before && before !== sent.closing) {
        setStage({ stage: "bad", problem: { text: t("tally.other", { before, closing: sent.closing, ballots: sent.ballots }) } });
      } else {
        setStage({ stage: "made", sent, key: one.for });
      }
    } catch (error) {
      worker.end();
      if (stopped) return;
      if (error instanceof Error && error.message === "passphrase") {
        setStage({ stage: "form" });
        wrong([{ text: t("pass.wrong"), field: "passphrase" }]);
      } else {
        setStage({ stage: "bad", problem: inWords(t, error) });
      }
    }
  };
  const submit = (event: Event) => {
    event.preventDefault();
    const one = keys?.find((key) => key.for === chosen);
    if (!one) return wrong([{ text: t("tally.key.none"), field: keys?.[0] ? `key-${keys[0].for}` : "key-file" }]);
    wrong([]);
    void work(one);
  };

  if (stage.stage === "working") {
    const label = t(`tally.${stage.doing}`);
    return (
      <>
        <h2>{label}</h2>
        <progress aria-label={label} max={100} value={stage.percent} />
        <p>{t("tally.percent", { percent: stage.percent })}</p>
        <p class="hidden" role="status">
          {label}
        </p>
        {stage.doing !== "sending" && (
          <button type="button" class="secondary" onClick={() => stop.current()}>
            {t("tally.stop")}
          </button>
        )}
      </>
    );
  }
  if (stage.stage === "bad") {
    return (
      <>
        <div role="alert" class="notice bad">
          <h2>{t("tally.bad")}</h2>
          <p>
            <ProblemText {...stage.problem} />
          </p>
          <p>{t("tally.bad.text")}</p>
        </div>
        <button type="button" class="secondary" onClick={() => setStage({ stage: "form" })}>
          {t("back")}
        </button>
      </>
    );
  }
  if (stage.stage === "made") {
    return (
      <>
        <div role="status" class="notice calm">
          <h2>{t("tally.compare")}</h2>
          <p>{t("tally.compare.text", { ballots: stage.sent.ballots })}</p>
          <p>
            <code class="code">{stage.sent.closing}</code>
          </p>
          <p>{t("tally.compare.why")}</p>
        </div>
        <p class="row">
          <button type="button" onClick={() => void sendCompared(stage)}>
            {t("tally.compare.send")}
          </button>
          <button type="button" class="secondary" onClick={() => setStage({ stage: "form" })}>
            {t("tally.compare.stop")}
          </button>
        </p>
      </>
    );
  }
  if (stage.stage === "unsent") {
    return (
      <>
        <div role="alert" class="notice bad">
          <h2>{t("tally.unsent")}</h2>
          <p>
            <ProblemText {...stage.problem} />
          </p>
          <p>{t("tally.unsent.text")}</p>
        </div>
        <p class="row">
          <button type="button" onClick={() => void send(stage.sent)}>
            {t("tally.send")}
          </button>
          <SaveLink name={`${what === "shuffles" ? "shuffle" : "decryption"}-${stage.sent.trustee}`} type="text/plain" content={stage.sent.text}>
            {t("tally.save")}
          </SaveLink>
        </p>
      </>
    );
  }
  if (stage.stage === "sent") {
    return (
      <>
        <div role="status" class="notice good">
          <h2>{t("tally.sent")}</h2>
          <p>{t("tally.sent.text", { number: stage.number })}</p>
        </div>
        <button type="button" class="secondary" onClick={onDone}>
          {t("continue")}
        </button>
      </>
    );
  }
  const keyProblem = problems.find(({ field }) => field !== "passphrase");
  return (
    <>
      <p>{t(what === "shuffles" ? "tally.shuffle.text" : "tally.decrypt.text")}</p>
      <form onSubmit={submit} noValidate>
        <ErrorSummary problems={problems} />
        <fieldset class={keyProblem ? "field wrong" : "field"}>
          <legend>{t("tally.key")}</legend>
          {keys?.length === 0 && <p>{t("trustee.kept.none")}</p>}
          {keys?.map((one) => (
            <div key={one.for} class="option">
              <input type="radio" id={`key-${one.for}`} name="key" checked={chosen === one.for} onChange={() => setChosen(one.for)} />
              <label for={`key-${one.for}`}>
                {one.trustee > 0 ? t("key.trustee", { trustee: one.trustee, id: one.for }) : t("key.alone", { id: one.for })}
              </label>
            </div>
          ))}
        </fieldset>
        <PassphraseFields value={passphrase} chosen={false} problems={problems} onValue={setPassphrase} />
        <button type="submit">{t(what === "shuffles" ? "tally.shuffle" : "tally.decrypt")}</button>
      </form>
      <LoadKey
        onKey={(one) => {
          readKeys();
          setChosen(one.for);
        }}
      />
      <Trusted />
    </>
  );
}

export function TallyPart({ uuid, session }: { uuid: string; session: Session }) {
  const t = useWords();
  const [turn, setTurn] = useState(0);
  return (
    <Load fetch={() => oneNamed(uuid)} inputs={[turn]}>
      {(one) => {
        const { tally, title } = one;
        const what = dueIn(tally);
        const mine = mineOf(tally, session.member);
        const done = what !== null && mine.length > 0 && mine.every((trustee) => hasDone(trustee, what));
        return (
          <>
            <Heading title={title} caption={t("tally.heading")}>
              {title}
            </Heading>
            <p>
              <Particulars {...one} />
            </p>
            <p class="lead">{t(`tally.phase.${tally.phase}`)}</p>
            {mine.map(({ number }) => (
              <p key={number}>{t("tally.you", { number })}</p>
            ))}
            {mine.length === 0 && <p>{t("tally.unknown")}</p>}
            {what && !done ? (
              <Part key={what} uuid={uuid} what={what} onDone={() => setTurn(turn + 1)} />
            ) : (
              <>
                <Notice kind="calm">
                  <p>{t(done ? "tally.done" : "tally.nothing")}</p>
                </Notice>
                <button type="button" class="secondary" onClick={() => setTurn(turn + 1)}>
                  {t("duty.again")}
                </button>
              </>
            )}
          </>
        );
      }}
    </Load>
  );
}
