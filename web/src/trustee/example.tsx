// /example, where the server was started with --example: be anybody, and let time pass.
import { useState } from "preact/hooks";
import { Problem } from "../api";
import { useWords, type Words } from "../i18n/trustee";
import type { TrusteeKey } from "../i18n/trustee_en";
import { Load } from "../site/load";
import { ErrorSummary, Heading } from "../ui/parts";
import { calls, type ExampleView, type Persona } from "./calls";
import { useDoing } from "./parts";

// Null: this is no example.
async function look(): Promise<ExampleView | null> {
  try {
    return await calls.example();
  } catch (error) {
    if (error instanceof Problem && error.problem === "not-found") return null;
    throw error;
  }
}

const roles = ["member", "officer", "returning-officer", "registrar", "trustee"];
// "trustee 2" is a trustee; a role that has no name here is shown as the server says it.
export function roleIn(t: Words, role: string): string {
  const [, name = role, number = ""] = /^([a-z-]+?)[- ]?(\d*)$/.exec(role) ?? [];
  return roles.includes(name) ? `${t(`example.role.${name}` as TrusteeKey)} ${number}`.trim() : role;
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
  const become = (one: Persona) => () =>
    void run(async () => {
      await calls.become(one.member);
      setYou(one);
    });
  const pass = (seconds: number) => () =>
    void run(async () => {
      await calls.letTimePass(seconds);
      setTurn(turn + 1);
    });
  return (
    <Load fetch={look} inputs={[turn]}>
      {(view) =>
        view === null ? (
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
              {view.people.map((one) => (
                <li key={`${one.member} ${one.role}`}>
                  <span>
                    {one.name}: {roleIn(t, one.role)}
                  </span>
                  <button type="button" class="small" aria-disabled={doing || undefined} onClick={become(one)}>
                    {t("example.be", { name: one.name })}
                  </button>
                </li>
              ))}
            </ul>
            <h2>{t("example.pass")}</h2>
            <p>{t("example.now", { time: t.time(view.now) })}</p>
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
