// The parts that pages are made of.
import type { ComponentChildren, JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { useTranslator } from "../i18n";

// The heading of a step. When a step begins, the focus comes here: a screen reader reads it, and the keyboard goes on
// from here. Not when the page is opened, which has its own way of beginning.
let opened = false;
export function Heading({ children, title, caption }: { children: ComponentChildren; title?: string; caption?: string }) {
  const heading = useRef<HTMLHeadingElement>(null);
  const text = typeof children === "string" ? children : title ?? "";
  useEffect(() => {
    if (opened) heading.current?.focus();
    opened = true;
  }, []);
  useEffect(() => {
    document.title = title && title !== text ? `${text} – ${title}` : `${text} – Folkmoot`;
  }, [text, title]);
  return (
    <h1 ref={heading} tabIndex={-1}>
      {caption && <span class="caption">{caption} </span>}
      {children}
    </h1>
  );
}

export interface Problem {
  text: string;
  detail?: string; // what the program or the browser says itself, which is in English
  field?: string; // the id of what is to be put right
}
export function ProblemText({ text, detail }: Problem) {
  return (
    <>
      {text}
      {detail && (
        <>
          : <span lang="en">{detail}</span>
        </>
      )}
    </>
  );
}

// What keeps a step from being finished, with links to where it is put right. It takes the focus when it appears.
export function ErrorSummary({ problems }: { problems: Problem[] }) {
  const t = useTranslator();
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (problems.length > 0) box.current?.focus();
  }, [problems]);
  if (problems.length === 0) return null;
  const go = (event: Event, id: string) => {
    event.preventDefault();
    document.getElementById(id)?.focus();
  };
  return (
    <div ref={box} class="summary" role="alert" tabIndex={-1} aria-labelledby="summary-title">
      <h2 id="summary-title">{t("error.summary")}</h2>
      <ul>
        {problems.map((problem) => {
          const { text, field } = problem;
          const said = <ProblemText {...problem} />;
          return <li key={text}>{field ? <a href={`#${field}`} onClick={(event) => go(event, field)}>{said}</a> : said}</li>;
        })}
      </ul>
    </div>
  );
}

export function FieldError({ id, text }: { id: string; text: string }) {
  const t = useTranslator();
  return (
    <p id={id} class="field-error">
      <span class="hidden">{t("error.prefix")} </span>
      {text}
    </p>
  );
}

type TextFieldProps = {
  id: string;
  label: string;
  hint: string;
  problem?: string | undefined;
  onValue(value: string): void;
} & Omit<JSX.InputHTMLAttributes<HTMLInputElement>, "label">;

export function TextField({ id, label, hint, problem, onValue, ...input }: TextFieldProps) {
  return (
    <div class={problem ? "field wrong" : "field"}>
      <label for={id}>{label}</label>
      <p id={`${id}-hint`} class="hint">
        {hint}
      </p>
      {problem && <FieldError id={`${id}-error`} text={problem} />}
      <input
        id={id}
        aria-describedby={`${id}-hint${problem ? ` ${id}-error` : ""}`}
        aria-invalid={problem ? true : undefined}
        onInput={(event) => onValue(event.currentTarget.value)}
        {...input}
      />
    </div>
  );
}

// A message that is read out when it changes, wherever the focus is.
export function Live({ text }: { text: string }) {
  return (
    <p class="hidden" role="status" aria-live="polite">
      {text}
    </p>
  );
}

export function Notice({ kind, children }: { kind: "calm" | "good" | "bad"; children: ComponentChildren }) {
  return <div class={`notice ${kind}`}>{children}</div>;
}

// A file that the page has made, for the voter to keep.
export function SaveLink({ name, type, content, children }: { name: string; type: string; content: string; children: string }) {
  const save = () => {
    const address = URL.createObjectURL(new Blob([content], { type }));
    const link = document.createElement("a");
    link.href = address;
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(address), 10_000);
  };
  return (
    <button type="button" class="secondary" onClick={save}>
      {children}
    </button>
  );
}
