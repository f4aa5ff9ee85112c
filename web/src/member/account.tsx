// My account: who I am here, how I sign in, the key with which I sign, and mails.
import { useState } from "preact/hooks";
import { useTranslator } from "../i18n";
import { Facts } from "../site/parts";
import type { Session } from "../site/schema";
import { Heading } from "../ui/parts";
import { calls } from "./calls";
import { ProblemNotice, useDoing } from "./doing";
import { drafts } from "./drafts";
import { Factors } from "./factors";
import { KeyConfirm, KeySection, type Wanted } from "./key_section";
import { Mails } from "./mails";

function SignOut() {
  const t = useTranslator();
  const { busy, problem, run } = useDoing();
  const leave = () =>
    run(async () => {
      await calls.signOut();
      drafts.dropAll();
      location.assign("/");
    });
  return (
    <section aria-labelledby="sign-out">
      <h2 id="sign-out">{t("account.out")}</h2>
      <p>{t("account.out.text")}</p>
      <ProblemNotice problem={problem} />
      <button type="button" aria-disabled={busy} onClick={leave}>
        {t("account.out")}
      </button>
    </section>
  );
}

export function Account({ session }: { session: Session }) {
  const t = useTranslator();
  const [wanted, setWanted] = useState<Wanted | null>(null);
  if (wanted) return <KeyConfirm {...{ session, wanted }} onBack={() => setWanted(null)} />;
  return (
    <>
      <Heading>{t("account.heading")}</Heading>
      <Facts
        facts={[
          [t("account.name"), session.name],
          [t("account.reference"), <span class="code">{session.member}</span>],
        ]}
      />
      <p class="hint">{t("account.reference.text")}</p>
      <Factors />
      <KeySection onWanted={setWanted} />
      <Mails />
      <SignOut />
    </>
  );
}
