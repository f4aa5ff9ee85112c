// From a request to an act: signed with the key in this browser where the rules want it, handed to a second person where
// their signature is still missing, and never done twice because an answer was lost.
import { Problem } from "../api";
import { readApi } from "../site/load";
import { keptKey, noteEnrolled, sign, type KeptKey } from "../site/key";
import type { LedgerPage } from "../site/schema";
import { calls, type Considered } from "./calls";
import { canonical, inOrder, signedText, type Request, type Signature, type SignedRequest } from "./request";

export type Allowed = Extract<Considered, { allowed: true }>;

export type Outcome =
  | { kind: "done"; number: number }
  | { kind: "handed"; to: string } // to that member
  | { kind: "refused"; considered: Exclude<Considered, Allowed> }
  | { kind: "no-key" } // the key on the record is not in this browser
  | { kind: "other-text" }; // what the server wants signed is not what was asked for

// Who must sign and has not.
export const missing = (considered: Allowed, signatures: Signature[]): string[] =>
  considered.signers.map(({ member }) => member).filter((member) => !signatures.some((one) => one.member === member));

const count = async () => (await readApi<LedgerPage>("ledger?limit=1")).acts;

// The number of the act that came of the request, among those from that number on; null if there is none.
async function find(request: Request, from: number): Promise<number | null> {
  const wanted = inOrder(request);
  const { entries } = await readApi<LedgerPage>(`ledger?from=${from}&limit=256`);
  const same = entries.find(
    (act) =>
      act.type === wanted.type &&
      !act.refused &&
      act.actor?.person.member === wanted.actor.member &&
      (act.actor.office ?? undefined) === wanted.actor.office &&
      Object.entries(wanted.body).every(([name, value]) => canonical(act.body[name]) === canonical(value)),
  );
  return same?.number ?? null;
}

// `key`: the one that is being enrolled; else the kept one is used.
async function signFor(member: string, considered: Allowed, request: Request, origin: string, key?: KeptKey): Promise<Signature | Outcome> {
  const wanted = considered.signers.find((signer) => signer.member === member)!.key;
  const mine = key ?? (await keptKey(member));
  if (!mine || mine.publicKey !== wanted) return { kind: "no-key" };
  if (considered.text !== signedText(origin, request, member, considered.asked)) return { kind: "other-text" };
  return { member, asked: considered.asked, signature: await sign(mine, considered.text) };
}

// Asks anew whether it is allowed, as time has passed since it was shown. A Problem "second-factor" is for the page, and
// "unreachable" means that it is not known whether it was done: calling again with the same `since` finds out.
export async function perform(
  member: string,
  origin: string,
  { request, signatures, texts }: SignedRequest,
  since: { acts: number | null },
  key?: KeptKey,
): Promise<Outcome> {
  if (since.acts !== null) {
    const number = await find(request, since.acts);
    if (number !== null) return { kind: "done", number };
  }
  const considered = await calls.consider(request);
  if (!considered.allowed) return { kind: "refused", considered };
  const all = [...signatures];
  if (missing(considered, all).includes(member)) {
    const signature = await signFor(member, considered, request, origin, key);
    if ("kind" in signature) return signature;
    all.push(signature);
  }
  const order = considered.signers.map((signer) => signer.member);
  all.sort((a, b) => order.indexOf(a.member) - order.indexOf(b.member));
  const [next] = missing(considered, all);
  if (next !== undefined) {
    await calls.hand(request, all, texts);
    return { kind: "handed", to: next };
  }
  since.acts = await count();
  try {
    const { number } = await calls.perform(request, all, texts);
    if (key) await noteEnrolled(key);
    return { kind: "done", number };
  } catch (error) {
    // What the server has answered, it knows.
    if (!(error instanceof Problem) || error.problem !== "unreachable") since.acts = null;
    throw error;
  }
}
