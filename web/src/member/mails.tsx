// Which mails I want, and which were sent to me.
import { useState } from "preact/hooks";
import { useTranslator, type Key } from "../i18n";
import { Load } from "../site/load";
import type { Letter, Preferences } from "../site/schema";
import { calls } from "./calls";
import { ProblemNotice, useDoing } from "./doing";

function Preference({ preferences }: { preferences: Preferences }) {
  const t = useTranslator();
  const [kept, setKept] = useState(preferences);
  const [saved, setSaved] = useState(false);
  const { problem, run } = useDoing();
  const choose = (notices: boolean) =>
    run(async () => {
      setSaved(false);
      setKept({ notices }); // as it was pressed, until the server says
      try {
        setKept(await calls.prefer({ notices }));
      } catch (error) {
        setKept(kept);
        throw error;
      }
      setSaved(true);
    });
  return (
    <>
      <ProblemNotice problem={problem} />
      <label class="option">
        <input type="checkbox" checked={kept.notices} onChange={(event) => void choose(event.currentTarget.checked)} />
        <span>{t("mails.notices")}</span>
      </label>
      <p role="status" class="hint">
        {saved ? t("mails.saved") : t("mails.always")}
      </p>
    </>
  );
}

function LetterRow({ letter }: { letter: Letter }) {
  const t = useTranslator();
  // A kind of mail that this page has no words for has its own name.
  const nameOf = (mail: string) => {
    const key = `mail.${mail}` as Key;
    return t(key) === key ? mail : t(key);
  };
  return (
    <li>
      <p>
        <strong>{nameOf(letter.mail)}</strong> <span class="tag">{t(`fate.${letter.fate}`)}</span>
      </p>
      <p class="hint">
        {t("mails.asked", { time: t.time(letter.asked) })}
        {letter.last && ` ${t("mails.last", { time: t.time(letter.last) })}`}
      </p>
    </li>
  );
}

export function Mails() {
  const t = useTranslator();
  return (
    <section aria-labelledby="mails">
      <h2 id="mails">{t("mails.heading")}</h2>
      <Load part fetch={calls.preferences}>{(preferences) => <Preference preferences={preferences} />}</Load>
      <h3>{t("mails.letters")}</h3>
      <Load part fetch={calls.letters}>
        {(letters) =>
          letters.length === 0 ? (
            <p>{t("site.none")}</p>
          ) : (
            <ul class="rows">
              {letters.map((letter, i) => (
                <LetterRow key={i} letter={letter} />
              ))}
            </ul>
          )
        }
      </Load>
    </section>
  );
}
