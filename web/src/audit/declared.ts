// What the ledger says of a record's supplement: the act that declares the result names it by its SHA-256. Without that, a
// server that hands out no supplement could pass an election off as one that never had any.
import { Problem } from "../api";
import { actsAbout } from "../site/about";
import { canHash, sha256 } from "../site/key";
import { calls } from "../trustee/calls";

// "unknown": the ledger could not be asked, or this browser cannot hash, since the page did not come over a safe connection.
export type Compared = { supplement: "same" | "other" | "withheld"; declared: string } | { supplement: "unknown" };

async function declaredFor(uuid: string): Promise<string> {
  const { election } = await calls.tally(uuid);
  if (!election) return "";
  const { entries } = await actsAbout(election);
  const act = entries.find(({ type, refused, body }) => type === "election.declare" && !refused && body.election === election);
  return String(act?.body.supplement ?? "");
}

// Compares the supplement's text, null if none was handed out; null if no act names one.
export async function compareDeclared(uuid: string, supplement: string | null): Promise<Compared | null> {
  try {
    const declared = await declaredFor(uuid);
    if (declared === "") return null;
    if (supplement === null) return { supplement: "withheld", declared };
    if (!canHash()) return { supplement: "unknown" };
    return { supplement: (await sha256(supplement)) === declared ? "same" : "other", declared };
  } catch (error) {
    // A server that has records alone has no ledger.
    return error instanceof Problem && error.problem === "not-found" ? null : { supplement: "unknown" };
  }
}
