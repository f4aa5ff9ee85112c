// The step before something that an officer does: the rules that allow it, what was entered, and what will be on the
// record. Acts have such a page of their own (src/member/confirm.tsx); these are the steps between them.
import { Fragment } from "preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { actsAbout } from "../site/about";
import { Facts, RuleLink } from "../site/parts";
import type { Act } from "../site/schema";
import { useWords } from "../i18n/trustee";
import { ErrorSummary } from "../ui/parts";
import { useDoing } from "./parts";

// A rule of the charter, and what it has to do with the step.
export interface Allowed {
  rule: string;
  text: string;
}

interface CheckProps {
  label: string;
  allowed: Allowed[];
  facts?: [string, string][]; // what was entered
  record: string;
  onConfirm(): Promise<void>;
  onCancel(): void;
}
export function Check({ label, allowed, facts, record, onConfirm, onCancel }: CheckProps) {
  const t = useWords();
  const { doing, problems, run } = useDoing();
  const box = useRef<HTMLDivElement>(null);
  // Before it is drawn: nothing moves under a finger.
  useLayoutEffect(() => box.current?.focus(), []);
  return (
    <div ref={box} class="confirm" role="group" tabIndex={-1} aria-label={label}>
      <ErrorSummary problems={problems} />
      <Facts
        facts={[
          ...(facts ?? []),
          [
            t("run.allowed"),
            <Fragment key="allowed">
              <p class="hint">{t("run.allowed.tab")}</p>
              <ul>
                {allowed.map(({ rule, text }) => (
                  <li key={rule}>
                    <RuleLink rule={rule} tab />: {text}
                  </li>
                ))}
              </ul>
            </Fragment>,
          ],
          [t("run.record"), record],
        ]}
      />
      <p class="row">
        <button type="button" aria-disabled={doing || undefined} onClick={() => void run(onConfirm)}>
          {doing ? t("duty.working") : `${t("run.confirm")}: ${label}`}
        </button>
        <button type="button" class="secondary" onClick={onCancel}>
          {facts ? t("change") : t("run.cancel")}
        </button>
      </p>
    </div>
  );
}

// Whether something is being checked, which a button begins; the button has the focus again when the check is left, but not
// when what there was to check is forgotten.
export function useChecked() {
  const [state, setState] = useState<"no" | "checked" | "left">("no");
  const button = useRef<HTMLButtonElement>(null);
  useLayoutEffect(() => {
    if (state === "left") button.current?.focus();
  }, [state]);
  const to = (next: typeof state) => () => setState(next);
  return { button, checked: state === "checked", check: to("checked"), leave: to("left"), forget: to("no") };
}

// A button of which all that is said before it is pressed again.
export function Confirm(props: Omit<CheckProps, "onCancel">) {
  const { button, checked, check, leave } = useChecked();
  if (checked) return <Check {...props} onCancel={leave} />;
  return (
    <button ref={button} type="button" onClick={check}>
      {props.label}
    </button>
  );
}

// The acts about an election, as far as they say who may take its steps and when; null if they cannot be had, which is no
// reason to show no page.
export async function actsOf(election: string): Promise<Act[] | null> {
  if (!election) return [];
  try {
    return (await actsAbout(election)).entries.filter(({ refused }) => refused === null);
  } catch {
    return null;
  }
}

// What allows a step of the tally: the returning officer's power, and what has to have come before it.
export function useAllowed() {
  const t = useWords();
  return (acts: Act[] | null, step?: "close" | "result", needed = 0): Allowed[] => {
    const prepared = acts?.find(({ type }) => type === "election.prepare");
    const closed = acts?.find(({ type }) => type === "election.close");
    return [
      { rule: "duties.contests", text: t("run.allowed.duty") },
      ...(acts ? [] : [{ rule: "elections", text: t("run.allowed.unknown") }]),
      ...(prepared ? [{ rule: prepared.rule ?? "elections", text: t("run.allowed.prepare", { number: prepared.number }) }] : []),
      ...(step === "close" && closed?.rule ? [{ rule: closed.rule, text: t("run.allowed.close", { number: closed.number }) }] : []),
      ...(step === "result" ? [{ rule: "elections.threshold", text: t("run.allowed.result", { needed }) }] : []),
    ];
  };
}
