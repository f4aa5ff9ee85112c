// A trustee's key in this browser: saved as a file, taken from one, opened for the command line, forgotten.
import { useState } from "preact/hooks";
import { useWords } from "../i18n/trustee";
import { ErrorSummary } from "../ui/parts";
import { kept, type Kept } from "./kept";
import { blobOf, faultsOf, FileField, inWorker, noPassphrase, PassphraseFields, SaveBlob, useDoing } from "./parts";
import { isSealed } from "./sealed";

export const fileName = (one: Kept) => `${one.trustee > 0 ? `trustee-${one.trustee}-${one.for}` : one.for}.sealed-key.json`;

export function SaveKey({ one }: { one: Kept }) {
  const t = useWords();
  return (
    <>
      <p>{t("key.save.text")}</p>
      <SaveBlob name={fileName(one)} content={blobOf(one.sealed)}>
        {t("key.save")}
      </SaveBlob>
    </>
  );
}

// The key without its seal, for the program folkmoot.
export function PlainKey({ one }: { one: Kept }) {
  const t = useWords();
  const [passphrase, setPassphrase] = useState(noPassphrase);
  const [plain, setPlain] = useState<Blob | null>(null);
  const id = `open-${one.for}`;
  const { doing, problems, run } = useDoing(id);
  const open = (event: Event) => {
    event.preventDefault();
    void run(async () => setPlain(await inWorker<Blob>("unsealed", one.sealed, passphrase.first)));
  };
  return (
    <details>
      <summary>{t("key.plain")}</summary>
      <p>{t("key.plain.text")}</p>
      {plain ? (
        <SaveBlob name={one.trustee > 0 ? `trustee-${one.trustee}.key` : `${one.for}.privkey`} content={plain}>
          {t("key.plain.save")}
        </SaveBlob>
      ) : (
        <form onSubmit={open} noValidate>
          <ErrorSummary problems={problems} />
          <PassphraseFields id={id} value={passphrase} chosen={false} problems={problems} onValue={setPassphrase} />
          <button type="submit" class="secondary" aria-disabled={doing || undefined}>
            {t(doing ? "duty.working" : "key.plain.make")}
          </button>
        </form>
      )}
    </details>
  );
}

export function ForgetKey({ one, onGone }: { one: Kept; onGone(): void }) {
  const t = useWords();
  return (
    <details>
      <summary>{t("key.forget")}</summary>
      <p>{t("key.forget.text")}</p>
      <button type="button" class="secondary" onClick={() => void kept.drop(one.for).then(onGone)}>
        {t("key.forget")}
      </button>
    </details>
  );
}

// Takes a key from a file into this browser. `expected`: the ceremony and the seat for which one is wanted.
export function LoadKey({ expected, onKey }: { expected?: { ceremony: string; trustee: number }; onKey(one: Kept): void }) {
  const t = useWords();
  const [text, setText] = useState("");
  const [passphrase, setPassphrase] = useState(noPassphrase);
  const { doing, problems, wrong, run } = useDoing("key-file-passphrase");
  const plain = text !== "" && !isSealed(text);
  const use = (event: Event) => {
    event.preventDefault();
    if (text === "") return wrong([{ text: t("pass.file"), field: "key-file" }]);
    const faults = plain ? faultsOf(t, passphrase, "key-file-passphrase") : [];
    if (faults.length > 0) return wrong(faults);
    void run(async () => {
      const sealed = plain
        ? await inWorker<string | null>("take", text, expected?.ceremony ?? "", expected?.trustee ?? 0, passphrase.first)
        : text;
      if (sealed === null) throw new Error("file");
      const about = await inWorker<{ for: string; trustee: number }>("about", sealed, passphrase.first);
      const one = { ...about, sealed };
      await kept.keep(one);
      onKey(one);
    }, "key-file");
  };
  return (
    <details>
      <summary>{t("key.load")}</summary>
      <form onSubmit={use} noValidate>
        <ErrorSummary problems={problems} />
        <FileField
          id="key-file"
          label={t("key.load")}
          hint={t("key.load.hint")}
          problem={problems.find(({ field }) => field === "key-file")?.text}
          onFile={(file) => void (file ? file.text() : Promise.resolve("")).then(setText)}
        />
        {plain && <p>{t("key.load.seal")}</p>}
        <PassphraseFields id="key-file-passphrase" value={passphrase} chosen={plain} problems={problems} onValue={setPassphrase} />
        <button type="submit" class="secondary" aria-disabled={doing || undefined}>
          {t(doing ? "duty.working" : "key.load.use")}
        </button>
      </form>
    </details>
  );
}
