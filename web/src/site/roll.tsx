// The roll as far as it is public: how many people have which standing, by section.
import { useTranslator, type Key } from "../i18n";
import { Heading } from "../ui/parts";
import { Load, readApi } from "./load";
import { Facts, inWords } from "./parts";
import type { RollCount } from "./schema";

const count = (roll: RollCount[], wanted: (one: RollCount) => boolean) => roll.filter(wanted).reduce((all, { members }) => all + members, 0);

function Sections({ roll, standings }: { roll: RollCount[]; standings: string[] }) {
  const t = useTranslator();
  const sections = [...new Set(roll.map(({ section }) => section))];
  return (
    <div class="scroll" tabIndex={0} role="group" aria-label={t("roll.sections")}>
      <table>
        <thead>
          <tr>
            <th scope="col">{t("roll.section")}</th>
            {standings.map((standing) => (
              <th scope="col" key={standing}>
                {t(`stage.${standing}` as Key)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {sections.map((section) => (
            <tr key={section}>
              <th scope="row">{section === null ? t("roll.noSection") : inWords(section)}</th>
              {standings.map((standing) => (
                <td key={standing}>{count(roll, (one) => one.section === section && one.standing === standing)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

export function Roll() {
  const t = useTranslator();
  return (
    <Load fetch={() => readApi<RollCount[]>("roll")}>
      {(roll) => {
        const standings = [...new Set(roll.map(({ standing }) => standing))];
        return (
          <>
            <Heading>{t("home.roll")}</Heading>
            <p>{t("roll.text")}</p>
            <Facts facts={standings.map((standing) => [t(`stage.${standing}` as Key), t("roll.people", { n: count(roll, (one) => one.standing === standing) })])} />
            <h2>{t("roll.sections")}</h2>
            <Sections {...{ roll, standings }} />
            <p class="hint">{t("roll.import")}</p>
          </>
        );
      }}
    </Load>
  );
}
