// All contests, the newest first.
import { useTranslator } from "../i18n";
import { Heading } from "../ui/parts";
import { Load, readApi } from "./load";
import { Names, Stage } from "./parts";
import type { ContestHead } from "./schema";

export function Contests() {
  const t = useTranslator();
  return (
    <Load fetch={() => readApi<ContestHead[]>("contests")}>
      {(contests) => (
        <>
          <Heading>{t("contests.heading")}</Heading>
          <p>{t("contests.text")}</p>
          {contests.length === 0 && <p>{t("site.none")}</p>}
          <ul class="rows">
            {contests.map((contest) => (
              <li key={contest.id}>
                <h2>
                  <a href={`/contests/${contest.id}`}>{contest.title}</a>
                </h2>
                <p>
                  <Stage stage={contest.stage} /> {t("contests.seats", { n: contest.seats })} · {t("contests.standing", { n: contest.standing })}
                </p>
                {contest.election && contest.election.elected.length > 0 && (
                  <p>
                    {t("result.elected")}: <Names people={contest.election.elected} />
                  </p>
                )}
              </li>
            ))}
          </ul>
        </>
      )}
    </Load>
  );
}
