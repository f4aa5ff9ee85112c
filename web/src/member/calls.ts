// What the pages for members and officers ask of the server. The types are those of its description (schema.ts), by the
// names that these pages have for them; where it says less, which fields go together stands here.
import { Problem, read, send } from "../api";
import { noteSession } from "../session";
import type { ActField, ActType, CreationOptions, Entered, Factor, FoundMember, Considered as Answer, Letter, Me, Preferences, RequestOptions, Session, Ways } from "../site/schema";
import { inOrder, type Request, type SignedRequest } from "./request";

const base = "/api/v1";

export type { Me } from "../site/schema";
export type FieldKind = ActField;
export type ActKind = ActType;
export type Performed = Entered;
// An act as it stands, or would stand, in the ledger.
export type RecordedAct = Entered["act"];
export type Considered =
  | (Required<Omit<Answer, "reason" | "recorded">> & { allowed: true })
  | (Required<Pick<Answer, "rule" | "reason" | "recorded">> & { allowed: false });
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
    (await read<{ members: FoundMember[] }>(`${base}/members?name=${encodeURIComponent(name)}`)).members,
  consider: (request: Request) => send<Considered>("POST", `${base}/acts/consider`, { request: inOrder(request) }),
  perform: ({ request, signatures, texts }: SignedRequest, key: string) =>
    send<Performed>("POST", `${base}/acts`, { request: inOrder(request), signatures, texts }, key),
  awaiting: async () => (await read<{ awaiting: Waiting[] }>(`${base}/awaiting`)).awaiting,
  hand: ({ request, signatures, texts }: SignedRequest, key: string) =>
    send<{ id: string }>("POST", `${base}/awaiting`, { request: inOrder(request), signatures, texts }, key),
  dropWaiting: (id: string) => send<unknown>("DELETE", `${base}/awaiting/${encodeURIComponent(id)}`),
  receiptAddress: (number: number) => `${base}/receipts/${number}`,
};
