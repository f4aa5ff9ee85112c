// Disciplinary cases, with what is due when. Whom one is about is a reference here: the page is for everybody.
import { useTranslator } from "../i18n";
import { Heading } from "../ui/parts";
import { Load, readApi } from "./load";
import { Facts, GoToPlace, inWords, nameOf, RuleLink, Stage } from "./parts";
import type { Case } from "./schema";

const decided = ["dismissed", "final", "overturned"];

function CaseView({ one }: { one: Case }) {
  const t = useTranslator();
  const { id, stage, rule, member, officer, panel, breaches, reply_by, decide_by, appeal_by, until } = one;
  const open = !decided.includes(stage);
  const due: [string, string | null][] = [
    [t("cases.replyBy"), stage === "noticed" ? reply_by : null],
    [t("cases.decideBy"), open && stage !== "suspended" ? decide_by : null],
    [t("cases.appealBy"), stage === "suspended" ? appeal_by : null],
    [t("cases.until"), stage === "overturned" ? null : until],
  ];
  return (
    <li id={id} tabIndex={-1}>
      <h2>
        {id}: {inWords(rule)}
      </h2>
      <p>
        <Stage stage={stage} /> {t("cases.since", { day: t.day(one.since) })}{" "}
        {breaches > 0 && <span class="tag bad">{t("cases.breaches", { n: breaches })}</span>}
      </p>
      <Facts
        facts={[
          [t("cases.about"), <span class="code" key="about">{member}</span>],
          [t("cases.officer"), nameOf(officer)],
          [t("cases.panel"), panel.length > 0 ? panel.map(nameOf).join(", ") : t("cases.panel.none")],
          ...due.flatMap(([term, time]): [string, string][] => (time ? [[term, t.time(time)]] : [])),
        ]}
      />
      <p class="row">
        <RuleLink rule="discipline">{t("cases.rules")}</RuleLink>
        <a href={`/ledger?about=${id}`} aria-label={`${t("site.moreAbout")}: ${id}`}>
          {t("site.moreAbout")}
        </a>
      </p>
    </li>
  );
}

export function Cases() {
  const t = useTranslator();
  return (
    <Load fetch={() => readApi<Case[]>("cases")}>
      {(cases) => (
        <>
          <Heading>{t("cases.heading")}</Heading>
          <p>{t("cases.text")}</p>
          {cases.length === 0 && <p>{t("site.none")}</p>}
          <ul class="rows">
            {cases.map((one) => (
              <CaseView key={one.id} one={one} />
            ))}
          </ul>
          <GoToPlace />
        </>
      )}
    </Load>
  );
}
