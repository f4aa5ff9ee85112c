// The page of one act: /me/petition.sign, /office/contest.call. What stands in the query is filled in.
import { useTranslator } from "../i18n";
import { Load } from "../site/load";
import type { Session } from "../site/schema";
import { Heading } from "../ui/parts";
import { ActForm } from "./act_form";
import { calls } from "./calls";
import { officesFor } from "./offices";
import { known } from "./things";

export function ActPage({ session, type, asked }: { session: Session; type: string; asked: URLSearchParams }) {
  const t = useTranslator();
  return (
    <Load fetch={() => Promise.all([calls.acts(), calls.me(), known()])}>
      {([acts, me, all]) => {
        const kind = acts.find((act) => act.type === type);
        if (!kind) return <Heading>{t("site.notFound")}</Heading>;
        if (officesFor(kind, me, all.organisation).length === 0) {
          return (
            <>
              <Heading>{t("form.notYours")}</Heading>
              <p>{t("form.notYours.text")}</p>
            </>
          );
        }
        return <ActForm {...{ session, me, kind, asked }} known={all} />;
      }}
    </Load>
  );
}
