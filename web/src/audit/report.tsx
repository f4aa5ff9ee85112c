// The report in a member's words. The same as JSON, with the specification's sections, can be kept.
import type { Key } from "../i18n";
import { useTranslator } from "../i18n";
import { Heading, Notice, SaveLink } from "../ui/parts";
import type { Compared } from "./declared";
import { strictVerdict, type Check, type Report, type Strict, type Verified } from "../wasm/verifier";

function Tracked({ report, tracker }: { report: Report; tracker: string }) {
  const t = useTranslator();
  const { tracked } = report;
  if (!tracked) {
    return (
      <Notice kind="bad">
        <p>{t("audit.tracker.missing")}</p>
        <p class="code">{tracker}</p>
      </Notice>
    );
  }
  const { number, replaced_by: later } = tracked;
  return (
    <Notice kind={later ? "calm" : "good"}>
      <p>{later ? t("audit.tracker.replaced", { number, tracker: later }) : t("audit.tracker.counts", { number })}</p>
    </Notice>
  );
}

function CheckRow({ check }: { check: Check }) {
  const t = useTranslator();
  const state = check.ok === null ? "open" : check.ok ? "passed" : "failed";
  return (
    <li class={state}>
      <span class="mark" aria-hidden="true">
        {{ passed: "✓", failed: "✗", open: "–" }[state]}
      </span>
      <div>
        <p>
          <span class="hidden">{t(`audit.check.${state}`)}: </span>
          {t(`check.${check.id}` as Key)}
        </p>
        <p class="details">
          {state === "open" ? t("audit.check.open") : t("audit.items", { n: check.items })}
        </p>
        {state === "failed" && (
          <p class="details" lang="en">
            {check.detail}
          </p>
        )}
      </div>
    </li>
  );
}

function Checks({ checks }: { checks: Check[] }) {
  return (
    <ul class="checks">
      {checks.map((check) => (
        <CheckRow key={check.id} check={check} />
      ))}
    </ul>
  );
}

// What the supplement's checks have found: a verdict of its own, so that everybody sees what the record alone is worth.
function StrictChecks({ report, strict }: { report: Report; strict: Strict }) {
  const t = useTranslator();
  const verdict = strictVerdict(report, strict);
  return (
    <>
      <p>{t(`strict.${verdict}`)}</p>
      {verdict === "invalid" && report.verdict !== "invalid" && <p>{t("strict.only")}</p>}
      <Checks checks={strict.checks} />
      {strict.remarks.length > 0 && (
        <>
          <h3>{t("strict.remarks")}</h3>
          <ul lang="en">
            {strict.remarks.map((remark) => (
              <li key={remark}>{remark}</li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}

// What the ledger names and was not to be had: wrong, whatever the record is worth by itself.
const isWrong = (compared: Compared | null): compared is Compared & { declared: string } =>
  compared?.supplement === "withheld" || compared?.supplement === "other";

// As `folkmoot-verify --json` has it, with the supplement as `--strict` does; and what the ledger says besides.
function inJson({ report, strict }: Verified, ledger: Compared | null): string {
  const both = strict && { belenios: report, strict: { verdict: strictVerdict(report, strict), ...strict } };
  return JSON.stringify({ ...(both ?? report), ...(ledger && { ledger }) }, null, 1);
}

interface Props {
  verified: Verified;
  compared: Compared | null; // null: no ledger names a supplement
  tracker: string;
  given: boolean; // the record is a file of the reader's, not one of this server
  onAgain(): void;
}

export function ReportView({ verified, compared, tracker, given, onAgain }: Props) {
  const t = useTranslator();
  const { report, outcome, strict } = verified;
  const verdict = isWrong(compared) ? "invalid" : strict ? strictVerdict(report, strict) : report.verdict;
  const name = report.election?.name ?? "";
  const kind = { valid: "good", invalid: "bad", incomplete: "calm" } as const;
  return (
    <>
      <Notice kind={kind[verdict]}>
        <Heading title={name}>{t(`audit.${verdict}`)}</Heading>
        <p>{t(`audit.${verdict}.text`, { name })}</p>
        {isWrong(compared) && (
          <>
            <p>{t(`declared.${compared.supplement}`)}</p>
            <p class="code">{compared.declared}</p>
          </>
        )}
      </Notice>
      {tracker !== "" && <Tracked {...{ report, tracker }} />}
      <p>
        {t("audit.ballots", { n: report.ballots })} {report.ballots > 0 && t("audit.counted", { n: report.tallied })}
      </p>
      {outcome.length > 0 && (
        <>
          <h2>{t("audit.result")}</h2>
          <p class="outcome" lang="en">
            {outcome.join("\n")}
          </p>
        </>
      )}
      {report.election && (
        <dl class="tracker">
          <dt>{t("audit.fingerprint")}</dt>
          <dd class="code">{report.election.fingerprint}</dd>
        </dl>
      )}
      <h2>{t("audit.checks")}</h2>
      <Checks checks={report.checks} />
      <h2>{t("strict.heading")}</h2>
      {compared && !isWrong(compared) && <p>{t(`declared.${compared.supplement}`)}</p>}
      {strict && <StrictChecks {...{ report, strict }} />}
      {!strict && compared?.supplement !== "unseen" && <p>{t(given ? "strict.notGiven" : isWrong(compared) ? "strict.withheld" : "strict.none")}</p>}
      <div class="row no-print">
        <SaveLink name={`${report.election?.uuid ?? "record"}-report.json`} type="application/json" content={inJson(verified, compared)}>
          {t("audit.save")}
        </SaveLink>
        <button type="button" class="link" onClick={onAgain}>
          {t("audit.again")}
        </button>
      </div>
    </>
  );
}
