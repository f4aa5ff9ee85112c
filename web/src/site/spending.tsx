// Money: what the limit is, which mandates there are and how much of them is spent, and each entry.
import { useTranslator } from "../i18n";
import { Heading } from "../ui/parts";
import { Load, readApi } from "./load";
import { Facts, Gauge, GoToPlace, nameOf, Stage } from "./parts";
import { PublishedText } from "./published";
import type { Mandate, Spend, Spending } from "./schema";

const sum = (all: { amount: number }[]): number => all.reduce((total, { amount }) => total + amount, 0);

function useAmount() {
  const { language } = useTranslator();
  return (amount: number) => new Intl.NumberFormat(language).format(amount);
}

function MandateView({ mandate: { id, title, stage, amount, spent, until } }: { mandate: Mandate }) {
  const t = useTranslator();
  const money = useAmount();
  return (
    <li id={id}>
      <h3>{title}</h3>
      <p>
        <Stage stage={stage} /> {t("spending.until", { day: t.day(until) })}
      </p>
      <Gauge value={spent} most={amount} text={t("spending.used", { spent: money(spent), amount: money(amount) })} />
      <p>
        <a href={`/ledger?about=${id}`} aria-label={`${t("site.moreAbout")}: ${title}`}>
          {t("site.moreAbout")}
        </a>
      </p>
    </li>
  );
}

function SpendView({ spend }: { spend: Spend }) {
  const t = useTranslator();
  const money = useAmount();
  const { id, amount, stage, since, mandate, entered_by, second } = spend;
  const who = [t("ledger.by", { who: nameOf(entered_by) }), ...(second ? [t("ledger.seconded", { who: nameOf(second) })] : [])];
  return (
    <li id={id}>
      <h3>{t("spending.amount", { amount: money(amount) })}</h3>
      <p>
        <Stage stage={stage} /> {t.day(since)} {who.join(" ")}. {stage === "flagged" && t(mandate ? "spending.overAlone" : "spending.overWithout")}
      </p>
      <PublishedText hash={spend.purpose} />
      <p class="row">
        {mandate && <a href={`#${mandate}`}>{t("spending.mandate")}</a>}
        {(stage === "passed" || stage === "flagged") && (
          <a class="no-print" href={`/me/spend.refer?spend=${id}`} aria-label={`${t("spending.refer")}: ${id}`}>
            {t("spending.refer")}
          </a>
        )}
        <a href={`/ledger?about=${id}`} aria-label={`${t("site.moreAbout")}: ${id}`}>
          {t("site.moreAbout")}
        </a>
      </p>
    </li>
  );
}

function SpendingView({ limit, organ, mandates, spends }: Spending) {
  const t = useTranslator();
  const money = useAmount();
  const flagged = spends.filter(({ stage }) => stage === "flagged");
  const open = mandates.filter(({ stage }) => stage === "open");
  return (
    <>
      <Heading>{t("spending.heading")}</Heading>
      <p>{t("spending.text")}</p>
      <Facts
        facts={[
          [t("spending.limit"), organ ? t("spending.limit.text", { limit: money(limit), organ }) : money(limit)],
          [t("spending.total"), money(sum(spends))],
          [t("spending.flagged"), money(sum(flagged))],
          [t("spending.left"), money(open.reduce((left, { amount, spent }) => left + amount - spent, 0))],
        ]}
      />
      <h2>{t("spending.mandates")}</h2>
      {mandates.length === 0 && <p>{t("site.none")}</p>}
      <ul class="rows">
        {mandates.map((mandate) => (
          <MandateView key={mandate.id} mandate={mandate} />
        ))}
      </ul>
      <h2>{t("spending.entries")}</h2>
      {spends.length === 0 && <p>{t("site.none")}</p>}
      <ul class="rows">
        {spends.map((spend) => (
          <SpendView key={spend.id} spend={spend} />
        ))}
      </ul>
      <GoToPlace />
    </>
  );
}

export function SpendingPage() {
  return <Load fetch={() => readApi<Spending>("spending")}>{(spending) => <SpendingView {...spending} />}</Load>;
}
