// /trustee: what waits for a trustee, and the keys that this browser keeps.
import { useState } from "preact/hooks";
import { useWords } from "../i18n/trustee";
import { Load, useLoaded } from "../site/load";
import { ErrorSummary, Heading, SaveLink } from "../ui/parts";
import { kept, type Kept } from "./kept";
import { ForgetKey, LoadKey, PlainKey, SaveKey } from "./keys";
import { allNamed, ElectionList } from "./named";
import { faultsOf, inWorker, noPassphrase, PassphraseFields, Trusted, useDoing } from "./parts";

export const trusteeAddress = (uuid: string) => `/trustee?${new URLSearchParams({ election: uuid }).toString()}`;
export const ceremonyAddress = (id: string) => `/trustee?${new URLSearchParams({ ceremony: id }).toString()}`;

// Elections whose result is not there, with how far they are.
const unfinished = async () => (await allNamed()).filter(({ tally: { phase } }) => phase !== "result" && phase !== "declared");

// One's own key, without a ceremony.
function Alone({ onKey }: { onKey(): void }) {
  const t = useWords();
  const [passphrase, setPassphrase] = useState(noPassphrase);
  const [made, setMade] = useState<{ one: Kept; publicKey: string } | null>(null);
  const { doing, problems, wrong, run } = useDoing();
  const make = (event: Event) => {
    event.preventDefault();
    const faults = faultsOf(t, passphrase);
    if (faults.length > 0) return wrong(faults);
    void run(async () => {
      const { id, publicKey, sealed } = await inWorker<{ id: string; publicKey: string; sealed: string }>("key", "Ed25519", passphrase.first);
      const one = { for: id, trustee: 0, sealed };
      await kept.keep(one);
      setMade({ one, publicKey });
      onKey();
    });
  };
  if (made) {
    return (
      <div role="status">
        <h3>{t("trustee.alone.made", { id: made.one.for })}</h3>
        <SaveKey one={made.one} />
        <p>
          <SaveLink name={`${made.one.for}.pubkey`} type="application/json" content={`${made.publicKey}\n`}>
            {t("trustee.alone.public")}
          </SaveLink>
        </p>
      </div>
    );
  }
  return (
    <form onSubmit={make} noValidate>
      <p>{t("trustee.alone.text")}</p>
      <ErrorSummary problems={problems} />
      <PassphraseFields value={passphrase} chosen problems={problems} onValue={setPassphrase} />
      <button type="submit" class="secondary" aria-disabled={doing || undefined}>
        {t(doing ? "duty.working" : "trustee.alone.make")}
      </button>
    </form>
  );
}

export function TrusteeHome() {
  const t = useWords();
  const [keys, again] = useLoaded(kept.all, []);
  return (
    <>
      <Heading>{t("trustee.heading")}</Heading>
      <p>{t("trustee.text")}</p>
      <h2>{t("trustee.due")}</h2>
      <Load fetch={unfinished}>
        {(all) => (all.length === 0 ? <p>{t("trustee.none")}</p> : <ElectionList all={all} address={trusteeAddress} />)}
      </Load>
      <form method="get" action="/trustee">
        <div class="field">
          <label for="ceremony">{t("trustee.ceremony")}</label>
          <p id="ceremony-hint" class="hint">
            {t("trustee.ceremony.hint")}
          </p>
          <input id="ceremony" name="ceremony" required aria-describedby="ceremony-hint" autocomplete="off" class="code" />
        </div>
        <button type="submit" class="secondary">
          {t("trustee.ceremony.go")}
        </button>
      </form>
      <h2>{t("trustee.kept")}</h2>
      {keys.state === "there" && keys.value.length === 0 && <p>{t("trustee.kept.none")}</p>}
      {keys.state === "there" &&
        keys.value.map((one) => (
          <section key={one.for}>
            <h3>{one.trustee > 0 ? t("key.trustee", { trustee: one.trustee, id: one.for }) : t("key.alone", { id: one.for })}</h3>
            <SaveKey one={one} />
            <PlainKey one={one} />
            <ForgetKey one={one} onGone={again} />
          </section>
        ))}
      <LoadKey onKey={again} />
      <h2>{t("trustee.alone")}</h2>
      <Alone onKey={() => undefined} />
      <Trusted />
    </>
  );
}
