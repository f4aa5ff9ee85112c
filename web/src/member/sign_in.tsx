// Signing in: a member asks for a link, which comes by mail, and opens it. The link leads here with a token after "#",
// which no server sees before the button is pressed: programs that look through mail open links and press nothing. Or
// the member has an account at a provider of the organisation, goes there, and comes back to here.
import { useEffect, useState } from "preact/hooks";
import { Problem } from "../api";
import { useTranslator } from "../i18n";
import { fetchSession, onSession, ownPage } from "../session";
import { useLoaded } from "../site/load";
import { ErrorSummary, Heading, Notice, TextField, type Problem as Fault } from "../ui/parts";
import { calls } from "./calls";
import { ProblemNotice, useDoing } from "./doing";

// Where the member wants to be afterwards, for the tab in which the link opens, or which comes back. For an hour: a link lives shorter.
const nextKey = "folkmoot.next";
const hour = 3600 * 1000;
const keepNext = (address: string) => localStorage.setItem(nextKey, JSON.stringify({ address, time: Date.now() }));
function takeNext(): string | null {
  const kept = JSON.parse(localStorage.getItem(nextKey) ?? "null") as { address: string; time: number } | null;
  localStorage.removeItem(nextKey);
  return kept && Date.now() - kept.time < hour ? kept.address : null;
}
const home = "/me";

// The token, which from then on stands neither in the address nor in the browser's history.
function takeToken(): string {
  const token = new URLSearchParams(location.hash.slice(1)).get("token") ?? "";
  if (token) history.replaceState(null, "", location.pathname);
  return token;
}

function isAddress(text: string): boolean {
  return /^[^\s@]+@[^\s@]+$/.test(text) && text.length <= 254;
}

function Asked({ email, next, onBack }: { email: string; next: string; onBack(): void }) {
  const t = useTranslator();
  useEffect(() => onSession((signedIn) => signedIn && location.replace(next)), [next]);
  return (
    <>
      <Heading>{t("signIn.asked")}</Heading>
      <p>{t("signIn.asked.text", { email })}</p>
      <p>{t("signIn.asked.time")}</p>
      <Notice kind="calm">
        <p>{t("signIn.asked.none")}</p>
      </Notice>
      <button type="button" class="secondary" onClick={onBack}>
        {t("signIn.other")}
      </button>
    </>
  );
}

// The outcome with which a provider's visitor comes back; then it does not stand in the address any more.
type Outcome = "done" | "refused" | "unavailable";
function takeOutcome(asked: URLSearchParams): Outcome | null {
  const said = asked.get("provider");
  if (said !== null) history.replaceState(null, "", location.pathname);
  return said === null || said === "done" || said === "unavailable" ? said : "refused";
}

function Arrived({ onNobody }: { onNobody(): void }) {
  const t = useTranslator();
  useEffect(() => {
    fetchSession().then((session) => (session ? location.replace(takeNext() ?? home) : onNobody()), onNobody);
  }, []);
  return <p role="status">{t("loading")}</p>;
}

function AtProvider({ next }: { next: string }) {
  const t = useTranslator();
  const [ways] = useLoaded(calls.ways, []);
  const { busy, problem, run } = useDoing();
  if (ways.state !== "there" || ways.value.provider === "") return null;
  const go = () =>
    run(async () => {
      keepNext(next);
      location.assign((await calls.startAtProvider()).url);
    });
  return (
    <>
      <p>{t("signIn.provider.text")}</p>
      <ProblemNotice problem={problem} />
      <button type="button" class="secondary" aria-disabled={busy} onClick={go}>
        {t("signIn.provider", { name: ways.value.provider })}
      </button>
    </>
  );
}

function Ask({ next, used, failed }: { next: string; used: boolean; failed: "refused" | "unavailable" | null }) {
  const t = useTranslator();
  const [email, setEmail] = useState("");
  const [faults, setFaults] = useState<Fault[]>(failed ? [{ text: t(`signIn.provider.${failed}`) }] : []);
  const [asked, setAsked] = useState(false);
  const { busy, problem, run } = useDoing();
  const submit = (event: Event) => {
    event.preventDefault();
    const address = email.trim();
    const fault = address === "" ? t("signIn.email.empty") : isAddress(address) ? null : t("signIn.email.malformed");
    setFaults(fault ? [{ text: fault, field: "email" }] : []);
    if (fault) return;
    void run(async () => {
      keepNext(next);
      await calls.askForLink(address, t.language);
      setAsked(true);
    });
  };
  if (asked) return <Asked email={email.trim()} next={next} onBack={() => setAsked(false)} />;
  return (
    <form onSubmit={submit} noValidate>
      <ErrorSummary problems={faults} />
      <Heading>{t(used ? "signIn.used" : "signIn.heading")}</Heading>
      <p>{t(used ? "signIn.used.text" : "signIn.text")}</p>
      <ProblemNotice problem={problem} />
      <TextField
        id="email"
        label={t("signIn.email")}
        hint={t("signIn.email.hint")}
        problem={faults.find(({ field }) => field === "email")?.text}
        value={email}
        onValue={setEmail}
        type="email"
        autocomplete="email"
        spellcheck={false}
      />
      <button type="submit" aria-disabled={busy}>
        {t("signIn.send")}
      </button>
      <AtProvider next={next} />
    </form>
  );
}

function FollowLink({ token, onUsed }: { token: string; onUsed(): void }) {
  const t = useTranslator();
  const { busy, problem, run } = useDoing();
  const press = () =>
    run(async () => {
      try {
        await calls.signIn(token);
      } catch (error) {
        if (error instanceof Problem && error.problem === "refused") return onUsed();
        throw error;
      }
      location.replace(takeNext() ?? home);
    });
  return (
    <>
      <Heading>{t("signIn.link")}</Heading>
      <p>{t("signIn.link.text")}</p>
      <ProblemNotice problem={problem} />
      <button type="button" aria-disabled={busy} onClick={press}>
        {t("signIn.press")}
      </button>
    </>
  );
}

export function SignIn({ asked }: { asked: URLSearchParams }) {
  const [token, setToken] = useState(takeToken);
  const [used, setUsed] = useState(false);
  // The link may be opened where this page is open already: then only what stands after "#" changes.
  useEffect(() => {
    const look = () => {
      setToken(takeToken());
      setUsed(false);
    };
    addEventListener("hashchange", look);
    return () => removeEventListener("hashchange", look);
  }, []);
  const [outcome, setOutcome] = useState(() => takeOutcome(asked));
  const [next] = useState(() => ownPage(asked.get("next")) ?? (outcome && outcome !== "done" ? takeNext() : null) ?? new URL(home, location.origin).href);
  if (token && !used) return <FollowLink key={token} token={token} onUsed={() => setUsed(true)} />;
  if (outcome === "done") return <Arrived onNobody={() => setOutcome("refused")} />;
  return <Ask next={next} used={used} failed={outcome} />;
}
