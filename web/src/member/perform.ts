// From a request to an act: signed with the key in this browser where the rules want it, handed to a second person where
// their signature is still missing, and never done twice because an answer was lost.
import { Problem } from "../api";
import { keptKey, noteEnrolled, sign, type KeptKey } from "../site/key";
import { calls, type Considered } from "./calls";
import { signedText, type Request, type Signature, type SignedRequest } from "./request";

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

// Something that is to be done once, however often it is sent.
export interface Once {
  key: string; // under which the server does it (drafts.ts)
  again: (() => Promise<Outcome>) | null; // sends what has had no answer as it was
}

async function send(once: Once, work: () => Promise<Outcome>): Promise<Outcome> {
  once.again = work;
  try {
    return await work();
  } catch (error) {
    // What the server has answered, it knows.
    if (!(error instanceof Problem) || error.problem !== "unreachable") once.again = null;
    throw error;
  }
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
// "unreachable" means that it is not known whether it was done: calling again with the same `once` finds out.
export async function perform(
  member: string,
  origin: string,
  { request, signatures, texts }: SignedRequest,
  once: Once,
  key?: KeptKey,
): Promise<Outcome> {
  if (once.again) return send(once, once.again);
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
  const signed = { request, signatures: all, texts };
  return send(once, async () => {
    if (next !== undefined) {
      await calls.hand(signed, once.key);
      return { kind: "handed", to: next };
    }
    const { number } = await calls.perform(signed, once.key);
    if (key) await noteEnrolled(key);
    return { kind: "done", number };
  });
}
