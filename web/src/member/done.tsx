// After an act: its number, where it stands, and the receipt, with which anybody can show that it stood there.
import { useTranslator, type Key } from "../i18n";
import { Heading, Notice } from "../ui/parts";
import { calls } from "./calls";

export const entryAddress = (number: number): string => `/ledger?before=${number + 1}#act-${number}`;

export function Done({ type, number }: { type: string; number: number }) {
  const t = useTranslator();
  return (
    <>
      <Notice kind="good">
        <Heading>{t("done.act")}</Heading>
        <p>{t(`do.${type}` as Key)}</p>
        <p>{t("done.number", { number })}</p>
      </Notice>
      <ul class="links">
        <li>
          <a href={entryAddress(number)}>{t("done.entry")}</a>
        </li>
        <li>
          <a href={calls.receiptAddress(number)} download={`receipt-${number}.txt`}>
            {t("done.receipt")}
          </a>
        </li>
        <li>
          <a href="/me">{t("done.me")}</a>
        </li>
      </ul>
      <p class="hint">{t("done.receipt.text")}</p>
    </>
  );
}

export function Handed({ type, name }: { type: string; name: string }) {
  const t = useTranslator();
  return (
    <>
      <Notice kind="good">
        <Heading>{t("done.handed")}</Heading>
        <p>{t(`do.${type}` as Key)}</p>
        <p>{t("done.handed.text", { name })}</p>
      </Notice>
      <p>
        <a href="/office">{t("done.office")}</a>
      </p>
    </>
  );
}
