// An act in words: who does what, and each field of it, as it will stand on the record or stands there.
import { useTranslator, type Key } from "../i18n";
import { Facts, inWords } from "../site/parts";
import type { RecordedAct } from "./calls";
import type { Actor } from "./request";
import { useHash } from "./texts";
import { processOf, type Known } from "./things";

function TextOf({ hash, texts }: { hash: string; texts: string[] }) {
  const hashes = texts.map(useHash);
  const text = texts[hashes.indexOf(hash)];
  return (
    <>
      {text !== undefined && <div class="text">{text.trimEnd()}</div>}
      <span class="code hint">{hash}</span>
    </>
  );
}

function Single({ value, texts, known }: { value: unknown; texts: string[]; known: Known }) {
  const t = useTranslator();
  if (typeof value === "boolean") return <>{t(value ? "word.yes" : "word.no")}</>;
  if (typeof value === "number") return <>{new Intl.NumberFormat(t.language).format(value)}</>;
  const text = String(value);
  if (/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(text)) return <time dateTime={text}>{t.time(text)}</time>;
  if (/^[0-9a-f]{64}$/.test(text)) return <TextOf hash={text} texts={texts} />;
  if (/^m-[0-9a-f]{16}$/.test(text)) {
    const name = known.people.get(text);
    return name ? (
      <>
        <bdi>{name}</bdi> <span class="code hint">{text}</span>
      </>
    ) : (
      <span class="code">{text}</span>
    );
  }
  const thing = known.things.get(text);
  if (thing) {
    return (
      <>
        <bdi>{thing.title}</bdi> <span class="hint">{text}</span>
      </>
    );
  }
  if (text.includes("\n")) return <div class="text">{text.trimEnd()}</div>;
  return <>{/^[a-z0-9-]+$/.test(text) && processOf(text) === "" ? inWords(text) : text}</>;
}

export function ActInWords({ act, texts, known }: { act: RecordedAct; texts: string[]; known: Known }) {
  const t = useTranslator();
  const who = ({ member, office }: Partial<Actor>) => {
    if (member === undefined) return t("site.clock");
    const name = known.people.get(member) ?? member;
    return office ? t("site.as", { name, office: inWords(office) }) : name;
  };
  const facts: Parameters<typeof Facts>[0]["facts"] = [
    [t("record.act"), <span key="act">{t(`do.${act.type}` as Key)}</span>],
    [t("record.who"), who(act.actor)],
    ...(act.seconded_by ?? []).map((one): [string, string] => [t("record.second"), who(one)]),
    ...Object.entries(act.body).map(([name, value]): (typeof facts)[number] => [
      t(`field.${name}` as Key),
      Array.isArray(value) ? (
        <ul class="plain-list">
          {value.map((one) => (
            <li key={String(one)}>
              <Single {...{ value: one, texts, known }} />
            </li>
          ))}
        </ul>
      ) : (
        <Single {...{ value, texts, known }} />
      ),
    ]),
    [t("record.charter"), t("contest.version", { version: act.charter })],
  ];
  return (
    <>
      <Facts facts={facts} />
      <details>
        <summary>{t("ledger.details")}</summary>
        <pre class="code">{JSON.stringify(act, null, 1)}</pre>
      </details>
    </>
  );
}

