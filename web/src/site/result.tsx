// The result of a ballot: who is elected first, then how it was counted, then how anybody can check it.
import type { ElectionHead } from "../api";
import { useTranslator } from "../i18n";
import { Heading, Notice } from "../ui/parts";
import { CountTable } from "./count_table";
import { Load, readApi } from "./load";
import { Gauge, nameOf, recordOf, recordsOrNone } from "./parts";
import { addressOf, fetchPublished, type Published } from "./published";
import { Sankey } from "./sankey";
import type { Contest, Election } from "./schema";
import { isCount } from "./transcript";

export function Turnout({ election }: { election: Election }) {
  const t = useTranslator();
  const { cast, electors } = election;
  const percent = new Intl.NumberFormat(t.language, { maximumFractionDigits: 1 }).format(electors > 0 ? (100 * cast) / electors : 0);
  return <Gauge value={cast} most={electors} text={t("result.turnout.text", { cast, electors, percent })} />;
}

// Of a motion, an amendment or a recall.
export function Totals({ election }: { election: Election }) {
  const t = useTranslator();
  const { yes, no } = election;
  const most = Math.max(yes + no, 1);
  return (
    <div class="totals">
      <p>
        <strong>{t(yes > no ? "result.carried" : "result.notCarried")}</strong>
      </p>
      <Gauge value={yes} most={most} text={`${t("result.yes")}: ${yes}`} />
      <Gauge value={no} most={most} text={`${t("result.no")}: ${no}`} />
      <Turnout election={election} />
    </div>
  );
}

// The count, if it is there and the one on the record.
function Count({ published }: { published: Published }) {
  const t = useTranslator();
  if (published.good === false) {
    return (
      <Notice kind="bad">
        <p>{t("text.altered")}</p>
      </Notice>
    );
  }
  const transcript: unknown = JSON.parse(published.text);
  if (!isCount(transcript)) return null;
  return (
    <>
      <p>{t("result.rule", { rule: transcript.rule, papers: transcript.papers })}</p>
      {transcript.quota && <p>{t("result.quota", { quota: transcript.quota })}</p>}
      <h3>{t("result.stages")}</h3>
      <CountTable transcript={transcript} />
      <h3>{t("result.flow")}</h3>
      <p>{t("result.flow.text")}</p>
      <Sankey transcript={transcript} />
    </>
  );
}

function ResultView({ contest, election, elections }: { contest: Contest; election: Election; elections: ElectionHead[] }) {
  const t = useTranslator();
  const record = recordOf(elections, election.fingerprint);
  return (
    <>
      <Heading title={contest.title} caption={contest.title}>
        {t("result.heading")}
      </Heading>
      {election.transcript === null ? (
        <p>{t("result.none")}</p>
      ) : (
        <>
          <Notice kind="good">
            <h2>{t("result.elected")}</h2>
            {election.elected.length === 0 && <p>{t("result.nobody")}</p>}
            <ol class="winners">
              {election.elected.map((person) => (
                <li key={person.member} class="winner">
                  {nameOf(person)}
                </li>
              ))}
            </ol>
          </Notice>
          <h2>{t("result.turnout")}</h2>
          <Turnout election={election} />
          <h2>{t("result.how")}</h2>
          <Load fetch={() => fetchPublished(election.transcript!)}>{(published) => <Count published={published} />}</Load>
          {election.other_transcript && (
            <>
              <h2>{t("result.other")}</h2>
              <p>{t("result.other.text")}</p>
              <Load fetch={() => fetchPublished(election.other_transcript!)}>{(published) => <Count published={published} />}</Load>
            </>
          )}
          <ul class="row links no-print">
            {record && (
              <li>
                <a href={`/audit?election=${record.uuid}`}>{t("result.check")}</a>
              </li>
            )}
            {record && (
              <li>
                <a href={`/ballots/${record.uuid}`}>{t("contest.ballotBox")}</a>
              </li>
            )}
            {election.record && (
              <li>
                <a href={addressOf(election.record)} download={`${election.id}.bel`}>
                  {t("result.download")}
                </a>
              </li>
            )}
            <li>
              <a href={addressOf(election.transcript)} download={`${election.id}.json`}>
                {t("result.transcript")}
              </a>
            </li>
          </ul>
        </>
      )}
      <p class="no-print">
        <a href={`/contests/${contest.id}`}>{t("result.back")}</a>
      </p>
    </>
  );
}

// Of the ballot that is asked for, one of the contest or of its slates; else of the contest's last one with a result.
export function ResultPage({ contest: id, wanted }: { contest: string; wanted: string | null }) {
  const t = useTranslator();
  return (
    <Load fetch={() => Promise.all([readApi<Contest>(`contests/${encodeURIComponent(id)}`), recordsOrNone()])} inputs={[id]}>
      {([contest, elections]) => {
        const all = [...contest.elections, ...contest.slates.flatMap((slate) => slate.elections)];
        const election = wanted
          ? all.find((one) => one.id === wanted)
          : contest.elections.filter(({ transcript }) => transcript !== null).pop() ?? contest.election;
        if (!election) return <Heading>{t("result.none")}</Heading>;
        return <ResultView {...{ contest, election, elections }} />;
      }}
    </Load>
  );
}
