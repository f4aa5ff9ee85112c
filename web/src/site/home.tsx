// The organisation: its organs, its posts, who holds them and by what election; and what is not as it should be.
import { useTranslator } from "../i18n";
import type { ElectionHead } from "../api";
import { Heading, Notice } from "../ui/parts";
import { Load, readApi } from "./load";
import { Facts, inWords, PersonName, recordOf, recordsOrNone } from "./parts";
import type { ContestHead, Organ, Organisation, Post, Seat } from "./schema";

function Holder({ seat }: { seat: Seat }) {
  const t = useTranslator();
  if (!seat.holder) {
    return (
      <>
        {seat.vacant_since ? t("home.vacant", { day: t.day(seat.vacant_since) }) : t("stage.vacant")}
        {seat.call_by && `, ${t("home.callBy", { day: t.day(seat.call_by) })}`}
      </>
    );
  }
  const how = seat.electorate
    ? t("home.elected", { electorate: inWords(seat.electorate) })
    : t(seat.by === "founding" ? "home.founding" : seat.stage === "interim" ? "home.interim" : "home.appointed");
  return (
    <>
      <PersonName person={seat.holder} />
      <span class="hint">
        {" "}
        {how}
        {seat.contest?.startsWith("contest-") && (
          <>
            {" ("}
            <a href={`/contests/${seat.contest}`} aria-label={`${t("home.elected.link")}: ${seat.holder.name ?? seat.id}`}>
              {t("home.elected.link")}
            </a>
            {")"}
          </>
        )}
        {seat.until && `, ${t("home.until", { day: t.day(seat.until) })}`}
      </span>
    </>
  );
}

function Posts({ posts }: { posts: Post[] }) {
  return (
    <dl class="posts">
      {posts.map((post) => (
        <div key={post.id}>
          <dt>{post.title}</dt>
          {post.seats.map((seat) => (
            <dd key={seat.id}>
              <Holder seat={seat} />
            </dd>
          ))}
        </div>
      ))}
    </dl>
  );
}

function OrganCard({ organ, organs, posts }: { organ: Organ; organs: Organ[]; posts: Post[] }) {
  const t = useTranslator();
  const above = organs.find(({ id }) => id === organ.above);
  return (
    <section class="card" aria-labelledby={`organ-${organ.id}`}>
      <h3 id={`organ-${organ.id}`}>{organ.title}</h3>
      {above && <p class="hint">{t("home.above", { organ: above.title })}</p>}
      {organ.reserved.length > 0 && <p class="hint">{t("home.reserved", { powers: organ.reserved.map(inWords).join(", ") })}</p>}
      {posts.length > 0 && <Posts posts={posts} />}
    </section>
  );
}

function OpenBallots({ contests, elections }: { contests: ContestHead[]; elections: ElectionHead[] }) {
  const t = useTranslator();
  const open = contests.flatMap((contest) => {
    const record = recordOf(elections, contest.election?.fingerprint ?? null);
    return record?.phase === "open" ? [{ contest, record }] : [];
  });
  if (open.length === 0) return null;
  return (
    <Notice kind="good">
      <h2>{t("home.open")}</h2>
      {open.map(({ contest, record }) => (
        <p key={contest.id}>
          {t("home.open.text", { title: contest.title, time: t.time(record.closes!) })}{" "}
          <a href={`/vote/${record.uuid}`}>{t("home.vote")}</a> · <a href={`/contests/${contest.id}`}>{t("contest.candidates")}</a>
        </p>
      ))}
    </Notice>
  );
}

const fetchHome = () =>
  Promise.all([readApi<Organisation>("organisation"), readApi<ContestHead[]>("contests"), recordsOrNone()]);

export function Home() {
  const t = useTranslator();
  return (
    <Load fetch={fetchHome}>
      {([organisation, contests, elections]) => {
        const { organs, posts, flags } = organisation;
        const others = posts.filter(({ organ }) => organ === null);
        return (
          <>
            <Heading>{organisation.name}</Heading>
            <OpenBallots {...{ contests, elections }} />
            <Facts
              facts={[
                [t("nav.ledger"), t("home.acts", { n: organisation.acts, day: t.day(organisation.time) })],
                [t("contest.charter"), <a key="charter" href="/charter">{t("contest.version", { version: organisation.charter })}</a>],
                [t("home.roll"), <a key="roll" href="/roll">{t("home.members", { n: organisation.members })}</a>],
                [t("home.conduct"), <a key="cases" href="/cases">{t("cases.heading")}</a>],
                [t("home.money"), <a key="spending" href="/spending">{t("spending.heading")}</a>],
              ]}
            />
            <h2>{t("home.organs")}</h2>
            <div class="cards">
              {organs.map((organ) => (
                <OrganCard key={organ.id} {...{ organ, organs }} posts={posts.filter((post) => post.organ === organ.id)} />
              ))}
              {others.length > 0 && (
                <section class="card">
                  <h3>{t("home.noOrgan")}</h3>
                  <Posts posts={others} />
                </section>
              )}
            </div>
            <h2>{t("home.flags")}</h2>
            <p>{t(flags.length > 0 ? "home.flags.text" : "home.flags.none")}</p>
            <ul class="flags">
              {flags.map(({ rule, thing, message }) => (
                <li key={`${rule} ${thing}`}>
                  <a href={`/ledger?about=${encodeURIComponent(thing)}`}>{thing}</a>: <span lang="en">{message}</span>{" "}
                  <span class="hint">{t("ledger.rule", { rule })}</span>
                </li>
              ))}
            </ul>
          </>
        );
      }}
    </Load>
  );
}
