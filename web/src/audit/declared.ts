// What the ledger says of a record's supplement: the act that declares the result names it by its SHA-256. Without that, a
// server that hands out no supplement could pass an election off as one that never had any.
import { Problem } from "../api";
import { actsAbout } from "../site/about";
import { canHash, sha256 } from "../site/key";
import { addressOf } from "../site/published";
import { calls } from "../trustee/calls";
import { textAt, type Supplement } from "./download";

// "withheld": neither beside the record nor under the name by which the act publishes it. "unseen": it was looked for only
// there, as the record's address does not say what stands beside it. "unknown": the ledger could not be asked, or this
// browser cannot hash, since the page did not come over a safe connection.
export type Compared = { supplement: "same" | "other" | "withheld" | "unseen"; declared: string } | { supplement: "unknown" };

async function declaredFor(uuid: string): Promise<string> {
  const { election } = await calls.tally(uuid);
  if (!election) return "";
  const { entries } = await actsAbout(election);
  const act = entries.find(({ type, refused, body }) => type === "election.declare" && !refused && body.election === election);
  return String(act?.body.supplement ?? "");
}

// Compares a supplement; if there is none, the one that the act publishes. Gives what comes of it, null if no act names
// one, and the supplement that it is about.
export async function compareDeclared(uuid: string, given: Supplement, signal: AbortSignal): Promise<[Compared | null, Supplement]> {
  let supplement = given;
  try {
    const declared = await declaredFor(uuid);
    if (declared === "") return [null, given];
    supplement ??= (await textAt(addressOf(declared), signal)) ?? given;
    if (typeof supplement !== "string") return [{ supplement: supplement === null ? "withheld" : "unseen", declared }, supplement];
    if (!canHash()) return [{ supplement: "unknown" }, supplement];
    return [{ supplement: (await sha256(supplement)) === declared ? "same" : "other", declared }, supplement];
  } catch (error) {
    // A server that has records alone has no ledger.
    return [error instanceof Problem && error.problem === "not-found" ? null : { supplement: "unknown" }, supplement];
  }
}
