// What several pages about the organisation show in the same way.
import { Fragment, type ComponentChildren } from "preact";
import { useEffect } from "preact/hooks";
import { api, type ElectionHead } from "../api";
import type { Key } from "../i18n";
import { useTranslator } from "../i18n";
import { PublishedText } from "./published";
import type { Act, Actor, CaucusStatement, Endorsement, Person, Recommendation, View } from "./schema";

export const nameOf = ({ name, member }: Person) => name ?? member;

export function PersonName({ person }: { person: Person }) {
  return person.name ? <span class="person">{person.name}</span> : <span class="code">{person.member}</span>;
}

// Several, each with its own direction of writing.
export function Names({ people }: { people: Person[] }) {
  return (
    <>
      {people.map((person, i) => (
        <Fragment key={person.member}>
          {i > 0 && ", "}
          <bdi>{nameOf(person)}</bdi>
        </Fragment>
      ))}
    </>
  );
}

export function Stage({ stage }: { stage: string }) {
  const t = useTranslator();
  return <span class="tag">{t(`stage.${stage}` as Key)}</span>;
}

// A name of the charter's, as a title where it has none: "south-bay-secretary".
export const inWords = (name: string) => name.replace(/-/g, " ");

// Which of a page's places has that name; else what it is a part of ("posts.chair" for "posts.chair.term", which a charter
// need not give), or the first part of that ("contests.yearly" for "contests").
export function placeOf(name: string, places: string[]): string | undefined {
  for (const parts = name.split("."); parts.length > 0; parts.pop()) {
    const whole = parts.join(".");
    const place = places.find((one) => one === whole) ?? places.find((one) => one.startsWith(`${whole}.`));
    if (place) return place;
  }
  return undefined;
}

// For pages whose address names a place in them: the browser looked for it before it was there.
export function GoToPlace() {
  useEffect(() => {
    const places = [...document.querySelectorAll("main [id]")].map(({ id }) => id);
    const place = location.hash && placeOf(decodeURIComponent(location.hash.slice(1)), places);
    if (place) document.getElementById(place)!.scrollIntoView();
  }, []);
  return null;
}

// What has a name beside it: a list of terms.
export function Facts({ facts }: { facts: [string, ComponentChildren][] }) {
  return (
    <dl class="facts">
      {facts.map(([term, value]) => (
        <div key={term}>
          <dt>{term}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

// How far it is, as a bar; the text beside it says the same.
export function Gauge({ value, most, text }: { value: number; most: number; text: string }) {
  return (
    <div class="gauge">
      <progress max={Math.max(most, 1)} value={Math.min(value, most)} aria-label={text} />
      <span>{text}</span>
    </div>
  );
}

// The server's record of an election, by the fingerprint that the acts name: hexadecimal there, base64 here.
export function recordOf(elections: ElectionHead[], fingerprint: string | null): ElectionHead | undefined {
  if (!fingerprint) return undefined;
  const bytes = fingerprint.match(/../g)!.map((pair) => parseInt(pair, 16));
  const text = btoa(String.fromCharCode(...bytes)).replace(/=+$/, "");
  return elections.find((election) => election.fingerprint === text);
}
// None is better than no page.
export const recordsOrNone = () => api.elections().catch((): ElectionHead[] => []);

interface Said {
  endorsements?: Endorsement[];
  recommendations: Recommendation[];
  caucuses: CaucusStatement[];
  views: View[];
}

function Opinion({ title, kind, hash, children }: { title: string; kind: string; hash?: string | null; children?: ComponentChildren }) {
  return (
    <li class={`opinion ${kind}`}>
      <p class="opinion-title">{title}</p>
      {hash && <PublishedText hash={hash} />}
      {children}
    </li>
  );
}

// Who is for it and who against, side by side. What was withdrawn stays, and says so.
export function Opinions({ endorsements = [], recommendations, caucuses, views }: Said) {
  const t = useTranslator();
  if (endorsements.length + recommendations.length + caucuses.length + views.length === 0) {
    return <p class="hint">{t("contest.noEndorsements")}</p>;
  }
  return (
    <ul class="opinions">
      {endorsements.map((endorsement) => {
        const who = endorsement.title ?? nameOf(endorsement.person!);
        const withdrawn = endorsement.stage === "withdrawn";
        return (
          <Opinion
            key={endorsement.id}
            kind={withdrawn ? "neither" : "for"}
            title={withdrawn ? t("contest.endorsementWithdrawn", { who, day: t.day(endorsement.since) }) : t("contest.endorsedBy", { who })}
            hash={endorsement.reason}
          />
        );
      })}
      {recommendations.map(({ id, title, position, hash, stage, since }) => (
        <Opinion key={id} kind={position} title={t(`contest.position.${position}`, { who: title })} hash={hash}>
          {stage === "withdrawn" && <p class="hint">{t("contest.recommendationWithdrawn", { day: t.day(since) })}</p>}
        </Opinion>
      ))}
      {views.map(({ id, title, hash, response }) => (
        <Opinion key={id} kind="neither" title={t("contest.view", { who: title })} hash={hash}>
          {response ? (
            <>
              <p class="opinion-title">{t("contest.response")}</p>
              <PublishedText hash={response} />
            </>
          ) : (
            <p class="hint">{t("contest.noResponse")}</p>
          )}
        </Opinion>
      ))}
      {caucuses.map(({ id, title, hash }) => (
        <Opinion key={id} kind="neither" title={title} hash={hash} />
      ))}
    </ul>
  );
}

// To where a rule stands in the charter; no link where it is any of several ("organs.*.above"). In a new tab where the page
// has something that would be lost: it says so beside it.
export function RuleLink({ rule, tab, children = rule }: { rule: string; tab?: boolean; children?: ComponentChildren }) {
  if (rule.includes("*")) return <>{children}</>;
  return (
    <a href={`/charter#${rule}`} {...(tab && { target: "_blank", rel: "noopener" })}>
      {children}
    </a>
  );
}

// A sentence with a rule of the charter in it, which leads to where it stands there.
export function RuleText({ say, rule }: { say: Key; rule: string }) {
  const t = useTranslator();
  const [before, after] = t(say, { rule: "\n" }).split("\n");
  return (
    <>
      {before}
      <RuleLink rule={rule} />
      {after}
    </>
  );
}

function useActor() {
  const t = useTranslator();
  return (actor: Actor | null) => {
    if (!actor) return t("site.clock");
    const name = nameOf(actor.person);
    return actor.office ? t("site.as", { name, office: inWords(actor.office) }) : name;
  };
}

// An entry of the ledger: what was done, by whom, and by which rule.
export function ActRow({ act, full }: { act: Act; full?: boolean }) {
  const t = useTranslator();
  const actor = useActor();
  const who = [t("ledger.by", { who: actor(act.actor) }), ...act.seconded_by.map((one) => t("ledger.seconded", { who: actor(one) }))];
  return (
    <li class={act.refused ? "act refused" : "act"} id={`act-${act.number}`}>
      <p class="act-time">
        <span class="act-number">{act.number}</span> {act.time && <time dateTime={act.time}>{t.day(act.time)}</time>}
      </p>
      <div>
        <p>
          {act.refused && <span class="tag bad">{t("ledger.refused")}</span>} <strong>{act.type}</strong>: {t(`act.${act.type}` as Key)}{" "}
          <span class="who-did">{who.join(" ")}</span>
        </p>
        {act.refused && (
          <p lang="en" class="hint">
            {act.refused}
          </p>
        )}
        <p class="hint">{act.rule ? act.refused ? t("ledger.rule", { rule: act.rule }) : <RuleText say="ledger.rule" rule={act.rule} /> : t("ledger.noRule")}</p>
        {full && (
          <details>
            <summary>{t("ledger.details")}</summary>
            <pre class="code">{JSON.stringify(act.body, null, 1)}</pre>
            <ul class="things">
              {act.things
                .filter((thing) => !thing.startsWith("m-"))
                .map((thing) => (
                  <li key={thing}>
                    <a href={`/ledger?about=${encodeURIComponent(thing)}`}>{thing}</a>
                  </li>
                ))}
            </ul>
          </details>
        )}
      </div>
    </li>
  );
}
