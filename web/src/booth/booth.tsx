// The steps from the credential to the confirmation. What the voter has entered lives in this component and in no other
// place; only an encrypted ballot is kept beyond it (kept.ts).
import { useEffect, useState } from "preact/hooks";
import { api, Problem } from "../api";
import { emptyAnswer, plainAnswer, type Answer } from "../election";
import { useTranslator } from "../i18n";
import type { PreparedBallot } from "../wasm/booth";
import { CastStep, type Sending } from "./cast";
import { ChallengeStep } from "./challenge";
import { Done } from "./done";
import { kept, type Pending } from "./kept";
import type { Opened } from "./load";
import { QuestionStep } from "./question_step";
import { Review } from "./review";
import { Start } from "./start";

// Those that the browser's Back and Forward lead to.
type Place = { at: "start" } | { at: "question"; number: number } | { at: "review" } | { at: "seal" };

export function Booth({ election, view, encryptor }: Opened) {
  const t = useTranslator();
  const { uuid, questions } = election;
  const fresh = () => questions.map(emptyAnswer);
  const [place, setPlace] = useState<Place>({ at: "start" });
  const [credential, setCredential] = useState("");
  const [answers, setAnswers] = useState<Answer[]>(fresh);
  const [reviewed, setReviewed] = useState(false);
  const [ballot, setBallot] = useState<Pending | null>(null);
  const [opened, setOpened] = useState<string | null>(null);
  const [sending, setSending] = useState<Sending>({ state: "waiting" });
  const [pending, setPending] = useState(() => kept.pending(uuid));
  const [elsewhere, setElsewhere] = useState<string | null>(null);
  const [done, setDone] = useState<{ tracker: string; time: number; over: boolean } | null>(null);

  const go = (next: Place) => {
    history.pushState(next, "");
    setPlace(next);
  };
  useEffect(() => {
    history.replaceState({ at: "start" }, "");
    const onPop = (event: PopStateEvent) => {
      const wanted = (event.state as Place | null) ?? { at: "start" };
      setPlace(wanted);
    };
    addEventListener("popstate", onPop);
    return () => removeEventListener("popstate", onPop);
  }, []);
  useEffect(() => kept.onCastElsewhere(uuid, setElsewhere), []);

  const unfinished = done === null && credential !== "";
  useEffect(() => {
    if (!unfinished) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener("beforeunload", ask);
    return () => removeEventListener("beforeunload", ask);
  }, [unfinished]);

  const startAgain = () => {
    setCredential("");
    setAnswers(fresh());
    setReviewed(false);
    setBallot(null);
    setOpened(null);
    setDone(null);
    setSending({ state: "waiting" });
    go({ at: "start" });
  };

  const encrypt = async () => {
    const plain = questions.map((question, i) => plainAnswer(question, answers[i]!));
    const prepared: PreparedBallot = await encryptor.prepare(credential, plain);
    setBallot({ ...prepared, time: Date.now() });
    setOpened(null);
    setSending({ state: "waiting" });
    go({ at: "seal" });
  };

  // Once voting has closed, what was sent before without an answer is in the box or never will be.
  const handIn = async ({ ballot, tracker }: Pending): Promise<{ tracker: string; over: boolean }> => {
    try {
      return { ...(await api.cast(uuid, ballot)), over: false };
    } catch (error) {
      const closed = error instanceof Problem && error.problem === "closed";
      if (closed && (await api.hasBallot(uuid, tracker))) return { tracker, over: true };
      throw error;
    }
  };

  // Sent as often as the voter likes: it is the same ballot, which the server has once.
  const cast = async (sealed: Pending) => {
    if (sending.state === "sending") return;
    setSending({ state: "sending" });
    kept.keepPending(uuid, sealed);
    try {
      await encryptor.forget();
      const { tracker, over } = await handIn(sealed);
      if (tracker !== sealed.tracker) throw new Problem("refused", `tracker ${tracker}`);
      kept.dropPending(uuid);
      kept.keepCast(uuid, tracker);
      setPending(null);
      setCredential("");
      setAnswers(fresh());
      setDone({ tracker, time: Date.now(), over });
    } catch (error) {
      const problem = error instanceof Problem ? error : new Problem("refused", String(error));
      // Where voting has closed, the page looks for it in the box whenever it is opened again (load.ts).
      const open = ["unreachable", "session-expired", "closed"].includes(problem.problem);
      if (!open) kept.dropPending(uuid);
      if (problem.problem === "closed") setCredential(""); // nothing is lost any more by leaving the page
      setSending({ state: "failed", problem });
    }
  };

  if (done) return <Done {...{ election, done, closes: view.closes }} onAgain={startAgain} />;
  if (pending && !ballot) {
    const discard = () => {
      kept.dropPending(uuid);
      setPending(null);
    };
    return <CastStep {...{ uuid, sending, elsewhere }} ballot={pending} again onCast={() => cast(pending)} onDiscard={discard} />;
  }
  if (place.at === "seal" && ballot && opened !== null) {
    return (
      <ChallengeStep
        {...{ election, answers, opened }}
        tracker={ballot.tracker}
        spoil={() => api.spoil(uuid, opened)}
        onAgain={() => {
          setBallot(null);
          setOpened(null);
          go({ at: "review" });
        }}
      />
    );
  }
  if (place.at === "seal" && ballot) {
    return (
      <CastStep
        {...{ uuid, ballot, sending, elsewhere }}
        onCast={() => cast(ballot)}
        onChange={() => {
          setBallot(null);
          go({ at: "review" });
        }}
        onChallenge={async () => {
          const { opened: text } = await encryptor.challenge();
          setOpened(text);
        }}
      />
    );
  }
  if (place.at === "question" && credential !== "") {
    const { number } = place;
    return (
      <QuestionStep
        key={number}
        election={election}
        number={number}
        answer={answers[number]!}
        onAnswer={(answer) => setAnswers(answers.map((old, i) => (i === number ? answer : old)))}
        onContinue={() => go(reviewed || number + 1 === questions.length ? { at: "review" } : { at: "question", number: number + 1 })}
      />
    );
  }
  if (place.at !== "start" && credential !== "") {
    return (
      <Review
        {...{ election, answers }}
        onSeen={() => setReviewed(true)}
        onChange={(number) => go({ at: "question", number })}
        onEncrypt={encrypt}
      />
    );
  }
  return (
    <Start
      {...{ election, view, encryptor, credential }}
      onCredential={(valid) => {
        setCredential(valid);
        go({ at: "question", number: 0 });
      }}
      title={t("title.vote", { name: election.name })}
    />
  );
}
