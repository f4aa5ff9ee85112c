// What the pages of trustees, registrar and returning officer ask of the server.
import { json, plain, Problem, read, request, send } from "../api";
import type { Ceremony, Collected, Example, ExampleKeys, ExamplePerson, Session, Tally } from "../site/schema";
import type { Message } from "../wasm/trustee";

const base = "/api/v1";

export type { Tally, TallyTrustee } from "../site/schema";
export type CeremonyView = Ceremony;
export type Persona = ExamplePerson;
export type ExampleView = Example;
export type { ExampleKeys } from "../site/schema";

// Fields of the act election.declare.
export type Declared = Record<string, string | number | string[]>;

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
    sendText<Collected>("POST", `${election(uuid)}/${what}`, text),
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
