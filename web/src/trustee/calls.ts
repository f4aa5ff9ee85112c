// What the pages of trustees, registrar and returning officer ask of the server.
import { json, plain, Problem, read, request, send } from "../api";
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

const sendText = async <Answer,>(method: "POST" | "PUT", path: string, text: string): Promise<Answer> =>
  (await request(path, { method, ...plain(text) })).json();

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
  text: async (path: string): Promise<string> => (await request(path)).text(),

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
    (await request(`${base}/elections/draft`, { method: "POST", ...json({ election: acted, question, group }) })).text(),
  make: (wanted: { election: string; paper: unknown; ceremony: string; credentials: string[] }) =>
    send<{ uuid: string; fingerprint: string }>("POST", `${base}/elections`, wanted),

  example: () => read<ExampleView>(`${base}/example`),
  become: (member: string) => send<Session>("POST", `${base}/example/session`, { member }),
  letTimePass: (seconds: number) => send<{ now: string }>("POST", `${base}/example/clock`, { seconds }),
  exampleKeys: () => read<ExampleKeys>(`${base}/example/keys`),
};
