// One contest: its timetable, who stands and what is said for and against them, its slates, ballots, and all that has
// happened.
import type { ElectionHead } from "../api";
import { useTranslator } from "../i18n";
import { Heading, Notice } from "../ui/parts";
import { Load, readApi } from "./load";
import { ActRow, Facts, inWords, nameOf, Names, Opinions, PersonName, recordOf, recordsOrNone, Stage } from "./parts";
import { PublishedText } from "./published";
import type { Application, Contest, Election, Slate } from "./schema";

// While supporters are looked for, the ways to be one.
function Support({ application }: { application: Application }) {
  const t = useTranslator();
  const links = [["application.nominate", t("public.nominate")], ["endorsement.give", t("public.endorse")]] as const;
  return (
    <p class="row no-print">
      {links.map(([act, name]) => (
        <a key={act} href={`/me/${act}?application=${application.id}`} aria-label={`${name}: ${nameOf(application.person)}`}>
          {name}
        </a>
      ))}
    </p>
  );
}

function Candidate({ application, open }: { application: Application; open: boolean }) {
  const t = useTranslator();
  return (
    <section class="card" aria-labelledby={application.id}>
      <h3 id={application.id}>
        <PersonName person={application.person} />
      </h3>
      <p>
        <Stage stage={application.stage} /> {t("contest.nominatedBy", { n: application.nominations })}
      </p>
      {application.rule && <p class="hint">{t("ledger.rule", { rule: application.rule })}</p>}
      <h4>{t("contest.statement")}</h4>
      <PublishedText hash={application.statement} />
      <h4>{t("contest.endorsements")}</h4>
      <Opinions {...application} />
      {open && ["received", "standing"].includes(application.stage) && <Support application={application} />}
    </section>
  );
}

function Ballot({ contest, election, elections }: { contest: string; election: Election; elections: ElectionHead[] }) {
  const t = useTranslator();
  const record = recordOf(elections, election.fingerprint);
  return (
    <li>
      <p>
        <Stage stage={election.stage} /> {election.id}
        {election.opens && election.closes && (
          <> · {t("contest.ballot.times", { opens: t.day(election.opens), closes: t.day(election.closes) })}</>
        )}
      </p>
      <p class="row">
        {record?.phase === "open" && <a href={`/vote/${record.uuid}`}>{t("contest.vote")}</a>}
        {election.transcript && <a href={`/contests/${contest}/result?election=${election.id}`}>{t("contest.result")}</a>}
        {record && <a href={`/ballots/${record.uuid}`}>{t("contest.ballotBox")}</a>}
      </p>
    </li>
  );
}

function SlateView({ slate, contest, elections }: { slate: Slate; contest: Contest; elections: ElectionHead[] }) {
  const t = useTranslator();
  const who = (id: string) => {
    const application = contest.applications.find((one) => one.id === id);
    return application ? nameOf(application.person) : id;
  };
  return (
    <section class="card" aria-labelledby={slate.id}>
      <h3 id={slate.id}>{inWords(slate.rule)}</h3>
      <p>
        <Stage stage={slate.stage} />
      </p>
      <ol>
        {slate.chosen.map((id) => (
          <li key={id}>{slate.dropped.includes(id) ? <em>{t("contest.slate.gap", { who: who(id) })}</em> : who(id)}</li>
        ))}
      </ol>
      <Opinions recommendations={slate.recommendations} caucuses={[]} views={[]} />
      <ul class="plain">
        {slate.elections.map((election) => (
          <Ballot key={election.id} contest={contest.id} {...{ election, elections }} />
        ))}
      </ul>
    </section>
  );
}

function ContestView({ contest, elections }: { contest: Contest; elections: ElectionHead[] }) {
  const t = useTranslator();
  const standing = contest.applications.filter(({ stage }) => stage === "standing");
  const others = contest.applications.filter(({ stage }) => stage !== "standing");
  const elected = contest.elections.flatMap((election) => (election.stage === "annulled" ? [] : election.elected));
  const open = contest.elections.map((election) => recordOf(elections, election.fingerprint)).find((record) => record?.phase === "open");
  const time = (iso: string | null) => (iso ? t.time(iso) : "–");
  const general = contest.recommendations.length + contest.caucuses.length + contest.views.length > 0;
  return (
    <>
      <Heading title={contest.title} caption={t("contests.heading")}>
        {contest.title}
      </Heading>
      <p>
        <Stage stage={contest.stage} /> {t("contests.seats", { n: contest.seats })}
      </p>
      {elected.length > 0 && (
        <Notice kind="good">
          <h2>{t("result.elected")}</h2>
          <p class="winner"><Names people={elected} /></p>
          <p>
            <a href={`/contests/${contest.id}/result`}>{t("contest.result")}</a>
          </p>
        </Notice>
      )}
      {open && (
        <Notice kind="good">
          <p>{t("home.open.text", { title: contest.title, time: t.time(open.closes!) })}</p>
          <p>
            <a href={`/vote/${open.uuid}`}>{t("contest.vote")}</a>
          </p>
        </Notice>
      )}
      <h2>{t("contest.timetable")}</h2>
      <Facts
        facts={[
          [t("contest.opens"), time(contest.opens)],
          [t("contest.closes"), time(contest.closes)],
          [t("contest.ballotFrom"), time(contest.ballot_from)],
          [t("contest.electorate"), inWords(contest.electorate)],
          [t("contest.count"), contest.count],
          [t("contest.nominations"), contest.nominations],
          [t("contest.charter"), t("contest.version", { version: contest.charter })],
        ]}
      />
      {contest.stage === "applications" && (
        <p class="no-print">
          <a href={`/me/application.submit?contest=${contest.id}`}>{t("public.apply")}</a>
        </p>
      )}
      <h2>{t("contest.candidates")}</h2>
      {standing.length === 0 && <p>{t("site.none")}</p>}
      <div class="cards">
        {standing.map((application) => (
          <Candidate key={application.id} application={application} open={contest.stage === "applications"} />
        ))}
      </div>
      {others.length > 0 && (
        <>
          <h2>{t("contest.others")}</h2>
          <div class="cards">
            {others.map((application) => (
              <Candidate key={application.id} application={application} open={contest.stage === "applications"} />
            ))}
          </div>
        </>
      )}
      {general && (
        <>
          <h2>{t("contest.endorsements")}</h2>
          <Opinions {...contest} />
        </>
      )}
      {contest.slates.length > 0 && (
        <>
          <h2>{t("contest.slates")}</h2>
          <div class="cards">
            {contest.slates.map((slate) => (
              <SlateView key={slate.id} {...{ slate, contest, elections }} />
            ))}
          </div>
        </>
      )}
      {contest.elections.length > 0 && (
        <>
          <h2>{t("contest.elections")}</h2>
          <ul class="plain">
            {contest.elections.map((election) => (
              <Ballot key={election.id} contest={contest.id} {...{ election, elections }} />
            ))}
          </ul>
        </>
      )}
      <h2>{t("contest.timeline")}</h2>
      <ol class="acts">
        {contest.timeline.map((act) => (
          <ActRow key={act.number} act={act} />
        ))}
      </ol>
      <p>
        <a href="/contests">{t("contest.all")}</a>
      </p>
    </>
  );
}

export function ContestPage({ id }: { id: string }) {
  return (
    <Load fetch={() => Promise.all([readApi<Contest>(`contests/${encodeURIComponent(id)}`), recordsOrNone()])} inputs={[id]}>
      {([contest, elections]) => <ContestView {...{ contest, elections }} />}
    </Load>
  );
}
