// How it was counted, as a table: a row a candidate, a column a stage, and below what was decided at each.
import type { Key } from "../i18n";
import { useTranslator } from "../i18n";
import { columns, type Stage, type Transcript } from "./transcript";

function useTitle() {
  const t = useTranslator();
  return ({ kind, from }: Stage) => {
    const key: Key = kind === "iteration" && from.length > 0 ? "result.kind.iteration.after" : `result.kind.${kind}`;
    return t(key, { names: from.join(", ") });
  };
}

export function CountTable({ transcript }: { transcript: Transcript }) {
  const t = useTranslator();
  const title = useTitle();
  const stages = columns(transcript);
  return (
    <>
      <div class="scroll" tabIndex={0} role="group" aria-label={t("result.stages")}>
        <table>
          <thead>
            <tr>
              <th scope="col">{t("result.candidate")}</th>
              {stages.map((stage, i) => (
                <th scope="col" key={stage.stage}>
                  <span class="hidden">{t("result.stage", { number: i + 1 })}: </span>
                  <span aria-hidden="true">{i + 1}. </span>
                  {title(stage)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {transcript.candidates.map((name) => (
              <tr key={name} class={transcript.winners.includes(name) ? "won" : undefined}>
                <th scope="row">
                  {name}
                  {transcript.winners.includes(name) && <span class="tag good">{t("result.wasElected")}</span>}
                </th>
                {stages.map((stage) => (
                  <td key={stage.stage}>{stage.votes[name] ?? ""}</td>
                ))}
              </tr>
            ))}
            <tr>
              <th scope="row">{t("result.nontransferable")}</th>
              {stages.map((stage) => (
                <td key={stage.stage}>{stage.nontransferable}</td>
              ))}
            </tr>
          </tbody>
        </table>
      </div>
      <ol class="decisions">
        {stages.map((stage) => (
          <li key={stage.stage}>
            {title(stage)}
            <ul>
              {stage.events
                .filter(({ candidates }) => candidates.length > 0)
                .map(({ kind, candidates, reason, paragraph }, i) => (
                  <li key={i}>
                    {t(`result.event.${kind}`, { names: candidates.join(", ") })}{" "}
                    <span class="hint" lang="en">
                      {[reason, paragraph].filter(Boolean).join(" · ")}
                    </span>
                  </li>
                ))}
            </ul>
          </li>
        ))}
      </ol>
    </>
  );
}
