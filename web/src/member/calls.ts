// What the pages for members and officers ask of the server. Types stand here where the pages rely on more than the
// server's description says in general (schema.ts): which fields go together.
import { Problem, read, send } from "../api";
import { noteSession } from "../session";
import type { CreationOptions, Factor, Letter, MyWork, Preferences, RequestOptions, Session, Ways } from "../site/schema";
import { inOrder, type Actor, type Request, type SignedRequest } from "./request";

const base = "/api/v1";

export interface FieldKind {
  name: string;
  kind: "member" | "members" | "name" | "names" | "hash" | "hashes" | "title" | "text" | "count" | "time" | "flag";
  of: string; // of a name: the process whose thing is meant, "thing" of any, or what the charter names ("@post")
  optional: boolean;
  document: string; // of a hash: what is published under it ("text", "record", …); empty: nothing is
}
export interface ActKind {
  type: string;
  process: string;
  about: string;
  who: { by: "clock" | "founder" | "anyone" | "participant" | "member" | "duty" | "organ"; duty: string };
  privileged: boolean; // takes a second person
  seconded: boolean; // may have one
  signed: boolean;
  fields: FieldKind[];
}

export interface Me {
  member: string;
  name: string;
  language: string;
  standing: string;
  section: string;
  key: string; // 64 hexadecimal digits, or empty
  second_factor: boolean;
  posts: { seat: string; post: string; title: string; organ: string; until: string; duties: string[] }[]; // times may be empty
  elections: { election: string; uuid: string; of: string; title: string; stage: string; opens: string; closes: string; entitled: boolean }[];
  petitions: { petition: string; title: string; stage: string; role: "opened" | "signed" }[];
  applications: { application: string; contest: string; post: string; title: string; stage: string }[];
  work: MyWork[];
  awaiting: number;
}

// An act as it stands, or would stand, in the ledger.
export interface RecordedAct {
  type: string;
  time: string;
  actor: Actor;
  seconded_by?: Actor[];
  charter: number;
  body: Record<string, unknown>;
}
export type Considered =
  | { allowed: true; rule: string; act: RecordedAct; signers: { member: string; key: string }[]; text: string; asked: string }
  | { allowed: false; rule: string; reason: string; recorded: boolean };
export interface Performed {
  number: number;
  type: string;
  about: string[];
  act: RecordedAct;
}
// A request that one person has signed and that waits for another.
export interface Waiting extends SignedRequest {
  id: string;
  begun_by: string;
  waits_for: string;
  since: string;
}

// The session's own calls give the session that they leave behind.
async function signedIn(answer: Promise<Session>): Promise<Session> {
  const session = await answer;
  noteSession(session);
  return session;
}

export const calls = {
  askForLink: (email: string, language: string) => send<unknown>("POST", `${base}/sign-in`, { email, language }),
  ways: () => read<Ways>(`${base}/sign-in`),
  startAtProvider: () => send<{ url: string }>("POST", `${base}/oidc/start`),
  signIn: (token: string) => signedIn(send("POST", `${base}/session`, { token })),
  async signOut(): Promise<void> {
    await send("DELETE", `${base}/session`).catch((error: unknown) => {
      if (!(error instanceof Problem) || error.problem !== "session-expired") throw error;
    });
    noteSession(null);
  },

  factors: () => read<Factor[]>(`${base}/factors`),
  removeFactor: (id: string) => send<unknown>("DELETE", `${base}/factors/${encodeURIComponent(id)}`),
  offerApp: () => send<{ uri: string }>("POST", `${base}/app/offer`),
  confirmApp: (password: string) => send<unknown>("POST", `${base}/app`, { password }),
  showApp: (password: string) => signedIn(send("POST", `${base}/session/app`, { password })),
  passkeyToAdd: () => send<CreationOptions>("POST", `${base}/passkey/challenge`),
  addPasskey: (made: Record<string, string>) => send<unknown>("POST", `${base}/passkey`, made),
  passkeyToShow: () => send<RequestOptions>("POST", `${base}/session/passkey/challenge`),
  showPasskey: (shown: Record<string, string>) => signedIn(send("POST", `${base}/session/passkey`, shown)),

  letters: () => read<Letter[]>(`${base}/letters`),
  preferences: () => read<Preferences>(`${base}/preferences`),
  prefer: (wanted: Preferences) => send<Preferences>("PUT", `${base}/preferences`, wanted),

  me: () => read<Me>(`${base}/me`),
  acts: async () => (await read<{ acts: ActKind[] }>(`${base}/acts`)).acts,
  membersCalled: async (name: string) =>
    (await read<{ members: { member: string; name: string }[] }>(`${base}/members?name=${encodeURIComponent(name)}`)).members,
  consider: (request: Request) => send<Considered>("POST", `${base}/acts/consider`, { request: inOrder(request) }),
  perform: ({ request, signatures, texts }: SignedRequest, key: string) =>
    send<Performed>("POST", `${base}/acts`, { request: inOrder(request), signatures, texts }, key),
  awaiting: async () => (await read<{ awaiting: Waiting[] }>(`${base}/awaiting`)).awaiting,
  hand: ({ request, signatures, texts }: SignedRequest, key: string) =>
    send<{ id: string }>("POST", `${base}/awaiting`, { request: inOrder(request), signatures, texts }, key),
  dropWaiting: (id: string) => send<unknown>("DELETE", `${base}/awaiting/${encodeURIComponent(id)}`),
  receiptAddress: (number: number) => `${base}/receipts/${number}`,
};
