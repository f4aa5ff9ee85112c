// The step before an act: the rule that allows it, exactly what will be on the record, and the button that does it. Then
// what has come of it.
import { useEffect, useState } from "preact/hooks";
import { Problem } from "../api";
import { useTranslator, type Key } from "../i18n";
import type { KeptKey } from "../site/key";
import { Load } from "../site/load";
import { RuleText } from "../site/parts";
import type { Session } from "../site/schema";
import { Heading, Notice } from "../ui/parts";
import { calls, type Considered } from "./calls";
import { ProblemNotice, useDoing } from "./doing";
import { requestKeys } from "./drafts";
import { Done, Handed } from "./done";
import { ActInWords } from "./on_record";
import { missing, perform, type Allowed, type Once, type Outcome } from "./perform";
import { SecondFactor } from "./second_factor";
import { forgetKnown, type Known } from "./things";
import type { SignedRequest } from "./request";

// What cannot be undone says so first.
const warned = new Set(["application.withdraw", "member.leave", "member.erase", "member.decline", "seat.resign", "election.annul", "contest.abandon"]);

function Refused({ considered }: { considered: Exclude<Considered, Allowed> }) {
  const t = useTranslator();
  return (
    <Notice kind="bad">
      <h2>{t("confirm.refused")}</h2>
      <p lang="en">{considered.reason}</p>
      {considered.rule && <p>{t("ledger.rule", { rule: considered.rule })}</p>}
      <p>{t("confirm.nothing")}</p>
    </Notice>
  );
}

function Stopped({ kind }: { kind: "no-key" | "other-text" }) {
  const t = useTranslator();
  return (
    <Notice kind="bad">
      <h2>{t(kind === "no-key" ? "confirm.noKey" : "confirm.otherText")}</h2>
      <p>{t(kind === "no-key" ? "confirm.noKey.text" : "confirm.otherText.text")}</p>
      {kind === "no-key" && (
        <p>
          <a href="/account#key">{t("confirm.toKey")}</a>
        </p>
      )}
    </Notice>
  );
}

export interface ConfirmProps {
  session: Session;
  known: Known;
  signed: SignedRequest; // what is asked for, signed so far
  keyToUse?: KeptKey;
  onBack: (() => void) | null; // to where it can be changed
  onDone?: () => void;
}

function Check({ session, known, signed, keyToUse, onBack, considered, onOutcome }: ConfirmProps & { considered: Allowed; onOutcome(outcome: Outcome): void }) {
  const t = useTranslator();
  const { type } = signed.request;
  const [wantsFactor, setWantsFactor] = useState(false);
  const [once] = useState<Once>(() => ({ key: requestKeys.of(session.member, signed.request), again: null }));
  const { busy, problem, run } = useDoing();
  const others = missing(considered, signed.signatures).filter((member) => member !== session.member);
  const mine = considered.signers.some(({ member }) => member === session.member);
  const confirm = () =>
    run(async () => {
      try {
        onOutcome(await perform(session.member, known.organisation.origin, signed, once, keyToUse));
      } catch (error) {
        if (!(error instanceof Problem) || error.problem !== "second-factor") throw error;
        setWantsFactor(true);
      }
    });
  const name = (member: string) => known.people.get(member) ?? member;
  return (
    <>
      <p>{considered.rule ? <RuleText say="confirm.rule" rule={considered.rule} /> : t("ledger.noRule")}</p>
      {warned.has(type) && (
        <Notice kind="bad">
          <p>
            <strong>{t(`warn.${type}` as Key)}</strong>
          </p>
        </Notice>
      )}
      <h2>{t("confirm.record")}</h2>
      <ActInWords act={considered.act} texts={signed.texts} known={known} />
      <p>{t("confirm.forEver")}</p>
      {signed.signatures.map(({ member }) => (
        <p key={member}>{t("confirm.signed", { name: name(member) })}</p>
      ))}
      {others.map((member) => (
        <p key={member}>{t("confirm.second", { name: name(member) })}</p>
      ))}
      {problem?.problem === "unreachable" && once.again ? (
        <Notice kind="bad">
          <h2>{t("confirm.uncertain")}</h2>
          <p role="alert">{t("confirm.uncertain.text")}</p>
        </Notice>
      ) : (
        <ProblemNotice problem={problem} />
      )}
      {wantsFactor ? (
        <SecondFactor
          onShown={() => {
            setWantsFactor(false);
            void confirm();
          }}
        />
      ) : (
        <p class="row">
          <button type="button" aria-disabled={busy} onClick={confirm}>
            {t(others.length > 0 ? "confirm.hand" : mine ? "confirm.sign" : "confirm.do")}
          </button>
          {onBack && (
            <button type="button" class="secondary" onClick={onBack}>
              {t("change")}
            </button>
          )}
        </p>
      )}
    </>
  );
}

export function Confirm(props: ConfirmProps) {
  const { session, signed, known, onBack, onDone } = props;
  const t = useTranslator();
  const { type } = signed.request;
  known.people.set(session.member, session.name || session.member);
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  useEffect(() => {
    if (outcome?.kind !== "done" && outcome?.kind !== "handed") return;
    forgetKnown();
    requestKeys.drop(session.member, signed.request);
    onDone?.();
  }, [outcome]);
  if (outcome?.kind === "done") return <Done type={type} number={outcome.number} />;
  if (outcome?.kind === "handed") return <Handed type={type} name={known.people.get(outcome.to) ?? outcome.to} />;
  const back = onBack && (
    <button type="button" class="secondary" onClick={onBack}>
      {t("change")}
    </button>
  );
  return (
    <>
      <Heading title={t(`do.${type}` as Key)} caption={t(`do.${type}` as Key)}>
        {t("confirm.heading")}
      </Heading>
      {outcome?.kind === "refused" && <Refused considered={outcome.considered} />}
      {(outcome?.kind === "no-key" || outcome?.kind === "other-text") && <Stopped kind={outcome.kind} />}
      {outcome ? (
        back
      ) : (
        <Load fetch={() => calls.consider(signed.request)}>
          {(considered) =>
            considered.allowed ? (
              <Check {...props} considered={considered} onOutcome={setOutcome} />
            ) : (
              <>
                <Refused considered={considered} />
                {back}
              </>
            )
          }
        </Load>
      )}
    </>
  );
}
