// For whoever holds a post: what waits for them, what goes on that they can move along, and every act that their duties
// allow, by what it is about.
import { useTranslator, type Key } from "../i18n";
import { Load } from "../site/load";
import type { Session } from "../site/schema";
import { Heading, Notice } from "../ui/parts";
import { AwaitingList } from "./awaiting";
import { calls, type ActKind, type Me } from "./calls";
import { KeyNotice } from "./key_section";
import { isOfficial, officesFor } from "./offices";
import { known } from "./things";
import { WorkList } from "./work";

// Where everybody sees what has come of acts of a process, and what that page is called.
const seen: Record<string, [string, Key]> = {
  case: ["/cases", "cases.heading"],
  contest: ["/contests", "contests.heading"],
  mandate: ["/spending", "spending.heading"],
  member: ["/roll", "home.roll"],
  motion: ["/motions", "motions.heading"],
  petition: ["/petitions", "petitions.heading"],
  spend: ["/spending", "spending.heading"],
};

// By process, in the order of the catalogue.
export function ActList({ acts, path }: { acts: ActKind[]; path: string }) {
  const t = useTranslator();
  const processes = [...new Set(acts.map(({ process }) => process))];
  return (
    <div class="cards">
      {processes.map((process) => (
        <section key={process} class="card" aria-labelledby={`process-${process}`}>
          <h3 id={`process-${process}`}>{t(`process.${process}` as Key)}</h3>
          <ul class="plain-list">
            {acts
              .filter((act) => act.process === process)
              .map(({ type, privileged }) => (
                <li key={type}>
                  <a href={`${path}/${type}`}>{t(`do.${type}` as Key)}</a>
                  {privileged && <span class="hint"> {t("office.two")}</span>}
                </li>
              ))}
          </ul>
          {seen[process] && (
            <p class="hint">
              {t("office.seen")} <a href={seen[process][0]}>{t(seen[process][1])}</a>
            </p>
          )}
        </section>
      ))}
    </div>
  );
}

function Posts({ me }: { me: Me }) {
  const t = useTranslator();
  return (
    <ul class="rows">
      {me.posts.map(({ seat, title, until, duties }) => (
        <li key={seat}>
          <p>
            <strong>{title}</strong> {until && <span class="hint">{t("home.until", { day: t.day(until) })}</span>}
          </p>
          {duties.length > 0 && <p class="hint">{t("office.duties", { duties: duties.map((duty) => t(`duty.${duty}` as Key)).join(", ") })}</p>}
        </li>
      ))}
    </ul>
  );
}

export function Office({ session }: { session: Session }) {
  const t = useTranslator();
  return (
    <Load fetch={() => Promise.all([calls.acts(), calls.me(), known()])}>
      {([acts, me, { organisation }]) => {
        const mine = acts.filter((act) => isOfficial(act) && officesFor(act, me, organisation).length > 0);
        if (me.posts.length === 0 && mine.length === 0) {
          return (
            <>
              <Heading>{t("office.heading")}</Heading>
              <p>{t("office.nobody")}</p>
              <AwaitingList session={session} />
            </>
          );
        }
        return (
          <>
            <Heading>{t("office.heading")}</Heading>
            <Posts me={me} />
            <KeyNotice me={me} />
            {!session.second_factor && (
              <Notice kind="calm">
                <p>{t("office.factor")}</p>
              </Notice>
            )}
            <AwaitingList session={session} />
            <WorkList work={me.work} organisation={organisation} />
            <h2>{t("office.acts")}</h2>
            <p>{t("office.acts.text")}</p>
            {me.posts.some(({ duties }) => duties.includes("contests")) && (
              <p>
                <a href="/run">{t("office.run")}</a>
              </p>
            )}
            <ActList acts={mine} path="/office" />
          </>
        );
      }}
    </Load>
  );
}
