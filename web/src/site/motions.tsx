// Motions with their amendments, what is said for and against them, and how they were decided.
import type { ElectionHead } from "../api";
import { useTranslator } from "../i18n";
import { Heading } from "../ui/parts";
import { Load, readApi } from "./load";
import { GoToPlace, nameOf, Opinions, recordOf, recordsOrNone, Stage } from "./parts";
import { PublishedText } from "./published";
import { Totals } from "./result";
import type { Amendment, Motion } from "./schema";

// The text of a change of the charter is long, and in the act itself.
function Text({ hash, text }: { hash: string; text: string | null }) {
  const t = useTranslator();
  if (text === null) return <PublishedText hash={hash} />;
  return (
    <details>
      <summary>{t("motions.charterText")}</summary>
      <pre class="code">{text}</pre>
    </details>
  );
}

function AmendmentView({ amendment }: { amendment: Amendment }) {
  const t = useTranslator();
  return (
    <li id={amendment.id}>
      <p>
        <Stage stage={amendment.stage} /> {t("motions.mover", { name: nameOf(amendment.mover) })}
      </p>
      <Text {...amendment} />
      {amendment.election?.transcript && <Totals election={amendment.election} />}
    </li>
  );
}

function MotionView({ motion, elections }: { motion: Motion; elections: ElectionHead[] }) {
  const t = useTranslator();
  const record = recordOf(elections, motion.election?.fingerprint ?? null);
  const due: string[] = [];
  if (motion.stage === "debate" && motion.amendments_close) due.push(t("motions.amendmentsClose", { time: t.time(motion.amendments_close) }));
  if (motion.stage === "debate" && motion.debate_until) due.push(t("motions.debateUntil", { time: t.time(motion.debate_until) }));
  if (["debate", "ready"].includes(motion.stage) && motion.ballot_by) due.push(t("motions.ballotBy", { time: t.time(motion.ballot_by) }));
  return (
    <li id={motion.id} tabIndex={-1}>
      <h2>{motion.title}</h2>
      <p>
        <Stage stage={motion.stage} />{" "}
        {motion.petition ? (
          <a href={`/petitions#${motion.petition}`}>{t("motions.byPetition")}</a>
        ) : (
          motion.mover && t("motions.mover", { name: nameOf(motion.mover) })
        )}
      </p>
      {motion.stage === "proposed" && <p>{t("motions.seconders", { n: motion.seconders, needed: motion.seconders_needed })}</p>}
      <Text {...motion} />
      <p>{t("motions.majority", { majority: motion.majority === "majority" ? t("motions.moreThanHalf") : motion.majority })}</p>
      {due.map((line) => (
        <p key={line}>{line}</p>
      ))}
      {motion.election?.transcript && <Totals election={motion.election} />}
      {record?.phase === "open" && (
        <p>
          <a href={`/vote/${record.uuid}`}>{t("contest.vote")}</a>
        </p>
      )}
      <h3>{t("motions.recommendations")}</h3>
      <Opinions {...motion} />
      {motion.amendments.length > 0 && (
        <>
          <h3>{t("motions.amendments")}</h3>
          <ul class="plain">
            {motion.amendments.map((amendment) => (
              <AmendmentView key={amendment.id} amendment={amendment} />
            ))}
          </ul>
        </>
      )}
      <p class="row">
        {motion.stage === "proposed" && (
          <a class="no-print" href={`/me/motion.second?motion=${motion.id}`} aria-label={`${t("public.second")}: ${motion.title}`}>
            {t("public.second")}
          </a>
        )}
        {motion.stage === "debate" && (
          <a class="no-print" href={`/me/amendment.propose?motion=${motion.id}`} aria-label={`${t("public.amend")}: ${motion.title}`}>
            {t("public.amend")}
          </a>
        )}
        {record && <a href={`/ballots/${record.uuid}`}>{t("contest.ballotBox")}</a>}
        {record && <a href={`/audit?election=${record.uuid}`}>{t("result.check")}</a>}
        <a href={`/ledger?about=${motion.id}`} aria-label={`${t("site.moreAbout")}: ${motion.title}`}>
          {t("site.moreAbout")}
        </a>
      </p>
    </li>
  );
}

export function Motions() {
  const t = useTranslator();
  return (
    <Load fetch={() => Promise.all([readApi<Motion[]>("motions"), recordsOrNone()])}>
      {([motions, elections]) => (
        <>
          <Heading>{t("motions.heading")}</Heading>
          <p>{t("motions.text")}</p>
          {motions.length === 0 && <p>{t("site.none")}</p>}
          <ul class="rows">
            {motions.map((motion) => (
              <MotionView key={motion.id} {...{ motion, elections }} />
            ))}
          </ul>
          <GoToPlace />
        </>
      )}
    </Load>
  );
}
