// The encrypted ballot: cast it, or have it opened to test the device. Also what is shown while it is not known whether
// it arrived.
import type { Problem, ProblemName } from "../api";
import type { Key } from "../i18n";
import { useTranslator } from "../i18n";
import { Heading, Notice, ProblemText } from "../ui/parts";
import type { Pending } from "./kept";

export type Sending = { state: "waiting" | "sending" } | { state: "failed"; problem: Problem };

interface Props {
  uuid: string;
  ballot: Pending;
  sending: Sending;
  elsewhere: string | null; // the tracker of a ballot that another tab cast meanwhile
  again?: boolean; // it is from earlier
  onCast(): void;
  onChange?(): void;
  onChallenge?(): void;
  onDiscard?(): void;
}

const titles: Partial<Record<ProblemName, Key>> = {
  unreachable: "cast.uncertain",
  "session-expired": "cast.expired",
  closed: "cast.closed",
  "not-open": "election.notOpen",
  "unknown-credential": "cast.unknown",
};

function Failure({ problem }: { problem: Problem }) {
  const t = useTranslator();
  return (
    <div role="alert">
      <Notice kind="bad">
        <h2>{t(titles[problem.problem] ?? "cast.refused")}</h2>
        {problem.problem === "unreachable" && <p>{t("cast.uncertain.text")}</p>}
        {problem.problem === "closed" && <p>{t("cast.closed.text")}</p>}
        {!titles[problem.problem] && (
          <p>
            <ProblemText text={t("cast.detail")} detail={problem.detail} />
          </p>
        )}
      </Notice>
    </div>
  );
}

export function CastStep({ uuid, ballot, sending, elsewhere, again, onCast, onChange, onChallenge, onDiscard }: Props) {
  const t = useTranslator();
  const busy = sending.state === "sending";
  const sent = sending.state !== "waiting";
  const over = sending.state === "failed" && sending.problem.problem === "closed";
  const castLabel = busy ? t("seal.casting") : sent ? t("retry") : again ? t("cast.pending.send") : t("seal.cast");
  return (
    <>
      {sending.state === "failed" && <Failure problem={sending.problem} />}
      {elsewhere && elsewhere !== ballot.tracker && (
        <Notice kind="calm">
          <h2>{t("done.other")}</h2>
          <p>{t("done.other.text", { tracker: elsewhere })}</p>
        </Notice>
      )}
      <Heading>{again ? t("cast.pending") : t("seal.heading")}</Heading>
      <p>{again ? t("cast.pending.text", { time: t.time(ballot.time) }) : t("seal.text")}</p>
      <dl class="tracker">
        <dt>{t("tracker.label")}</dt>
        <dd class="code">{ballot.tracker}</dd>
      </dl>
      <div class="row">
        <button type="button" onClick={onCast} aria-disabled={busy}>
          {castLabel}
        </button>
        {over && <a href={`/ballots/${uuid}`}>{t("cast.box")}</a>}
        {onDiscard && !busy && !over && (
          <button type="button" class="secondary" onClick={onDiscard}>
            {t("cast.pending.discard")}
          </button>
        )}
        {onChange && !sent && (
          <button type="button" class="secondary" onClick={onChange}>
            {t("seal.change")}
          </button>
        )}
      </div>
      {onChallenge && !sent && (
        <section aria-labelledby="challenge-heading">
          <h2 id="challenge-heading">{t("seal.challenge.heading")}</h2>
          <p>{t("seal.challenge.text")}</p>
          <button type="button" class="secondary" onClick={onChallenge}>
            {t("seal.challenge")}
          </button>
        </section>
      )}
    </>
  );
}
