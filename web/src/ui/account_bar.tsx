// In the header: who is signed in, and the way to what is theirs.
import { useEffect, useState } from "preact/hooks";
import { useTranslator } from "../i18n";
import { fetchSession, onSession, signInAddress, wasSignedIn } from "../session";
import type { Session } from "../site/schema";

// Undefined: not known yet.
function useSession(): Session | null | undefined {
  const [session, setSession] = useState<Session | null | undefined>(wasSignedIn() ? undefined : null);
  useEffect(() => {
    const ask = () => void fetchSession().then(setSession, () => setSession(null));
    if (wasSignedIn()) ask();
    return onSession(ask);
  }, []);
  return session;
}

export function AccountBar() {
  const t = useTranslator();
  const session = useSession();
  if (session === undefined || (session === null && location.pathname === "/sign-in")) return null;
  if (session === null) {
    return (
      <p class="account no-print">
        <a href={signInAddress()}>{t("session.signIn")}</a>
      </p>
    );
  }
  const here = (address: string) => (location.pathname === address ? ("page" as const) : undefined);
  const links = [["/me", t("session.me")], ...(session.posts.length > 0 ? [["/office", t("session.office")]] : []), ["/account", t("session.account")]];
  return (
    <nav class="account no-print" aria-label={t("session.label")}>
      <ul>
        <li>{t("session.as", { name: session.name || session.member })}</li>
        {links.map(([address, name]) => (
          <li key={address}>
            <a href={address} aria-current={here(address!)}>
              {name}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
