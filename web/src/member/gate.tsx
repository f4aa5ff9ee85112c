// What is for those who are signed in; others are led to signing in, and back here.
import type { ComponentChildren } from "preact";
import { useEffect } from "preact/hooks";
import { useTranslator } from "../i18n";
import { fetchSession, onSession, signInAddress } from "../session";
import { useLoaded } from "../site/load";
import type { Session } from "../site/schema";
import { Heading } from "../ui/parts";

export function SignedIn({ children }: { children(session: Session): ComponentChildren }) {
  const t = useTranslator();
  const [loaded, again] = useLoaded(fetchSession, []);
  const nobody = loaded.state === "there" && loaded.value === null;
  // Not while somebody is here: what they are doing stays as it is (doing.tsx).
  useEffect(() => (nobody ? onSession((signedIn) => signedIn && again()) : undefined), [nobody]);
  if (loaded.state === "waiting") return <p role="status">{t("loading")}</p>;
  if (loaded.state === "failed") {
    return (
      <>
        <Heading>{t("unreachable")}</Heading>
        <p>{t("unreachable.text")}</p>
        <button type="button" onClick={again}>
          {t("retry")}
        </button>
      </>
    );
  }
  if (loaded.value) return <>{children(loaded.value)}</>;
  return (
    <>
      <Heading>{t("session.first")}</Heading>
      <p>{t("session.first.text")}</p>
      <p>
        <a href={signInAddress()}>{t("session.signIn")}</a>
      </p>
    </>
  );
}
