// What a page shows comes from the server: while it is on its way, and when it does not come, the page says so.
import type { ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";
import { Problem, read } from "../api";
import { useTranslator } from "../i18n";
import { Heading, ProblemText } from "../ui/parts";

export type Loaded<Value> = { state: "waiting" } | { state: "there"; value: Value } | { state: "failed"; problem: Problem };

// Calls `fetch` again whenever one of `inputs` is another.
export function useLoaded<Value>(fetch: () => Promise<Value>, inputs: unknown[]): [Loaded<Value>, () => void] {
  const [loaded, setLoaded] = useState<Loaded<Value>>({ state: "waiting" });
  const [tries, setTries] = useState(0);
  useEffect(() => {
    let current = true;
    setLoaded({ state: "waiting" });
    fetch().then(
      (value) => current && setLoaded({ state: "there", value }),
      (error) => {
        if (current) setLoaded({ state: "failed", problem: error instanceof Problem ? error : new Problem("refused", String(error)) });
      },
    );
    return () => {
      current = false;
    };
  }, [...inputs, tries]);
  return [loaded, () => setTries(tries + 1)];
}

interface Props<Value> {
  fetch(): Promise<Value>;
  inputs?: unknown[];
  part?: boolean; // of a page that has its heading already
  children(value: Value): ComponentChildren;
}

export function Load<Value>({ fetch, inputs = [], part, children }: Props<Value>) {
  const t = useTranslator();
  const [loaded, again] = useLoaded(fetch, inputs);
  if (loaded.state === "there") return <>{children(loaded.value)}</>;
  if (loaded.state === "waiting") return <p role="status">{t("loading")}</p>;
  const { problem, detail } = loaded.problem;
  const said = t(problem === "unreachable" ? "unreachable" : "site.notFound");
  const title = part ? <p role="alert">{said}</p> : <Heading>{said}</Heading>;
  if (problem === "not-found") return title;
  return (
    <>
      {title}
      <p>
        <ProblemText text={t("site.failed")} detail={detail} />
      </p>
      <button type="button" onClick={again}>
        {t("retry")}
      </button>
    </>
  );
}

export const readApi = <Value,>(path: string) => read<Value>(`/api/v1/${path}`);
