// The form of any act: its fields by their kinds, the office it is done in, and the second person whom it takes. What is
// entered is kept until the act is done (drafts.ts).
import { useEffect, useState } from "preact/hooks";
import { useTranslator, type Key } from "../i18n";
import { inWords } from "../site/parts";
import type { Session } from "../site/schema";
import { ErrorSummary, Heading, Notice } from "../ui/parts";
import { build, type Fault } from "./build";
import type { ActKind, Me } from "./calls";
import { Confirm } from "./confirm";
import { drafts, isOf, type Entered } from "./drafts";
import { FieldInput, labelOf } from "./fields";
import { officesFor, organsOf } from "./offices";
import { Choice } from "./pickers";
import type { Actor, SignedRequest } from "./request";
import type { Known } from "./things";

// Acts about oneself: nobody else can be meant.
const aboutOneself = new Set(["member.leave", "member.enrol_key", "member.withdraw_key"]);
// Fields that hardly anybody has to fill in.
const rare: Record<string, string[]> = { "petition.sign": ["salt", "index", "path"], "petition.withdraw_signature": ["leaf"] };
// Acts of which there is something to be said before.
const explained = new Set(["petition.sign", "petition.open", "application.submit", "endorsement.claim", "election.open", "election.declare", "member.admit"]);

const actorOf = (text: string): Actor => {
  const [member = "", office = ""] = text.split(":");
  return office ? { office, member } : { member };
};

// Everybody else who holds a post.
function others(known: Known, member: string): [string, string][] {
  return known.organisation.posts.flatMap((post) =>
    post.seats
      .filter(({ holder }) => holder && holder.member !== member)
      .map(({ holder }): [string, string] => [`${holder!.member}:${post.id}`, `${holder!.name ?? holder!.member}, ${post.title}`]),
  );
}

interface Props {
  session: Session;
  me: Me;
  kind: ActKind;
  known: Known;
  asked: URLSearchParams; // what a link has filled in
}

function enteredAtFirst({ session, kind, asked }: Props): Entered {
  const named = Object.fromEntries(kind.fields.filter(({ name }) => asked.has(name)).map(({ name }) => [name, asked.getAll(name).join("\n")]));
  const draft = drafts.read(session.member, kind.type) ?? {};
  const entered: Entered = { ...(isOf(draft, named) && draft), ...named };
  if (aboutOneself.has(kind.type)) entered.member = session.member;
  return entered;
}

export function ActForm(props: Props) {
  const { session, me, kind, known } = props;
  const t = useTranslator();
  const offices = officesFor(kind, me, known.organisation);
  const wanted = props.asked.get("as");
  const [entered, setEntered] = useState(() => enteredAtFirst(props));
  const [office, setOffice] = useState(wanted !== null && offices.includes(wanted) ? wanted : offices[0] ?? "");
  const [second, setSecond] = useState("");
  const [faults, setFaults] = useState<Fault[]>([]);
  const [signed, setSigned] = useState<SignedRequest | null>(null);
  const [ready, setReady] = useState(false);

  const check = async (say: boolean) => {
    const { body, texts, faults: found } = await build(kind, entered);
    if (kind.privileged && second === "") found.push({ field: "second", key: "form.empty" });
    if (say) setFaults(found);
    if (found.length > 0) return;
    const actor: Actor = office ? { office, member: session.member } : { member: session.member };
    setSigned({ request: { type: kind.type, actor, ...(second ? { seconded_by: [actorOf(second)] } : {}), body }, signatures: [], texts });
  };
  // A link that says everything leads to what is to be confirmed.
  useEffect(() => {
    const decided = offices.length === 1 || offices[0] === "";
    void (decided ? check(false) : Promise.resolve()).then(() => setReady(true));
  }, []);
  const set = (name: string) => (value: string | boolean) => {
    const now = { ...entered, [name]: value };
    setEntered(now);
    drafts.keep(session.member, kind.type, now);
  };

  if (!ready) return <p role="status">{t("loading")}</p>;
  if (signed) {
    return <Confirm {...{ session, known, signed }} onBack={() => setSigned(null)} onDone={() => drafts.drop(session.member, kind.type)} />;
  }
  const label = (name: string) => {
    const field = kind.fields.find((one) => one.name === name);
    return t(field ? labelOf(field) : "form.second");
  };
  const said = (fault: Fault) => t(fault.key, { label: label(fault.field) });
  const problemOf = (name: string) => {
    const fault = faults.find(({ field }) => field === name);
    return fault && said(fault);
  };
  const organs = kind.who.by === "organ" ? organsOf(known.organisation, [office]).map(({ id, title }): [string, string] => [id, title]) : [];
  const officer = me.posts.length > 0;
  const inputs = (which: (name: string) => boolean) =>
    kind.fields
      .filter(({ name }) => which(name) && !(name === "member" && aboutOneself.has(kind.type)))
      .map((field) => (
        <FieldInput
          key={`${field.name} ${office}`}
          {...{ kind, field, known, organs, officer }}
          value={entered[field.name]}
          problem={problemOf(field.name)}
          onValue={set(field.name)}
        />
      ));
  const isRare = (name: string) => rare[kind.type]?.includes(name) ?? false;
  const submit = (event: Event) => {
    event.preventDefault();
    void check(true);
  };
  return (
    <form onSubmit={submit} noValidate>
      <ErrorSummary problems={faults.map((fault) => ({ text: said(fault), field: `field-${fault.field}` }))} />
      <Heading>{t(`do.${kind.type}` as Key)}</Heading>
      <p class="lead">{t("form.does", { what: t(`act.${kind.type}` as Key) })}</p>
      {explained.has(kind.type) && (
        <Notice kind="calm">
          <p>{t(`note.${kind.type}` as Key)}</p>
        </Notice>
      )}
      {offices.length > 1 && (
        <div class="field">
          <label for="field-office">{t("form.office")}</label>
          <Choice
            id="field-office"
            label={t("form.office")}
            value={office || "-"}
            describedBy=""
            wrong={false}
            options={offices.map((post): [string, string] => [post || "-", post ? inWords(post) : t("form.office.none")])}
            onValue={(value) => setOffice(value === "-" ? "" : value)}
          />
        </div>
      )}
      {offices.length === 1 && office && <p>{t("form.office.only", { office: inWords(office) })}</p>}
      {inputs((name) => !isRare(name))}
      {rare[kind.type] && (
        <details>
          <summary>{t("form.rare")}</summary>
          {inputs(isRare)}
        </details>
      )}
      {(kind.privileged || kind.seconded) && (
        <div class={problemOf("second") ? "field wrong" : "field"}>
          <label for="field-second">{kind.privileged ? t("form.second") : t("form.optional", { label: t("form.second") })}</label>
          <p id="field-second-hint" class="hint">
            {t("form.second.hint")}
          </p>
          <Choice
            id="field-second"
            label={t("form.second")}
            value={second}
            describedBy="field-second-hint"
            wrong={problemOf("second") !== undefined}
            options={others(known, session.member)}
            onValue={setSecond}
          />
        </div>
      )}
      <button type="submit">{t("form.check")}</button>
      <p class="hint">{t("form.kept")}</p>
    </form>
  );
}
