// Choosing a thing, a name of the charter's, or a person.
import { useState } from "preact/hooks";
import { useTranslator, type Key } from "../i18n";
import { Load } from "../site/load";
import { Live } from "../ui/parts";
import { calls } from "./calls";
import { ProblemNotice, useDoing } from "./doing";
import { SecondFactor } from "./second_factor";
import { thingsOf, type Known, type Thing } from "./things";

export interface InputProps {
  id: string;
  label: string;
  value: string;
  describedBy: string;
  wrong: boolean;
  onValue(value: string): void;
}

export function Choice({ id, value, describedBy, wrong, onValue, options }: InputProps & { options: [string, string][] }) {
  const t = useTranslator();
  return (
    <select id={id} aria-describedby={describedBy} aria-invalid={wrong || undefined} onChange={(event) => onValue(event.currentTarget.value)}>
      {/* What a link has filled in may be something that is not listed. */}
      {(value === "" || !options.some(([one]) => one === value)) && (
        <option value={value} selected>
          {value || t("form.choose")}
        </option>
      )}
      {options.map(([one, text]) => (
        <option key={one} value={one} selected={one === value}>
          {text}
        </option>
      ))}
    </select>
  );
}

export function Line({ id, value, describedBy, wrong, onValue, ...more }: InputProps & { type?: string; inputMode?: "numeric"; class?: string }) {
  const { label: _, ...input } = more;
  return (
    <input
      id={id}
      value={value}
      aria-describedby={describedBy}
      aria-invalid={wrong || undefined}
      autocomplete="off"
      onInput={(event) => onValue(event.currentTarget.value)}
      {...input}
    />
  );
}

const otherThing = "?";

// Something that exists, or the reference of something that is not listed.
export function ThingChoice({ process, ...input }: InputProps & { process: string }) {
  const t = useTranslator();
  const [other, setOther] = useState(false);
  const text = ({ id, title, stage }: Thing) => [title || id, stage && t(`stage.${stage}` as Key), title && id].filter(Boolean).join(" · ");
  if (other) return <Line {...input} />;
  return (
    <Load part fetch={() => thingsOf(process)} inputs={[process]}>
      {(things) => (
        <Choice
          {...input}
          options={[...things.map((thing): [string, string] => [thing.id, text(thing)]), [otherThing, t("form.other")]]}
          onValue={(value) => {
            setOther(value === otherThing);
            input.onValue(value === otherThing ? "" : value);
          }}
        />
      )}
    </Load>
  );
}

// People whose names are public, and for officers the roll.
export function PersonSearch({ id, known, officer, onPerson }: { id: string; known: Known; officer: boolean; onPerson(member: string): void }) {
  const t = useTranslator();
  const [name, setName] = useState("");
  const [found, setFound] = useState<[string, string][] | null>(null);
  const { busy, problem, run } = useDoing();
  const look = () =>
    run(async () => {
      const wanted = name.trim().toLowerCase();
      if (wanted === "") return setFound([]);
      const all = new Map([...known.people].filter(([, one]) => one.toLowerCase().includes(wanted)));
      if (officer && wanted.length > 1) for (const one of await calls.membersCalled(name.trim())) all.set(one.member, one.name);
      all.forEach((one, member) => known.people.set(member, one));
      setFound([...all].sort(([, a], [, b]) => a.localeCompare(b)));
    });
  return (
    <div class="search">
      <label for={`${id}-name`}>{t("person.name")}</label>
      <p class="hint" id={`${id}-name-hint`}>
        {t(officer ? "person.name.officer" : "person.name.hint")}
      </p>
      <div class="row">
        <input
          id={`${id}-name`}
          value={name}
          aria-describedby={`${id}-name-hint`}
          autocomplete="off"
          onInput={(event) => setName(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key !== "Enter") return;
            event.preventDefault(); // not the form's own button
            void look();
          }}
        />
        <button type="button" class="secondary" aria-disabled={busy} onClick={look}>
          {t("person.look")}
        </button>
      </div>
      {problem?.problem === "second-factor" ? <SecondFactor onShown={look} /> : <ProblemNotice problem={problem} />}
      <Live text={found ? t("person.found", { n: found.length }) : ""} />
      {found?.length === 0 && <p>{t("person.none")}</p>}
      {found && found.length > 0 && (
        <ul class="plain">
          {found.map(([member, one]) => (
            <li key={member} class="row">
              <span>
                {one} <span class="code hint">{member}</span>
              </span>
              <button type="button" class="small" aria-label={t("person.choose.label", { name: one })} onClick={() => onPerson(member)}>
                {t("person.choose")}
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
