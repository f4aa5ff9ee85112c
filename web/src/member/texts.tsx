// Texts that an act publishes, and documents that it names by their hash without publishing them.
import { useEffect, useState } from "preact/hooks";
import { useTranslator } from "../i18n";
import { canHash, sha256 } from "../site/key";
import type { InputProps } from "./pickers";

// The hash of a text, as the ledger will have it; empty while it is worked out.
export function useHash(text: string): string {
  const [hash, setHash] = useState("");
  useEffect(() => {
    let current = true;
    setHash("");
    if (canHash()) void sha256(text).then((digest) => current && setHash(digest));
    return () => {
      current = false;
    };
  }, [text]);
  return hash;
}

export function PublishedInput({ id, value, describedBy, wrong, onValue }: InputProps) {
  const t = useTranslator();
  const hash = useHash(value);
  const read = async (file: File | undefined) => {
    if (file) onValue(await file.text());
  };
  return (
    <>
      <textarea
        id={id}
        rows={8}
        value={value}
        aria-describedby={describedBy}
        aria-invalid={wrong || undefined}
        onInput={(event) => onValue(event.currentTarget.value)}
      />
      <label for={`${id}-file`} class="minor">
        {t("text.file")}
      </label>
      <input id={`${id}-file`} type="file" accept="text/*,.md,.txt,.toml" onChange={(event) => void read(event.currentTarget.files?.[0])} />
      {value !== "" && (
        <p class="hint">
          {t("text.hash")} <span class="code">{hash}</span>
        </p>
      )}
    </>
  );
}

// The document stays where it is: its fingerprint alone goes on the record.
export function DigestInput({ id, value, describedBy, wrong, onValue }: InputProps) {
  const t = useTranslator();
  const read = async (file: File | undefined) => {
    if (file) onValue(await sha256(await file.arrayBuffer()));
  };
  return (
    <>
      <input
        id={id}
        class="code"
        value={value}
        aria-describedby={describedBy}
        aria-invalid={wrong || undefined}
        autocomplete="off"
        spellcheck={false}
        onInput={(event) => onValue(event.currentTarget.value)}
      />
      {canHash() && (
        <>
          <label for={`${id}-file`} class="minor">
            {t("digest.file")}
          </label>
          <input id={`${id}-file`} type="file" onChange={(event) => void read(event.currentTarget.files?.[0])} />
        </>
      )}
    </>
  );
}
