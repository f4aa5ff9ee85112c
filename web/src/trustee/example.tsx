// /example, where the server was started with --example: be anybody, and let time pass.
import { useState } from "preact/hooks";
import { Problem } from "../api";
import { useWords, type Words } from "../i18n/trustee";
import type { TrusteeKey } from "../i18n/trustee_en";
import { Load } from "../site/load";
import { ErrorSummary, Heading } from "../ui/parts";
import { noteSession } from "../session";
import { calls, type ExampleKeys, type ExampleView, type Persona } from "./calls";
import { passphrase, takeKeysOf } from "./example_keys";
import { useDoing } from "./parts";

// Null: this is no example.
async function look(): Promise<{ view: ExampleView; keys: ExampleKeys } | null> {
  try {
    const [view, keys] = await Promise.all([calls.example(), calls.exampleKeys()]);
    return { view, keys };
  } catch (error) {
    if (error instanceof Problem && error.problem === "not-found") return null;
    throw error;
  }
}

const named = ["member", "registrar", "trustee"];
// Several with commas between; a post is shown as the charter calls it.
export const rolesIn = (t: Words, role: string): string =>
  role
    .split(", ")
    .map((one) => (named.includes(one) ? t(`example.role.${one}` as TrusteeKey) : one.replace(/-/g, " ")))
    .join(", ");

// Those whom the way through an election needs come first.
const needed = ["returning-officer", "chair", "registrar", "trustee", "member"];
function inOrderOfTheWay(people: Persona[]): Persona[] {
  const place = ({ role }: Persona) => {
    const places = role.split(", ").map((one) => needed.indexOf(one)).filter((at) => at >= 0);
    return Math.min(needed.length, ...places);
  };
  return [...people].sort((one, other) => place(one) - place(other));
}

const way: [string, TrusteeKey][] = [
  ["/me", "example.way.member"],
  ["/run", "example.way.officer"],
  ["/trustee", "example.way.trustee"],
  ["/registrar", "example.way.registrar"],
  ["/audit", "example.way.audit"],
];
const spans: [number, TrusteeKey][] = [
  [3600, "example.hour"],
  [24 * 3600, "example.day"],
  [7 * 24 * 3600, "example.week"],
];

export function Example() {
  const t = useWords();
  const [turn, setTurn] = useState(0);
  const [you, setYou] = useState<Persona | null>(null);
  const { doing, problems, run } = useDoing();
  const become = (one: Persona, keys: ExampleKeys) => () =>
    void run(async () => {
      noteSession(await calls.become(one.member));
      await takeKeysOf(one.member, keys);
      setYou(one);
    });
  const pass = (seconds: number) => () =>
    void run(async () => {
      await calls.letTimePass(seconds);
      setTurn(turn + 1);
    });
  return (
    <Load fetch={look} inputs={[turn]}>
      {(there) =>
        there === null ? (
          <>
            <Heading>{t("example.none")}</Heading>
            <p>{t("example.none.text")}</p>
          </>
        ) : (
          <>
            <Heading>{t("example.heading")}</Heading>
            <p>{t("example.text")}</p>
            <ErrorSummary problems={problems} />
            <p role="status">{you ? t("example.you", { name: you.name }) : ""}</p>
            <h2>{t("example.people")}</h2>
            <ul class="personas">
              {inOrderOfTheWay(there.view.people).map((one) => (
                <li key={`${one.member} ${one.role}`}>
                  <span>
                    <bdi>{one.name}</bdi>: <bdi>{rolesIn(t, one.role)}</bdi>
                  </span>
                  <button type="button" class="small" aria-disabled={doing || undefined} onClick={become(one, there.keys)}>
                    {t("example.be", { name: one.name })}
                  </button>
                </li>
              ))}
            </ul>
            <p>{t("example.passphrase", { passphrase })}</p>
            <h2>{t("example.voters")}</h2>
            <p>{t("example.voters.text")}</p>
            <ul class="personas">
              {there.keys.voters.map(({ election, member, name, credential }) => (
                <li key={`${election} ${member}`}>
                  <a href={`/vote/${encodeURIComponent(election)}`}>{name}</a>
                  <span class="code">{credential}</span>
                </li>
              ))}
            </ul>
            <h2>{t("example.pass")}</h2>
            <p>{t("example.now", { time: t.time(there.view.now) })}</p>
            <p class="row">
              {spans.map(([seconds, name]) => (
                <button key={seconds} type="button" class="secondary" aria-disabled={doing || undefined} onClick={pass(seconds)}>
                  {t(name)}
                </button>
              ))}
            </p>
            <h2>{t("example.way")}</h2>
            <ol>
              {way.map(([address, name]) => (
                <li key={address}>
                  <a href={address}>{t(name)}</a>
                </li>
              ))}
            </ol>
          </>
        )
      }
    </Load>
  );
}
