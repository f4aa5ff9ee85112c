// What the pages for those who run an election share.
import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { Problem } from "../api";
import { useWords, type Words } from "../i18n/trustee";
import { Remote } from "../rpc";
import { FieldError, Heading, Notice, TextField, type Problem as Wrong } from "../ui/parts";
import { fetchSession, signInAddress } from "../session";
import { Load } from "../site/load";
import type { Session } from "../site/schema";

export interface Progress {
  step: number; // 0: the record is verified; 1: what is to be sent is made
  percent: number;
}
export const startWorker = (onProgress?: (progress: Progress) => void): Remote =>
  new Remote(new Worker(new URL("./worker.ts", import.meta.url), { type: "module" }), onProgress as (event: unknown) => void);

// Does one thing in a Worker, which goes with all that it held.
export async function inWorker<Value>(name: string, ...args: unknown[]): Promise<Value> {
  const worker = startWorker();
  try {
    return await worker.call<Value>(name, ...args);
  } finally {
    worker.end();
  }
}

// What went wrong, for people.
export function inWords(t: Words, error: unknown): Wrong {
  if (error instanceof Problem && error.problem === "unreachable") return { text: t("duty.lost") };
  const detail = error instanceof Error ? error.message : String(error);
  if (detail === "passphrase") return { text: t("pass.wrong") };
  if (detail === "file") return { text: t("pass.file") };
  return { text: t("duty.failed"), detail };
}

// For who is signed in.
export function Gate({ children }: { children(session: Session): ComponentChildren }) {
  const t = useWords();
  return (
    <Load fetch={fetchSession}>
      {(session) =>
        session ? (
          children(session)
        ) : (
          <>
            <Heading>{t("duty.signIn")}</Heading>
            <p>{t("duty.signIn.text")}</p>
            <p>
              <a href={signInAddress()}>{t("duty.signIn.link")}</a>
            </p>
          </>
        )
      }
    </Load>
  );
}

export const shortest = 12; // characters of a passphrase

// A passphrase that is chosen, twice, or one that is known.
export interface Passphrase {
  first: string;
  again: string;
}
export const noPassphrase: Passphrase = { first: "", again: "" };

// What is wrong with one that is being chosen. `id`: of its field.
export function faultsOf(t: Words, { first, again }: Passphrase, id = "passphrase"): Wrong[] {
  if ([...first].length < shortest) return [{ text: t("pass.short"), field: id }];
  return first !== again ? [{ text: t("pass.differs"), field: `${id}-again` }] : [];
}

interface PassphraseProps {
  id?: string; // of the field; that of the second has "-again" after it
  value: Passphrase;
  chosen: boolean; // now, for a new key
  problems: Wrong[];
  onValue(value: Passphrase): void;
}
export function PassphraseFields({ id = "passphrase", value, chosen, problems, onValue }: PassphraseProps) {
  const t = useWords();
  const about = (which: string) => problems.find(({ field }) => field === which)?.text;
  return (
    <>
      <TextField
        id={id}
        type="password"
        label={t("pass.label")}
        hint={t(chosen ? "pass.new.hint" : "pass.hint")}
        problem={about(id)}
        value={value.first}
        onValue={(first) => onValue({ ...value, first })}
        autocomplete={chosen ? "new-password" : "current-password"}
      />
      {chosen && (
        <TextField
          id={`${id}-again`}
          type="password"
          label={t("pass.again")}
          hint={t("pass.again.hint")}
          problem={about(`${id}-again`)}
          value={value.again}
          onValue={(again) => onValue({ ...value, again })}
          autocomplete="new-password"
        />
      )}
    </>
  );
}

interface FileFieldProps {
  id: string;
  label: string;
  hint: string;
  accept?: string;
  problem?: string | undefined;
  onFile(file: File | null): void;
}
export function FileField({ id, label, hint, accept, problem, onFile }: FileFieldProps) {
  return (
    <div class={problem ? "field wrong" : "field"}>
      <label for={id}>{label}</label>
      <p id={`${id}-hint`} class="hint">
        {hint}
      </p>
      {problem && <FieldError id={`${id}-error`} text={problem} />}
      <input
        id={id}
        type="file"
        {...(accept ? { accept } : {})}
        aria-describedby={`${id}-hint${problem ? ` ${id}-error` : ""}`}
        onChange={(event) => onFile(event.currentTarget.files?.[0] ?? null)}
      />
    </div>
  );
}

// A file for its owner, which the page need not have read.
export function SaveBlob({ name, content, onSaved, children }: { name: string; content: Blob; onSaved?(): void; children: string }) {
  const save = () => {
    const address = URL.createObjectURL(content);
    const link = document.createElement("a");
    link.href = address;
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(address), 10_000);
    onSaved?.();
  };
  return (
    <button type="button" class="secondary" onClick={save}>
      {children}
    </button>
  );
}
export const blobOf = (text: string, type = "application/json") => new Blob([text], { type });

// Something that is done on request, while the page says so, and what went wrong if it did. `passphrase`: the id of the
// field that a wrong one is about.
export function useDoing(passphrase = "passphrase"): { doing: boolean; problems: Wrong[]; wrong(problems: Wrong[]): void; run(act: () => Promise<void>, field?: string): Promise<void> } {
  const t = useWords();
  const [doing, setDoing] = useState(false);
  const [problems, setProblems] = useState<Wrong[]>([]);
  const run = async (act: () => Promise<void>, field?: string) => {
    if (doing) return;
    setDoing(true);
    setProblems([]);
    try {
      await act();
    } catch (error) {
      const isPassphrase = error instanceof Error && error.message === "passphrase";
      const about = isPassphrase ? passphrase : field;
      setProblems([{ ...inWords(t, error), ...(about ? { field: about } : {}) }]);
    }
    setDoing(false);
  };
  return { doing, problems, wrong: setProblems, run };
}

// What this page is trusted with, said where secrets are used.
export function Trusted() {
  const t = useWords();
  return (
    <Notice kind="calm">
      <p>{t("duty.trust")}</p>
    </Notice>
  );
}
