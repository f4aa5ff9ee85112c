// Requests that wait for a second person: those for me to look at and sign, and those that I have begun.
import { useTranslator, type Key } from "../i18n";
import { Load, useLoaded } from "../site/load";
import type { Session } from "../site/schema";
import { Heading } from "../ui/parts";
import { calls, type Waiting } from "./calls";
import { Confirm } from "./confirm";
import { ProblemNotice, useDoing } from "./doing";
import { known, type Known } from "./things";

function Row({ waiting, session, people, onDrop }: { waiting: Waiting; session: Session; people: Known["people"]; onDrop(): void }) {
  const t = useTranslator();
  const what = t(`do.${waiting.request.type}` as Key);
  const mine = waiting.waits_for === session.member;
  const name = (member: string) => people.get(member) ?? member;
  return (
    <li>
      <p>
        <strong>{what}</strong>{" "}
        {mine
          ? t("awaiting.by", { name: name(waiting.begun_by), time: t.time(waiting.since) })
          : t("awaiting.for", { name: name(waiting.waits_for), time: t.time(waiting.since) })}
      </p>
      <p class="row">
        {mine && (
          <a href={`/office/awaiting/${waiting.id}`} aria-label={`${t("awaiting.review")}: ${what}`}>
            {t("awaiting.review")}
          </a>
        )}
        <button type="button" class="secondary" aria-label={`${t(mine ? "awaiting.decline" : "awaiting.drop")}: ${what}`} onClick={onDrop}>
          {t(mine ? "awaiting.decline" : "awaiting.drop")}
        </button>
      </p>
    </li>
  );
}

export function AwaitingList({ session }: { session: Session }) {
  const t = useTranslator();
  const [loaded, again] = useLoaded(() => Promise.all([calls.awaiting(), known()]), []);
  const { problem, run } = useDoing();
  const drop = (id: string) =>
    run(async () => {
      await calls.dropWaiting(id);
      again();
    });
  return (
    <section aria-labelledby="awaiting">
      <h2 id="awaiting">{t("awaiting.heading")}</h2>
      <ProblemNotice problem={loaded.state === "failed" ? loaded.problem : problem} />
      {loaded.state === "there" && loaded.value[0].length === 0 && <p>{t("awaiting.none")}</p>}
      {loaded.state === "there" && (
        <ul class="rows">
          {loaded.value[0].map((waiting) => (
            <Row key={waiting.id} {...{ waiting, session }} people={loaded.value[1].people} onDrop={() => void drop(waiting.id)} />
          ))}
        </ul>
      )}
    </section>
  );
}

export function AwaitingPage({ session, id }: { session: Session; id: string }) {
  const t = useTranslator();
  return (
    <Load fetch={() => Promise.all([calls.awaiting(), known()])}>
      {([all, things]) => {
        const waiting = all.find((one) => one.id === id);
        if (waiting) return <Confirm session={session} known={things} signed={waiting} onBack={null} />;
        return (
          <>
            <Heading>{t("awaiting.gone")}</Heading>
            <p>{t("awaiting.gone.text")}</p>
          </>
        );
      }}
    </Load>
  );
}
