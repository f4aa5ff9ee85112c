// Showing a second factor in this session: a passkey, or the password that an app shows now.
import { useTranslator } from "../i18n";
import { Load } from "../site/load";
import type { Factor } from "../site/schema";
import { Notice } from "../ui/parts";
import { AppPassword } from "./app_password";
import { calls } from "./calls";
import { ProblemNotice, useDoing } from "./doing";
import { canUsePasskeys, showPasskey } from "./passkey";

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
  const showApp = async (digits: string) => {
    await calls.showApp(digits);
    onShown();
  };
  return (
    <section aria-labelledby="second-factor">
      <h2 id="second-factor">{t("factor.needed")}</h2>
      <p>{t("factor.needed.text")}</p>
      <Load part fetch={calls.factors}>
        {(factors) => {
          const has = (kind: Factor["kind"]) => factors.some((factor) => factor.kind === kind);
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
              {has("app") && <AppPassword id="password" label={t("factor.password")} action={t("factor.show.app")} onPassword={showApp} />}
            </>
          );
        }}
      </Load>
    </section>
  );
}
