// The ballot box of an election: the tracker of every ballot in it, and whether one's own is there.
import { useState } from "preact/hooks";
import { api, type ElectionView } from "../api";
import { readElection } from "../election";
import type { Key } from "../i18n";
import { useTranslator } from "../i18n";
import { ErrorSummary, Heading, Notice, TextField } from "../ui/parts";
import { Load } from "./load";

const some = 100; // trackers shown at once

interface Box {
  uuid: string;
  view: ElectionView;
  trackers: string[];
}

function Search({ uuid, trackers }: { uuid: string; trackers: string[] }) {
  const t = useTranslator();
  const [entered, setEntered] = useState("");
  const [asked, setAsked] = useState<{ tracker: string } | null>(null);
  const tracker = entered.trim().replace(/=+$/, "");
  const empty = asked?.tracker === "";
  const number = asked ? trackers.indexOf(asked.tracker) + 1 : 0;
  const look = (event: Event) => {
    event.preventDefault();
    setAsked({ tracker });
  };
  return (
    <form onSubmit={look} noValidate class="no-print">
      <ErrorSummary problems={empty ? [{ text: t("ballots.empty"), field: "tracker" }] : []} />
      <TextField
        id="tracker"
        label={t("ballots.search")}
        hint={t("ballots.search.hint")}
        value={entered}
        onValue={setEntered}
        problem={empty ? t("ballots.empty") : undefined}
        autocomplete="off"
        spellcheck={false}
        class="code"
      />
      <button type="submit">{t("ballots.look")}</button>
      <div role="status" aria-live="polite" class="answer">
        {asked && !empty && (
          <Notice kind={number > 0 ? "good" : "bad"}>
            <p>{number > 0 ? t("ballots.found", { number }) : t("ballots.missing")}</p>
            <p class="code">{asked.tracker}</p>
            {number > 0 && (
              <p>
                <a href={`/audit?election=${uuid}&tracker=${encodeURIComponent(asked.tracker)}`}>{t("done.audit")}</a>
              </p>
            )}
          </Notice>
        )}
      </div>
    </form>
  );
}

function BoxView({ uuid, view, trackers }: Box) {
  const t = useTranslator();
  const [shown, setShown] = useState(some);
  const { name } = readElection(view.election);
  const time = view.phase === "announced" ? view.opens : view.closes;
  const phase = view.phase === "announced" && !time ? "unopened" : view.phase;
  return (
    <>
      <Heading title={name} caption={name}>
        {t("ballots.heading")}
      </Heading>
      <p>
        {t(`ballots.phase.${phase}` as Key, { time: time ? t.time(time) : "" })}. {t("ballots.count", { n: trackers.length })}
      </p>
      <p>{t("ballots.text")}</p>
      {view.phase === "open" && (
        <p class="no-print">
          <a href={`/vote/${uuid}`}>{t("contest.vote")}</a>
        </p>
      )}
      <Search {...{ uuid, trackers }} />
      <h2>{t("ballots.list")}</h2>
      <ol class="trackers code">
        {trackers.slice(0, shown).map((tracker) => (
          <li key={tracker}>{tracker}</li>
        ))}
      </ol>
      {shown < trackers.length && (
        <button type="button" class="secondary" onClick={() => setShown(shown + 10 * some)}>
          {t("ballots.more")}
        </button>
      )}
      <p class="no-print">
        <a href={`/audit?election=${uuid}`}>{t("done.audit")}</a>
      </p>
    </>
  );
}

export function Ballots({ uuid }: { uuid: string }) {
  return (
    <Load fetch={() => Promise.all([api.election(uuid), api.trackers(uuid)])} inputs={[uuid]}>
      {([view, trackers]) => <BoxView {...{ uuid, view, trackers }} />}
    </Load>
  );
}
