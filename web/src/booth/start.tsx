// The first step: which election it is, and the voter's credential. It is checked before anything is filled in.
import { useState } from "preact/hooks";
import { api, type ElectionView } from "../api";
import type { Election } from "../election";
import { useTranslator } from "../i18n";
import { ErrorSummary, Heading, TextField, type Problem } from "../ui/parts";
import type { Encryptor } from "./encryptor";

interface Props {
  election: Election;
  view: ElectionView;
  encryptor: Encryptor;
  credential: string;
  title: string;
  onCredential(credential: string): void;
}

export function Start({ election, view, encryptor, credential, title, onCredential }: Props) {
  const t = useTranslator();
  const [text, setText] = useState(credential);
  const [problems, setProblems] = useState<Problem[]>([]);
  const [busy, setBusy] = useState(false);

  const check = async (): Promise<string | null> => {
    if (text.trim() === "") return t("credential.empty");
    let key: string;
    try {
      key = await encryptor.publicCredential(text);
    } catch {
      return t("credential.malformed");
    }
    try {
      return (await api.knows(election.uuid, key)) ? null : t("credential.unknown");
    } catch {
      return t("credential.unsure");
    }
  };
  const submit = async (event: Event) => {
    event.preventDefault();
    if (busy) return;
    setBusy(true);
    const problem = await check();
    setBusy(false);
    setProblems(problem ? [{ text: problem, field: "credential" }] : []);
    if (!problem) onCredential(text.trim());
  };

  return (
    <form onSubmit={submit} noValidate>
      <ErrorSummary problems={problems} />
      <Heading title={title}>{election.name}</Heading>
      {election.description && <p class="lead">{election.description}</p>}
      <p>
        {t("start.questions", { n: election.questions.length })} {view.closes && t("start.closes", { time: t.time(view.closes) })}
      </p>
      <p>{t("start.how")}</p>
      <TextField
        id="credential"
        label={t("credential.label")}
        hint={t("credential.hint")}
        problem={problems[0]?.text}
        value={text}
        onValue={setText}
        autocomplete="off"
        autocapitalize="off"
        spellcheck={false}
        class="code"
      />
      <button type="submit" aria-disabled={busy}>
        {t("continue")}
      </button>
    </form>
  );
}
