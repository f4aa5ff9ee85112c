// A field of an act's form: what fits its kind, with a label, a hint and what is wrong with it.
import type { ComponentChildren } from "preact";
import { useTranslator, type Key } from "../i18n";
import { inWords } from "../site/parts";
import { FieldError } from "../ui/parts";
import { isCharterText, isPublished } from "./build";
import type { ActKind, FieldKind } from "./calls";
import { namesIn } from "./charter_names";
import { Choice, Line, PersonSearch, ThingChoice, type InputProps } from "./pickers";
import { DigestInput, PublishedInput } from "./texts";
import type { Known } from "./things";

export const labelOf = (field: FieldKind): Key => `field.${field.name}` as Key;

// Words that the rules know and no charter gives.
const words: Record<string, string[]> = {
  position: ["for", "against", "neither"],
  role: ["registrar", "trustee"],
  action: ["kept", "hidden", "removed", "referred"],
};

interface Props {
  kind: ActKind;
  field: FieldKind;
  value: string | string[] | boolean | undefined;
  problem: string | undefined;
  known: Known;
  organs: [string, string][]; // those for which the actor may act; empty: of all
  officer: boolean;
  onValue(value: string | boolean): void;
}

// The names that the charter has for what the field names; null: it has none of its own.
function namesFor({ field, known, organs }: Props): [string, string][] | null {
  if (field.name === "organ" && organs.length > 0) return organs;
  const { of } = field;
  if (of === "@organ") return known.organisation.organs.map(({ id, title }) => [id, title]);
  if (of === "@post") return known.organisation.posts.map(({ id, title }) => [id, title]);
  const names = namesIn(known.charter, of);
  return names.length > 0 ? names.map((name) => [name, inWords(name)]) : null;
}

function Input(props: Props & { input: InputProps }) {
  const { field, kind, input, known, officer } = props;
  const t = useTranslator();
  if (isPublished(field)) return <PublishedInput {...input} />;
  switch (field.kind) {
    case "hash":
      return <DigestInput {...input} />;
    case "text":
    case "members":
    case "names":
    case "hashes":
      return (
        <>
          <textarea
            id={input.id}
            rows={field.kind === "text" ? 12 : 4}
            class={field.kind === "text" ? undefined : "code"}
            value={input.value}
            aria-describedby={input.describedBy}
            aria-invalid={input.wrong || undefined}
            onInput={(event) => input.onValue(event.currentTarget.value)}
          />
          {field.kind === "members" && (
            <PersonSearch
              id={input.id}
              known={known}
              officer={officer}
              onPerson={(member) => input.onValue(input.value.split("\n").filter(Boolean).concat(member).join("\n"))}
            />
          )}
        </>
      );
    case "count":
      return <Line {...input} inputMode="numeric" />;
    case "time":
      return <Line {...input} type="datetime-local" />;
    case "member": {
      const name = known.people.get(input.value);
      return (
        <>
          <Line {...input} class="code" />
          {name && <p class="chosen">{t("person.chosen", { name })}</p>}
          <PersonSearch id={input.id} known={known} officer={officer} onPerson={input.onValue} />
        </>
      );
    }
    case "name": {
      const names = namesFor(props) ?? words[field.name]?.map((word): [string, string] => [word, t(`word.${word}` as Key)]);
      if (names) return <Choice {...input} options={names} />;
      if (field.of !== "" && !field.of.startsWith("@")) return <ThingChoice {...input} process={field.of} />;
      return <Line {...input} />;
    }
    default:
      return kind ? <Line {...input} /> : null;
  }
}

function CheckBox({ id, label, checked, onValue }: { id: string; label: ComponentChildren; checked: boolean; onValue(value: boolean): void }) {
  return (
    <label class="option field">
      <input id={id} type="checkbox" checked={checked} onChange={(event) => onValue(event.currentTarget.checked)} />
      <span>{label}</span>
    </label>
  );
}

const hints: Partial<Record<FieldKind["kind"], Key>> = {
  member: "hint.member",
  members: "hint.members",
  names: "hint.list",
  hashes: "hint.list",
  title: "hint.title",
  count: "hint.count",
  time: "hint.time",
};

export function FieldInput(props: Props) {
  const { kind, field, value, problem, onValue } = props;
  const t = useTranslator();
  const id = `field-${field.name}`;
  const name = t(labelOf(field));
  const label = field.optional ? t("form.optional", { label: name }) : name;
  if (field.kind === "flag") return <CheckBox id={id} label={label} checked={value === true} onValue={onValue} />;
  if (isCharterText(field, kind)) return <CheckBox id={id} label={t("form.charter")} checked={value === true} onValue={onValue} />;
  const hint = field.kind === "hash" ? (isPublished(field) ? "hint.published" : "hint.digest") : hints[field.kind];
  const describedBy = [hint && `${id}-hint`, problem && `${id}-error`].filter(Boolean).join(" ");
  const input: InputProps = {
    id,
    label,
    value: Array.isArray(value) ? value.join("\n") : String(value ?? ""),
    describedBy,
    wrong: problem !== undefined,
    onValue,
  };
  return (
    <div class={problem ? "field wrong" : "field"}>
      <label for={id}>{label}</label>
      {hint && (
        <p id={`${id}-hint`} class="hint">
          {t(hint)}
        </p>
      )}
      {problem && <FieldError id={`${id}-error`} text={problem} />}
      <Input {...props} input={input} />
    </div>
  );
}
