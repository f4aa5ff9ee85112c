// Showing a second factor in this session: a passkey, or the password that an app shows now.
import { useState } from "preact/hooks";
import { useTranslator } from "../i18n";
import { Load } from "../site/load";
import { ErrorSummary, Notice, TextField, type Problem as Fault } from "../ui/parts";
import { calls } from "./calls";
import { ProblemNotice, useDoing } from "./doing";
import { canUsePasskeys, showPasskey } from "./passkey";

function ShowApp({ onShown }: { onShown(): void }) {
  const t = useTranslator();
  const [password, setPassword] = useState("");
  const [faults, setFaults] = useState<Fault[]>([]);
  const { busy, problem, run } = useDoing();
  const show = () => {
    const digits = password.replace(/\s/g, "");
    const good = /^\d{6,8}$/.test(digits);
    setFaults(good ? [] : [{ text: t("factor.password.malformed"), field: "password" }]);
    if (!good) return;
    void run(async () => {
      await calls.showApp(digits);
      onShown();
    });
  };
  // Not a form: it may stand in one.
  return (
    <div>
      <ErrorSummary problems={faults} />
      <ProblemNotice problem={problem} />
      <TextField
        id="password"
        label={t("factor.password")}
        hint={t("factor.password.hint")}
        problem={faults[0]?.text}
        value={password}
        onValue={setPassword}
        inputMode="numeric"
        autocomplete="one-time-code"
        class="code"
        onKeyDown={(event) => {
          if (event.key !== "Enter") return;
          event.preventDefault();
          show();
        }}
      />
      <button type="button" aria-disabled={busy} onClick={show}>
        {t("factor.show.app")}
      </button>
    </div>
  );
}

function ShowPasskey({ onShown }: { onShown(): void }) {
  const t = useTranslator();
  const { busy, problem, run } = useDoing();
  return (
    <>
      <ProblemNotice problem={problem} />
      <button
        type="button"
        aria-disabled={busy}
        onClick={() =>
          run(async () => {
            await showPasskey();
            onShown();
          })
        }
      >
        {t("factor.show.passkey")}
      </button>
    </>
  );
}

export function SecondFactor({ onShown }: { onShown(): void }) {
  const t = useTranslator();
  return (
    <section aria-labelledby="second-factor">
      <h2 id="second-factor">{t("factor.needed")}</h2>
      <p>{t("factor.needed.text")}</p>
      <Load part fetch={calls.factors}>
        {(factors) => {
          const has = (kind: string) => factors.some((factor) => factor.kind === kind);
          if (factors.length === 0) {
            return (
              <Notice kind="calm">
                <p>{t("factor.none")}</p>
                <p>
                  <a href="/account">{t("factor.toAccount")}</a>
                </p>
              </Notice>
            );
          }
          return (
            <>
              {has("passkey") && canUsePasskeys() && <ShowPasskey onShown={onShown} />}
              {has("app") && <ShowApp onShown={onShown} />}
            </>
          );
        }}
      </Load>
    </section>
  );
}
