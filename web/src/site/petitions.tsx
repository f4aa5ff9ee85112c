// Petitions, with how far they are.
import { useTranslator } from "../i18n";
import { Heading } from "../ui/parts";
import { Load, readApi } from "./load";
import { Gauge, GoToPlace, nameOf, Stage } from "./parts";
import { PublishedText } from "./published";
import type { Petition } from "./schema";

function PetitionView({ petition }: { petition: Petition }) {
  const t = useTranslator();
  const { id, title, stage, signatures: n, named, needed, outcome } = petition;
  return (
    <li id={id}>
      <h2>{title}</h2>
      <p>
        <Stage stage={stage} /> {t("petitions.openedBy", { name: nameOf(petition.opened_by) })}
      </p>
      <Gauge value={n} most={needed} text={t("petitions.progress", { n, needed })} />
      {named < n && <p class="hint">{t("petitions.named", { n: named })}</p>}
      {/* The text of a change of the charter is in the act itself. */}
      {petition.text === null ? <PublishedText hash={petition.hash} /> : <p>{t("petitions.charter")}</p>}
      {stage === "collecting" && petition.closes && <p>{t("petitions.closes", { time: t.time(petition.closes) })}</p>}
      <p class="row">
        {stage === "collecting" && (
          <a class="no-print" href={`/me/petition.sign?petition=${id}`} aria-label={`${t("public.sign")}: ${title}`}>
            {t("public.sign")}
          </a>
        )}
        {outcome?.startsWith("motion-") && <a href={`/motions#${outcome}`}>{t("petitions.outcome")}</a>}
        {outcome?.startsWith("recall-") && <a href={`/ledger?about=${outcome}`}>{t("petitions.recall")}</a>}
        <a href={`/ledger?about=${id}`} aria-label={`${t("site.moreAbout")}: ${title}`}>
          {t("site.moreAbout")}
        </a>
      </p>
    </li>
  );
}

export function Petitions() {
  const t = useTranslator();
  return (
    <Load fetch={() => readApi<Petition[]>("petitions")}>
      {(petitions) => (
        <>
          <Heading>{t("petitions.heading")}</Heading>
          <p>{t("petitions.text")}</p>
          {petitions.length === 0 && <p>{t("site.none")}</p>}
          <ul class="rows">
            {petitions.map((petition) => (
              <PetitionView key={petition.id} petition={petition} />
            ))}
          </ul>
          <GoToPlace />
        </>
      )}
    </Load>
  );
}
