// The ledger, entry by entry, the newest first; or what is about one thing.
import { useTranslator } from "../i18n";
import { Heading } from "../ui/parts";
import { actsAbout } from "./about";
import { Load, readApi } from "./load";
import { ActRow, GoToPlace } from "./parts";
import type { LedgerPage } from "./schema";

const page = 50;

// The page that ends before the act of that number; the last one without.
async function fetchPage(about: string | null, before: string | null): Promise<{ first: number; ledger: LedgerPage }> {
  if (about) return { first: 0, ledger: await actsAbout(about) };
  const { acts } = await readApi<LedgerPage>("ledger?limit=1");
  const end = Math.min(before && /^\d+$/.test(before) ? Number(before) : acts, acts);
  const first = Math.max(end - page, 0);
  return { first, ledger: await readApi<LedgerPage>(`ledger?from=${first}&limit=${Math.max(end - first, 1)}`) };
}

export function Ledger({ asked }: { asked: URLSearchParams }) {
  const t = useTranslator();
  const about = asked.get("about");
  return (
    <Load fetch={() => fetchPage(about, asked.get("before"))}>
      {({ first, ledger }) => (
        <>
          <Heading>{about ? t("ledger.about", { thing: about }) : t("ledger.heading")}</Heading>
          <p>{t("ledger.text")}</p>
          <p>{t("ledger.count", { n: about ? ledger.entries.length : ledger.acts })}</p>
          <ol class="acts">
            {[...ledger.entries].reverse().map((act) => (
              <ActRow key={act.number} act={act} full />
            ))}
          </ol>
          <GoToPlace />
          <nav class="row no-print" aria-label={t("ledger.pages")}>
            {about && <a href="/ledger">{t("ledger.all")}</a>}
            {!about && first + ledger.entries.length < ledger.acts && (
              <a href={`/ledger?before=${first + ledger.entries.length + page}`}>{t("ledger.newer")}</a>
            )}
            {!about && first > 0 && <a href={`/ledger?before=${first}`}>{t("ledger.older")}</a>}
          </nav>
        </>
      )}
    </Load>
  );
}
