// The charter: what it says, which versions there have been and by which act each came, and what would change it.
import { useTranslator } from "../i18n";
import { Heading, Notice } from "../ui/parts";
import { charterVersions, passagesOf, type Passage, type Version } from "./charter_text";
import { canHash } from "./key";
import { Load, readApi } from "./load";
import { Facts, GoToPlace, inWords, Stage } from "./parts";
import type { Motion, Organisation } from "./schema";

// Rules are named as in the ledger: "contests.yearly.notice" is a place on this page.
function PassageView({ passage: { name, remarks, rules } }: { passage: Passage }) {
  const t = useTranslator();
  return (
    <section class="card" aria-labelledby={`passage-${name}`} id={name || undefined}>
      <h3 id={`passage-${name}`} lang={name ? "en" : undefined}>{name ? name.split(".").map(inWords).join(": ") : t("charter.general")}</h3>
      {remarks.length > 0 && <p class="hint">{remarks.join(" ")}</p>}
      <dl class="facts">
        {rules.map(({ key, value }) => (
          <div key={key} id={name ? `${name}.${key}` : key}>
            <dt lang="en">{key.replace(/_/g, " ")}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

// Which act brought a version.
function Brought({ version: { version, motion } }: { version: Version }) {
  const t = useTranslator();
  if (motion) return <a href={`/motions#${motion.id}`}>{t("charter.byMotion", { title: motion.title })}</a>;
  return version === 1 ? <a href="/ledger?before=1#act-0">{t("charter.byFounding")}</a> : null;
}

function VersionView({ version }: { version: Version }) {
  const t = useTranslator();
  const { since, hash, text } = version;
  return (
    <li>
      <p>
        <strong>{t("contest.version", { version: version.version })}</strong> {since && t("charter.since", { day: t.day(since) })}{" "}
        <Brought version={version} />
      </p>
      <p class="code hint">{hash}</p>
      {text && (
        <details>
          <summary>{t("charter.written")}</summary>
          <pre class="code">{text}</pre>
        </details>
      )}
    </li>
  );
}

const over = ["in-force", "rejected", "withdrawn"];

export function CharterView({ organisation, motions, versions }: { organisation: Organisation; motions: Motion[]; versions: Version[] }) {
  const t = useTranslator();
  const inForce = versions[versions.length - 1]!;
  const changes = motions.filter(({ text, stage }) => text !== null && !over.includes(stage));
  return (
    <>
      <Heading title={organisation.name} caption={organisation.name}>
        {t("charter.heading")}
      </Heading>
      <p>{t("charter.text")}</p>
      <Facts
        facts={[
          [t("charter.inForce"), t("contest.version", { version: inForce.version })],
          ...(inForce.since ? [[t("charter.from"), t.day(inForce.since)] as [string, string]] : []),
          [t("charter.changes"), changes.length === 0 ? t("charter.changes.none") : (
            <ul class="plain-list">
              {changes.map(({ id, title, stage }) => (
                <li key={id}>
                  <a href={`/motions#${id}`}>{title}</a> <Stage stage={stage} />
                </li>
              ))}
            </ul>
          )],
        ]}
      />
      {inForce.text === "" && (
        <Notice kind="bad">
          <p>{t(canHash() ? "charter.missing" : "charter.unsafe")}</p>
        </Notice>
      )}
      <h2>{t("charter.rules")}</h2>
      <div class="cards passages">
        {passagesOf(inForce.text).map((passage) => (
          <PassageView key={passage.name} passage={passage} />
        ))}
      </div>
      <h2>{t("charter.versions")}</h2>
      <p>{t("charter.versions.text")}</p>
      <ol class="rows">
        {[...versions].reverse().map((version) => (
          <VersionView key={version.version} version={version} />
        ))}
      </ol>
      <GoToPlace />
    </>
  );
}

export function Charter() {
  const fetch = async () => {
    const [organisation, motions] = await Promise.all([readApi<Organisation>("organisation"), readApi<Motion[]>("motions")]);
    return { organisation, motions, versions: await charterVersions(organisation, motions) };
  };
  return <Load fetch={fetch}>{(all) => <CharterView {...all} />}</Load>;
}
