// Who is signed in. The session is in a cookie that no script can read; this browser only remembers that there is one,
// so that nobody who has never signed in asks the server, and so that tabs tell each other.
import { Problem, read } from "./api";
import type { Session } from "./site/schema";

const key = "folkmoot.signed-in";

const changed = "folkmoot-session"; // an event in this tab; in others it is that of the storage

export const wasSignedIn = (): boolean => localStorage.getItem(key) !== null;

// To be called by whatever signs in or out.
export function noteSession(session: Session | null): void {
  const before = wasSignedIn();
  if (session) localStorage.setItem(key, String(Date.now()));
  else localStorage.removeItem(key);
  if (before !== wasSignedIn()) dispatchEvent(new Event(changed));
}

// Who is signed in, as the server says; null: nobody. Throws a Problem if it does not say.
export async function fetchSession(): Promise<Session | null> {
  try {
    const session = await read<Session>("/api/v1/session");
    if (!wasSignedIn()) noteSession(session);
    return session;
  } catch (error) {
    if (!(error instanceof Problem) || error.problem !== "session-expired") throw error;
    noteSession(null);
    return null;
  }
}

// Calls back when somebody signs in or out, in this tab or in another.
export function onSession(call: (signedIn: boolean) => void): () => void {
  const here = () => call(wasSignedIn());
  const elsewhere = (event: StorageEvent) => {
    if (event.key === key) here();
  };
  addEventListener(changed, here);
  addEventListener("storage", elsewhere);
  return () => {
    removeEventListener(changed, here);
    removeEventListener("storage", elsewhere);
  };
}

// The page to which `next` leads, if it is one of this site; else null.
export function ownPage(next: string | null): string | null {
  if (!next?.startsWith("/")) return null;
  const address = new URL(next, location.origin);
  return address.origin === location.origin ? address.href : null;
}

// The page for signing in that leads back to this one.
export const signInAddress = (): string =>
  `/sign-in?next=${encodeURIComponent(location.pathname + location.search + location.hash)}`;
