// My signing key: whether the one on the record is in this browser, making one, withdrawing it, and what to do when it
// is lost.
import { useTranslator } from "../i18n";
import { canSign, forgetKey, keptKey, keyToEnrol, noteEnrolled, type KeptKey } from "../site/key";
import { Load, useLoaded } from "../site/load";
import type { Session } from "../site/schema";
import { Notice } from "../ui/parts";
import { calls, type Me } from "./calls";
import { Confirm } from "./confirm";
import { ProblemNotice, useDoing } from "./doing";
import type { Request } from "./request";
import { known } from "./things";

type Place = "unable" | "none" | "here" | "elsewhere";

async function placeOf(me: Me): Promise<Place> {
  if (!(await canSign())) return "unable";
  if (me.key === "") return "none";
  const kept = await keptKey(me.member);
  if (kept?.publicKey !== me.key) return "elsewhere";
  if (!kept.enrolled) await noteEnrolled(kept);
  return "here";
}

// For officers, where they act: what is the matter with their key, if anything is.
export function KeyNotice({ me }: { me: Me }) {
  const t = useTranslator();
  const [loaded] = useLoaded(() => placeOf(me), [me.key]);
  if (loaded.state !== "there" || loaded.value === "here") return null;
  return (
    <Notice kind="bad">
      <p>{t(`key.${loaded.value}`)}</p>
      <p>
        <a href="/account#key">{t("confirm.toKey")}</a>
      </p>
    </Notice>
  );
}

// What is to be confirmed, with the key that signs it.
export interface Wanted {
  request: Request;
  key?: KeptKey;
}

function Buttons({ me, place, onWanted }: { me: Me; place: Place; onWanted(wanted: Wanted): void }) {
  const t = useTranslator();
  const { busy, problem, run } = useDoing();
  const { member } = me;
  const enrol = () =>
    run(async () => {
      const key = await keyToEnrol(member);
      onWanted({ key, request: { type: "member.enrol_key", actor: { member }, body: { member, key: key.publicKey } } });
    });
  const withdraw = () => onWanted({ request: { type: "member.withdraw_key", actor: { member }, body: { member } } });
  return (
    <>
      <ProblemNotice problem={problem} />
      {place === "none" && (
        <button type="button" aria-disabled={busy} onClick={enrol}>
          {t("key.make")}
        </button>
      )}
      {place === "here" && (
        <button type="button" class="secondary" onClick={withdraw}>
          {t("key.withdraw")}
        </button>
      )}
    </>
  );
}

function KeyState({ me, onWanted }: { me: Me; onWanted(wanted: Wanted): void }) {
  const t = useTranslator();
  return (
    <Load part fetch={() => placeOf(me)}>
      {(place) => (
        <>
          <Notice kind={place === "here" ? "good" : "calm"}>
            <p>{t(`key.${place}`)}</p>
          </Notice>
          {me.key && (
            <p>
              {t("key.record")} <span class="code">{me.key}</span>
            </p>
          )}
          {place === "elsewhere" && (
            <>
              <h3>{t("key.new.heading")}</h3>
              <ul>
                <li>{t("key.new.old")}</li>
                <li>{t("key.new.lost")}</li>
              </ul>
            </>
          )}
          {place === "here" && <p>{t("key.warning")}</p>}
          <Buttons {...{ me, place, onWanted }} />
        </>
      )}
    </Load>
  );
}

export function KeySection({ onWanted }: { onWanted(wanted: Wanted): void }) {
  const t = useTranslator();
  return (
    <section aria-labelledby="key">
      <h2 id="key">{t("key.heading")}</h2>
      <p>{t("key.text")}</p>
      <Load part fetch={calls.me}>
        {(me) => <KeyState {...{ me, onWanted }} />}
      </Load>
    </section>
  );
}

// Instead of the page, for as long as it is to be confirmed and then.
export function KeyConfirm({ session, wanted: { request, key }, onBack }: { session: Session; wanted: Wanted; onBack(): void }) {
  const withdrawn = request.type === "member.withdraw_key" ? { onDone: () => void forgetKey(session.member) } : {};
  return (
    <Load fetch={known}>
      {(all) => (
        <Confirm {...{ session, known: all, signed: { request, signatures: [], texts: [] }, onBack }} {...(key ? { keyToUse: key } : {})} {...withdrawn} />
      )}
    </Load>
  );
}
