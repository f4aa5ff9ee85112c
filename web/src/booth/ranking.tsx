// Ranking, after the Center for Civic Design's accessible ranked ballot: candidates keep their place on the paper,
// choosing one gives the next rank, buttons move it up and down, and only the voter puts the paper in order.
import { useRef, useState } from "preact/hooks";
import type { Answer, Question } from "../election";
import { useTranslator } from "../i18n";
import { Live } from "../ui/parts";

interface Props {
  question: Extract<Question, { kind: "ranking" }>;
  answer: Extract<Answer, { kind: "ranking" }>;
  onAnswer(answer: Extract<Answer, { kind: "ranking" }>): void;
  id: string;
}

export function Ranking({ question, answer, onAnswer, id }: Props) {
  const t = useTranslator();
  const { candidates, places } = question;
  const { order } = answer;
  const [said, setSaid] = useState("");
  const [shown, setShown] = useState(() => candidates.map((_, i) => i));
  const list = useRef<HTMLOListElement>(null);

  // The button that was pressed may go; the focus then stays with its candidate.
  const keepFocus = (candidate: number, wanted: string) =>
    requestAnimationFrame(() => {
      const row = list.current?.querySelector(`[data-candidate="${candidate}"]`);
      const button = row?.querySelector<HTMLElement>(`[data-action="${wanted}"]:not(:disabled)`);
      (button ?? row?.querySelector<HTMLElement>("button:not(:disabled)"))?.focus();
    });
  const set = (next: number[], message: string, candidate: number, focus: string) => {
    onAnswer({ kind: "ranking", order: next });
    setSaid(message);
    keepFocus(candidate, focus);
  };
  const add = (c: number) => {
    const rank = order.length + 1;
    set([...order, c], t("ranking.said", { name: candidates[c]!, rank }), c, "remove");
  };
  const remove = (c: number) =>
    set(order.filter((other) => other !== c), t("ranking.removed", { name: candidates[c]! }), c, "add");
  const move = (c: number, by: -1 | 1) => {
    const at = order.indexOf(c);
    const next = [...order];
    [next[at], next[at + by]] = [next[at + by]!, c];
    set(next, t("ranking.said", { name: candidates[c]!, rank: at + by + 1 }), c, by < 0 ? "up" : "down");
  };
  const inOrder = [...order, ...candidates.map((_, i) => i).filter((i) => !order.includes(i))];
  const paper = candidates.map((_, i) => i);
  const show = (next: number[], message: string) => {
    setShown(next);
    setSaid(message);
  };
  const same = (a: number[], b: number[]) => a.every((value, i) => value === b[i]);

  return (
    <>
      <p class="hint" id={`${id}-hint`}>
        {t("ranking.hint")}{" "}
        {places < candidates.length && t("ranking.places", { n: places, total: candidates.length })}
      </p>
      <Live text={said} />
      <ol class="ranking" ref={list}>
        {shown.map((c, i) => {
          const name = candidates[c]!;
          const at = order.indexOf(c);
          const ranked = at >= 0;
          return (
            <li key={c} data-candidate={c} class={ranked ? "ranked" : ""}>
              <span class="rank" aria-hidden="true">
                {ranked ? at + 1 : "–"}
              </span>
              <span class="who">
                <span class="name">{name}</span>
                <span class="state">{ranked ? t("ranking.isRank", { rank: at + 1 }) : t("ranking.unranked")}</span>
              </span>
              <span class="moves">
                {ranked ? (
                  <>
                    <button
                      type="button"
                      class="small"
                      data-action="up"
                      disabled={at === 0}
                      aria-label={t("ranking.up.label", { name, rank: at })}
                      onClick={() => move(c, -1)}
                    >
                      {t("ranking.up")}
                    </button>
                    <button
                      type="button"
                      class="small"
                      data-action="down"
                      disabled={at === order.length - 1}
                      aria-label={t("ranking.down.label", { name, rank: at + 2 })}
                      onClick={() => move(c, 1)}
                    >
                      {t("ranking.down")}
                    </button>
                    <button
                      id={i === 0 ? id : undefined}
                      type="button"
                      class="small"
                      data-action="remove"
                      aria-label={t("ranking.remove.label", { name })}
                      onClick={() => remove(c)}
                    >
                      {t("ranking.remove")}
                    </button>
                  </>
                ) : (
                  <button
                    id={i === 0 ? id : undefined}
                    type="button"
                    class="small choose"
                    data-action="add"
                    disabled={order.length >= places}
                    aria-label={t("ranking.rank.label", { name, rank: order.length + 1 })}
                    onClick={() => add(c)}
                  >
                    {t("ranking.rank")}
                  </button>
                )}
              </span>
            </li>
          );
        })}
      </ol>
      {order.length >= places && places < candidates.length && <p role="status">{t("ranking.full")}</p>}
      <p class="row">
        <span>{t("ranking.count", { n: order.length })}</span>
        <button
          type="button"
          class="secondary"
          disabled={order.length === 0 || same(shown, inOrder)}
          onClick={() => show(inOrder, t("ranking.sorted"))}
        >
          {t("ranking.sort")}
        </button>
        <button
          type="button"
          class="secondary"
          disabled={same(shown, paper)}
          onClick={() => show(paper, t("ranking.unsorted"))}
        >
          {t("ranking.unsort")}
        </button>
        <button
          type="button"
          class="link"
          disabled={order.length === 0}
          onClick={() => {
            onAnswer({ kind: "ranking", order: [] });
            setSaid(t("ranking.cleared"));
          }}
        >
          {t("ranking.clear")}
        </button>
      </p>
    </>
  );
}
