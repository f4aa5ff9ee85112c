// What the pages of trustees, registrar and returning officer ask of the server.
import { Problem, read, type ProblemName } from "../api";
import type { Session } from "../site/schema";
import type { Message } from "../wasm/trustee";

const base = "/api/v1";

export interface CeremonyView {
  group: string;
  trustees: number;
  threshold: number;
  waiting: "certificates" | "commitments" | "polynomials" | "shares" | "nobody";
  missing: number[]; // who has not sent what is waited for
  seats?: { number: number; member: string; name: string }[];
  files: string[];
}

export interface TallyTrustee {
  number: number;
  member?: string; // empty or not there if the server does not know whose it is
  name: string;
  threshold: boolean; // one of a group of whom some are enough
  shuffled: boolean;
  decrypted: boolean;
  decryption_key?: string; // the address of what a ceremony's seed needs besides
}
export interface Tally {
  phase: "open" | "closed" | "shuffling" | "decrypting" | "result" | "declared";
  election?: string; // as the acts call it
  group: string;
  strict: boolean;
  trustees: TallyTrustee[];
  needed: number; // so many decryptions make a result
  shuffles: number;
  decryptions: number;
}

// Fields of the act election.declare.
export type Declared = Record<string, string | number | string[]>;

export interface Persona {
  name: string;
  role: string; // several with commas between
  member: string;
}
export interface ExampleView {
  now: string;
  election: string; // uuid of the one that is open at first
  people: Persona[];
}
// What they would keep to themselves.
export interface ExampleKeys {
  people: { member: string; seed: string }[]; // of the keys with which they sign acts
  trustees: { election: string; number: number; member: string; name: string; key: string }[];
  voters: { election: string; member: string; name: string; credential: string }[]; // who have not voted
}

const names: ProblemName[] = ["not-found", "session-expired"];

// As src/api.ts has it, for bodies of any kind and answers that may be texts.
async function request(method: string, path: string, body?: string, type = "application/json"): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(path, {
      method,
      credentials: "same-origin",
      cache: "no-store",
      ...(body === undefined ? {} : { body, headers: { "content-type": type } }),
    });
  } catch (error) {
    throw new Problem("unreachable", String(error));
  }
  if (response.ok) return response;
  const said = (await response.json().catch(() => ({}))) as { type?: string; detail?: string };
  const name = said.type?.split("/").pop() as ProblemName;
  const fallback = response.status === 404 ? "not-found" : response.status === 401 ? "session-expired" : response.status === 503 ? "unreachable" : "refused";
  throw new Problem(names.includes(name) ? name : fallback, said.detail ?? `HTTP ${response.status}`);
}
const send = async <Answer,>(method: string, path: string, body?: unknown): Promise<Answer> =>
  (await request(method, path, body === undefined ? undefined : JSON.stringify(body))).json();
const sendText = async <Answer,>(method: string, path: string, text: string): Promise<Answer> =>
  (await request(method, path, text, "text/plain")).json();

const election = (uuid: string) => `${base}/elections/${encodeURIComponent(uuid)}`;
const ceremony = (id: string) => `${base}/ceremonies/${encodeURIComponent(id)}`;

export const calls = {
  ceremony: (id: string) => read<CeremonyView>(ceremony(id)),
  begin: (group: string, trustees: number, threshold: number) =>
    send<{ id: string }>("POST", `${base}/ceremonies`, { group, trustees, threshold }),
  // All that has been sent: nobody takes another's word for it.
  sent: (id: string, files: string[]): Promise<Message[]> =>
    Promise.all(files.map(async (name) => ({ name, text: await calls.text(`${ceremony(id)}/${encodeURIComponent(name)}`) }))),
  put: (id: string, { name, text }: Message) => sendText<CeremonyView>("PUT", `${ceremony(id)}/${encodeURIComponent(name)}`, text),
  text: async (path: string): Promise<string> => (await request("GET", path)).text(),

  tally: (uuid: string) => read<Tally>(`${election(uuid)}/tally`),
  // The supplement of a record; empty if it has none.
  async supplement(uuid: string): Promise<string> {
    try {
      return await calls.text(`/elections/${encodeURIComponent(uuid)}.strict.json`);
    } catch (error) {
      if (error instanceof Problem && error.problem === "not-found") return "";
      throw error;
    }
  },
  hand: (uuid: string, what: "shuffles" | "decryptions", text: string) =>
    sendText<{ trustee: number }>("POST", `${election(uuid)}/${what}`, text),
  step: (uuid: string, what: "close" | "shuffles/end" | "result") => send<unknown>("POST", `${election(uuid)}/${what}`),
  declaration: (uuid: string) => send<Declared>("POST", `${election(uuid)}/declaration`),

  draft: async (acted: string, question: string, group: string): Promise<string> =>
    (await request("POST", `${base}/elections/draft`, JSON.stringify({ election: acted, question, group }))).text(),
  make: (wanted: { election: string; paper: unknown; ceremony: string; credentials: string[] }) =>
    send<{ uuid: string; fingerprint: string }>("POST", `${base}/elections`, wanted),

  example: () => read<ExampleView>(`${base}/example`),
  become: (member: string) => send<Session>("POST", `${base}/example/session`, { member }),
  letTimePass: (seconds: number) => send<{ now: string }>("POST", `${base}/example/clock`, { seconds }),
  exampleKeys: () => read<ExampleKeys>(`${base}/example/keys`),
};
