// My second factors: which I have, and adding and removing them. An app's secret is shown as a QR code and as text, once.
import { useState } from "preact/hooks";
import { Problem } from "../api";
import { useTranslator } from "../i18n";
import { useLoaded } from "../site/load";
import type { Factor } from "../site/schema";
import { Notice } from "../ui/parts";
import { QrCode } from "../ui/qr";
import { AppPassword } from "./app_password";
import { calls } from "./calls";
import { ProblemNotice, useDoing } from "./doing";
import { addPasskey, canUsePasskeys } from "./passkey";
import { SecondFactor } from "./second_factor";

// The secret within an otpauth URI, in groups that can be typed.
const secretOf = (uri: string) => (new URL(uri).searchParams.get("secret") ?? "").replace(/(.{4})(?=.)/g, "$1 ");

function AddApp({ uri, onAdded, onLeave }: { uri: string; onAdded(): void; onLeave(): void }) {
  const t = useTranslator();
  const confirm = async (digits: string) => {
    await calls.confirmApp(digits);
    onAdded();
  };
  return (
    <div class="card">
      <h3>{t("factor.app.add")}</h3>
      <p>{t("factor.app.scan")}</p>
      <QrCode text={uri} label={t("factor.app.qr")} />
      <p>
        {t("factor.app.secret")} <span class="code">{secretOf(uri)}</span>
      </p>
      <AppPassword id="new-password" label={t("factor.app.then")} action={t("factor.app.confirm")} onPassword={confirm}>
        <button type="button" class="secondary" onClick={onLeave}>
          {t("leave")}
        </button>
      </AppPassword>
    </div>
  );
}

function FactorRow({ factor, onRemove }: { factor: Factor; onRemove(): void }) {
  const t = useTranslator();
  const name = t(`factor.kind.${factor.kind}`);
  const [sure, setSure] = useState(false);
  return (
    <li>
      <p>
        <strong>{name}</strong> <span class="hint">{t("factor.added", { day: t.day(factor.added) })}</span>
      </p>
      <p class="row">
        {sure ? (
          <>
            <span>{t("factor.remove.sure")}</span>
            <button type="button" onClick={onRemove}>
              {t("factor.remove.yes")}
            </button>
            <button type="button" class="secondary" onClick={() => setSure(false)}>
              {t("leave")}
            </button>
          </>
        ) : (
          <button type="button" class="secondary" aria-label={`${t("factor.remove")}: ${name}`} onClick={() => setSure(true)}>
            {t("factor.remove")}
          </button>
        )}
      </p>
    </li>
  );
}

// What is changed while a second factor has to be shown first is done again once it is.
export function Factors() {
  const t = useTranslator();
  const [loaded, again] = useLoaded(calls.factors, []);
  const [uri, setUri] = useState<string | null>(null);
  const [wanted, setWanted] = useState<(() => Promise<void>) | null>(null);
  const [done, setDone] = useState("");
  const { busy, problem, run } = useDoing();
  const change = (work: () => Promise<void>) =>
    run(async () => {
      setDone("");
      try {
        await work();
      } catch (error) {
        if (error instanceof DOMException) throw new Problem("refused", t("factor.passkey.stopped"));
        if (!(error instanceof Problem) || !/show your second factor/.test(error.detail)) throw error;
        setWanted(() => work);
      }
    });
  const added = (text: string) => {
    setUri(null);
    setDone(text);
    again();
  };
  const passkey = async () => {
    await addPasskey();
    added(t("factor.passkey.added"));
  };
  const app = async () => setUri((await calls.offerApp()).uri);
  const remove = (factor: Factor) => async () => {
    await calls.removeFactor(factor.id);
    added(t("factor.removed"));
  };
  const factors = loaded.state === "there" ? loaded.value : [];
  return (
    <section aria-labelledby="factors">
      <h2 id="factors">{t("factor.heading")}</h2>
      <p>{t("factor.text")}</p>
      <div role="status">
        {done && (
          <Notice kind="good">
            <p>{done}</p>
          </Notice>
        )}
      </div>
      <ProblemNotice problem={loaded.state === "failed" ? loaded.problem : problem} />
      {wanted && (
        <SecondFactor
          onShown={() => {
            setWanted(null);
            void change(wanted);
          }}
        />
      )}
      {loaded.state === "there" && factors.length === 0 && <p>{t("factor.noneYet")}</p>}
      <ul class="rows">
        {factors.map((factor) => (
          <FactorRow key={factor.id} factor={factor} onRemove={() => void change(remove(factor))} />
        ))}
      </ul>
      {uri ? (
        <AddApp uri={uri} onAdded={() => added(t("factor.app.added"))} onLeave={() => setUri(null)} />
      ) : (
        <p class="row">
          {canUsePasskeys() && (
            <button type="button" class="secondary" aria-disabled={busy} onClick={() => void change(passkey)}>
              {t("factor.passkey.add")}
            </button>
          )}
          {!factors.some(({ kind }) => kind === "app") && (
            <button type="button" class="secondary" aria-disabled={busy} onClick={() => void change(app)}>
              {t("factor.app.add")}
            </button>
          )}
        </p>
      )}
    </section>
  );
}
