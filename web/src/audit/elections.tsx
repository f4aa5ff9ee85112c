// The elections whose records this server has, to choose one from; nothing where it cannot be reached.
import { api, type ElectionHead } from "../api";
import { useTranslator } from "../i18n";
import { useLoaded } from "../site/load";
import { recordOf } from "../site/parts";
import { subjects } from "../site/subjects";

// As the ballot paper has it.
const nameOf = async (uuid: string) => (JSON.parse((await api.election(uuid)).election) as { name: string }).name;

// The latest first, each with the title of what it was about, or the name on its ballot paper.
async function titled(): Promise<[ElectionHead, string][]> {
  const [heads, about] = await Promise.all([api.elections(), subjects()]);
  heads.sort((one, other) => (other.closes ?? "").localeCompare(one.closes ?? ""));
  const titles = new Map(about.map(({ title, election }) => [recordOf(heads, election.fingerprint)?.uuid, title]));
  return Promise.all(heads.map(async (head): Promise<[ElectionHead, string]> => [head, titles.get(head.uuid) ?? (await nameOf(head.uuid))]));
}

// `chosen` is the uuid of one of them, or null.
export function Elections({ chosen }: { chosen: string | null }) {
  const t = useTranslator();
  const [loaded] = useLoaded(titled, []);
  if (loaded.state !== "there" || loaded.value.length === 0) return null;
  return (
    <nav class="elections" aria-labelledby="elections">
      <h2 id="elections">{t("audit.elections")}</h2>
      <p>{t("audit.elections.text")}</p>
      <ul>
        {loaded.value.map(([{ uuid, phase, closes, ballots }, title]) => (
          <li key={uuid}>
            <a href={`/audit?election=${encodeURIComponent(uuid)}`} aria-current={uuid === chosen ? "true" : undefined}>
              {title}
            </a>{" "}
            <span class="hint">
              {closes && t("audit.elections.until", { day: t.day(closes) })} {t(`audit.phase.${phase}`)} {t("audit.ballots", { n: ballots })}
            </span>
          </li>
        ))}
      </ul>
    </nav>
  );
}
