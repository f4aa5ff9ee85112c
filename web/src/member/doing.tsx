// Something that is being done at the server, and what is said when it cannot be.
import { useEffect, useRef, useState } from "preact/hooks";
import { Problem } from "../api";
import { useTranslator } from "../i18n";
import { onSession, signInAddress } from "../session";
import { Notice } from "../ui/parts";

export interface Doing {
  busy: boolean;
  problem: Problem | null;
  run(work: () => Promise<void>): Promise<void>; // one thing at a time: a second press does nothing
  clear(): void;
}

export function useDoing(): Doing {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const under = useRef(false);
  const run = async (work: () => Promise<void>) => {
    if (under.current) return;
    under.current = true;
    setBusy(true);
    setProblem(null);
    try {
      await work();
    } catch (error) {
      setProblem(error instanceof Problem ? error : new Problem("refused", String(error)));
    } finally {
      under.current = false;
      setBusy(false);
    }
  };
  return { busy, problem, run, clear: () => setProblem(null) };
}

// The page stays as it is while the member signs in again in another tab.
function SignInAgain() {
  const t = useTranslator();
  const [again, setAgain] = useState(false);
  useEffect(() => onSession(setAgain), []);
  if (again) {
    return (
      <Notice kind="good">
        <p role="status">{t("session.again")}</p>
      </Notice>
    );
  }
  return (
    <Notice kind="bad">
      <h2>{t("session.expired")}</h2>
      <p>{t("session.expired.text")}</p>
      <p>
        <a href={signInAddress()} target="_blank" rel="noopener">
          {t("session.signIn.tab")}
        </a>
      </p>
    </Notice>
  );
}

export function ProblemNotice({ problem }: { problem: Problem | null }) {
  const t = useTranslator();
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (problem) box.current?.focus();
  }, [problem]);
  if (!problem) return null;
  const said = () => {
    if (problem.problem === "session-expired") return <SignInAgain />;
    return (
      <Notice kind="bad">
        {problem.problem === "unreachable" ? (
          <>
            <h2>{t("unreachable")}</h2>
            <p>{t("unreachable.text")}</p>
          </>
        ) : (
          <>
            <h2>{t(problem.problem === "too-many" ? "problem.tooMany" : "problem.refused")}</h2>
            <p lang="en">{problem.detail}</p>
            {problem.rule && <p>{t("ledger.rule", { rule: problem.rule })}</p>}
          </>
        )}
      </Notice>
    );
  };
  return (
    <div ref={box} tabIndex={-1} role="alert">
      {said()}
    </div>
  );
}
