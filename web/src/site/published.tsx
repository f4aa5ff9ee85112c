// A text that an act names by its SHA-256. What the server gives is compared with that: another text under the same
// name is shown to be another.
import { useTranslator } from "../i18n";
import { Notice } from "../ui/parts";
import { canHash, sha256 } from "./key";
import { useLoaded } from "./load";

export const addressOf = (hash: string) => `/ledger/published/${hash}`;

export interface Published {
  text: string;
  good: boolean | null; // null: this browser cannot tell, since the page did not come over a safe connection
}

export async function fetchPublished(hash: string): Promise<Published> {
  const response = await fetch(addressOf(hash), { credentials: "same-origin" });
  if (!response.ok) throw new Error(`HTTP ${response.status}`);
  const bytes = await response.arrayBuffer();
  const text = new TextDecoder().decode(bytes);
  return { text, good: canHash() ? (await sha256(bytes)) === hash : null };
}

export function PublishedText({ hash }: { hash: string }) {
  const t = useTranslator();
  const [loaded] = useLoaded(() => fetchPublished(hash), [hash]);
  if (loaded.state === "waiting") return <p role="status">{t("loading")}</p>;
  if (loaded.state === "failed") return <p class="hint">{t("text.missing")}</p>;
  const { text, good } = loaded.value;
  if (good === false) {
    return (
      <Notice kind="bad">
        <p>{t("text.altered")}</p>
      </Notice>
    );
  }
  return <div class="text">{text.trimEnd()}</div>;
}
