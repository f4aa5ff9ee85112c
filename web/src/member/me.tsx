// My page: my elections, petitions and applications, what I can do now, and everything else that a member may do.
import type { ComponentChildren } from "preact";
import { useTranslator, type Key } from "../i18n";
import { Load, readApi } from "../site/load";
import { inWords, nameOf, Stage } from "../site/parts";
import type { ContestHead, LedgerPage, Motion, Petition, Session } from "../site/schema";
import { Heading, Notice } from "../ui/parts";
import { askedOf, type Asked } from "./asked_of_me";
import { calls, type Me } from "./calls";
import { isOfficial } from "./offices";
import { ActList } from "./office";

const act = (type: string, field: string, id: string) => `/me/${type}?${field}=${encodeURIComponent(id)}`;

// A link whose name says what it is about, too.
function ActLink({ type, field, id, title }: { type: string; field: string; id: string; title: string }) {
  const t = useTranslator();
  const name = t(`do.${type}` as Key);
  return (
    <a href={act(type, field, id)} aria-label={`${name}: ${title}`}>
      {name}
    </a>
  );
}

function Section({ id, heading, none, children }: { id: string; heading: Key; none: boolean; children: ComponentChildren }) {
  const t = useTranslator();
  return (
    <section aria-labelledby={id}>
      <h2 id={id}>{t(heading)}</h2>
      {none ? <p>{t("site.none")}</p> : <ul class="rows">{children}</ul>}
    </section>
  );
}

function AskedOfMe({ asked }: { asked: Asked[] }) {
  const t = useTranslator();
  if (asked.length === 0) return null;
  return (
    <Section id="asked" heading="me.asked" none={false}>
      {asked.map(({ act, field, thing, answers }) => (
        <li key={thing}>
          <p>
            {t(`act.${act.type}` as Key)} <span class="hint">{act.actor && nameOf(act.actor.person)}</span>
          </p>
          <p class="row">
            {answers.map((type) => (
              <ActLink key={type} {...{ type, field }} id={thing} title={thing} />
            ))}
            <a href={`/ledger?about=${thing}`} aria-label={`${t("me.look")}: ${thing}`}>
              {t("me.look")}
            </a>
          </p>
        </li>
      ))}
    </Section>
  );
}

// Those in which one can vote, then those that will open, then the others, the latest first.
export function byUrgency(elections: Me["elections"]): Me["elections"] {
  const rank = ({ stage, opens }: Me["elections"][number]) => (stage === "open" ? 0 : opens ? 2 : 1);
  return [...elections].sort((one, other) => rank(one) - rank(other) || other.opens.localeCompare(one.opens));
}

function Elections({ elections }: { elections: Me["elections"] }) {
  const t = useTranslator();
  return (
    <Section id="elections" heading="me.elections" none={elections.length === 0}>
      {byUrgency(elections).map(({ election, uuid, title, stage, opens, closes }) => (
        <li key={election}>
          <p>
            <strong>{title}</strong> <Stage stage={stage} />
          </p>
          {opens && closes && <p class="hint">{t("contest.ballot.times", { opens: t.time(opens), closes: t.time(closes) })}</p>}
          {uuid && (
            <p class="row">
              {stage === "open" && (
                <a href={`/vote/${uuid}`} aria-label={`${t("contest.vote")}: ${title}`}>
                  {t("contest.vote")}
                </a>
              )}
              <a href={`/ballots/${uuid}`} aria-label={`${t("contest.ballotBox")}: ${title}`}>
                {t("contest.ballotBox")}
              </a>
            </p>
          )}
        </li>
      ))}
    </Section>
  );
}

function Petitions({ mine, petitions }: { mine: Me["petitions"]; petitions: Petition[] }) {
  const t = useTranslator();
  const signed = new Set(mine.filter(({ role }) => role === "signed").map(({ petition }) => petition));
  const open = petitions.filter(({ id, stage }) => stage === "collecting" && !signed.has(id));
  return (
    <>
      <Section id="petitions" heading="me.petitions" none={mine.length === 0}>
        {mine.map(({ petition, title, stage, role }) => (
          <li key={`${petition} ${role}`}>
            <p>
              <strong>{title}</strong> <Stage stage={stage} /> {t(`me.petition.${role}`)}
            </p>
            <p class="row">
              <a href={`/petitions#${petition}`} aria-label={`${t("me.look")}: ${title}`}>
                {t("me.look")}
              </a>
              {stage === "collecting" && role === "signed" && <ActLink type="petition.withdraw_signature" field="petition" id={petition} title={title} />}
            </p>
          </li>
        ))}
      </Section>
      <Section id="sign" heading="me.sign" none={open.length === 0}>
        {open.map(({ id, title }) => (
          <li key={id} class="row">
            <strong>{title}</strong> <ActLink type="petition.sign" field="petition" id={id} title={title} />
          </li>
        ))}
      </Section>
    </>
  );
}

function Applications({ mine, contests }: { mine: Me["applications"]; contests: ContestHead[] }) {
  const t = useTranslator();
  const applied = new Set(mine.filter(({ stage }) => stage === "received" || stage === "standing").map(({ contest }) => contest));
  const open = contests.filter(({ id, stage }) => stage === "applications" && !applied.has(id));
  return (
    <>
      <Section id="applications" heading="me.applications" none={mine.length === 0}>
        {mine.map(({ application, contest, title, stage }) => (
          <li key={application}>
            <p>
              <strong>{title}</strong> <Stage stage={stage} />
            </p>
            <p class="row">
              <a href={`/contests/${contest}`} aria-label={`${t("me.look")}: ${title}`}>
                {t("me.look")}
              </a>
              {(stage === "received" || stage === "standing") && (
                <ActLink type="application.withdraw" field="application" id={application} title={title} />
              )}
              {stage === "rejected" && <ActLink type="application.appeal" field="application" id={application} title={title} />}
            </p>
          </li>
        ))}
      </Section>
      <Section id="apply" heading="me.apply" none={open.length === 0}>
        {open.map(({ id, title, closes }) => (
          <li key={id} class="row">
            <strong>{title}</strong>
            {closes && <span class="hint">{t("me.until", { time: t.time(closes) })}</span>}
            <ActLink type="application.submit" field="contest" id={id} title={title} />
          </li>
        ))}
      </Section>
    </>
  );
}

function Motions({ motions }: { motions: Motion[] }) {
  const open = motions.filter(({ stage }) => stage === "proposed" || stage === "debate");
  return (
    <Section id="motions" heading="me.motions" none={open.length === 0}>
      {open.map(({ id, title, stage }) => (
        <li key={id} class="row">
          <strong>{title}</strong> <Stage stage={stage} />
          {stage === "proposed" ? (
            <ActLink type="motion.second" field="motion" id={id} title={title} />
          ) : (
            <ActLink type="amendment.propose" field="motion" id={id} title={title} />
          )}
        </li>
      ))}
    </Section>
  );
}

export function MePage({ session }: { session: Session }) {
  const t = useTranslator();
  const fetch = () =>
    Promise.all([
      calls.me(),
      calls.acts(),
      readApi<ContestHead[]>("contests"),
      readApi<Petition[]>("petitions"),
      readApi<Motion[]>("motions"),
      readApi<LedgerPage>(`ledger?about=${session.member}`),
    ]);
  return (
    <Load fetch={fetch}>
      {([me, acts, contests, petitions, motions, mine]) => (
        <>
          <Heading>{t("me.heading")}</Heading>
          <p>
            {t("me.standing")} <Stage stage={me.standing} /> {me.section && inWords(me.section)}
          </p>
          {me.awaiting > 0 && (
            <Notice kind="calm">
              <p>{t("me.awaiting", { n: me.awaiting })}</p>
              <p>
                <a href="/office">{t("awaiting.heading")}</a>
              </p>
            </Notice>
          )}
          <AskedOfMe asked={askedOf(session.member, mine.entries)} />
          <Elections elections={me.elections} />
          <Petitions mine={me.petitions} petitions={petitions} />
          <p>
            <a href="/me/petition.open">{t("do.petition.open")}</a>
          </p>
          <Applications mine={me.applications} contests={contests} />
          <Motions motions={motions} />
          <p>
            <a href="/me/motion.propose">{t("do.motion.propose")}</a>
          </p>
          <h2>{t("me.record")}</h2>
          <p>
            <a href={`/ledger?about=${session.member}`}>{t("me.record.link")}</a>
          </p>
          <h2>{t("me.roles")}</h2>
          <p class="row">
            <a href="/trustee">{t("me.trustee")}</a>
            <a href="/registrar">{t("me.registrar")}</a>
          </p>
          <details>
            <summary>{t("me.more")}</summary>
            <ActList acts={acts.filter((one) => !isOfficial(one) && one.who.by !== "clock")} path="/me" />
          </details>
        </>
      )}
    </Load>
  );
}
