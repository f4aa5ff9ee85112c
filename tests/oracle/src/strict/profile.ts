// The checks of the strict profile, on a record that is good under Belenios 3.3.0 (docs/strict-profile.md, section 9).
import { type Bytes, compactBase64, hashHex } from "../verify/bytes.js";
import { owner, type Step, stepsOf } from "../verify/events.js";
import type { Verdict, Verified } from "../verify/record.js";
import { at, demand, pairs, Refusal, within } from "../verify/refusal.js";
import { keyOf } from "../verify/trustees.js";
import { checkBatchedProof } from "./batched_proof.js";
import { checkCeremonies } from "./ceremony.js";
import { checkElements } from "./elements.js";
import { remarkOnPlaintexts } from "./plaintexts.js";
import { checkSignature } from "./signature.js";
import { type ProvenDecryption, readSupplement, type SignedAct, type Supplement } from "./supplement.js";

// A SHA-256 in unpadded base64: of the last digit only the upper four bits are used.
const tracker = /^[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]$/;

function checkSpoiled(spoiled: readonly string[], steps: readonly Step[]): void {
  spoiled.forEach((item, i) => {
    demand(tracker.test(item), `${item} is no tracker`);
    demand(i === 0 || at(spoiled, i - 1) < item, "the trackers are not in ascending order");
  });
  const opened = new Set(spoiled);
  stepsOf(steps, "Ballot").forEach((step, i) =>
    demand(!opened.has(compactBase64(at(step.data, 0).hash)), `ballot ${i + 1} was opened`),
  );
}

// The acts stand for the events, one for each.
function* matched<Act extends SignedAct>(acts: readonly Act[], events: readonly Step[]): Generator<[Act, string]> {
  for (const [i, [act, event]] of pairs(acts, events).entries()) {
    const where = `number ${i + 1}`;
    demand(act.owner === owner(event), `${where} is of another trustee than the event's`);
    demand(act.payload === at(event.data, 0).hash, `${where} has another payload than the event`);
    yield [act, where];
  }
}

function closingHash(steps: readonly Step[]): string {
  return at(stepsOf(steps, "EndBallots"), 0).hash;
}

function checkShuffleSignatures({ election, trustees, steps }: Verified, { shuffles, head }: Supplement): void {
  for (const [act, where] of matched(shuffles, stepsOf(steps, "Shuffle"))) {
    const parts = ["shuffle", election.fingerprint, closingHash(steps), hashHex(head), act.owner, act.payload];
    within(where, () => checkSignature(keyOf(trustees, act.owner), parts, act.signature));
  }
}

function checkBatchedProofs(
  { election, trustees, steps, tally, factors }: Verified,
  { decryptions }: Supplement,
): void {
  for (const [act, where] of matched<ProvenDecryption>(decryptions, stepsOf(steps, "PartialDecryption"))) {
    const theirs = factors.get(act.owner);
    demand(tally !== undefined && theirs !== undefined, `${where} is of nothing`);
    const key = keyOf(trustees, act.owner);
    within(where, () => checkBatchedProof(election.fingerprint, key, tally, theirs, act.proof));
  }
}

function checkDecryptionSignatures({ election, trustees, steps }: Verified, { decryptions, head }: Supplement): void {
  for (const [act, where] of matched<ProvenDecryption>(decryptions, stepsOf(steps, "PartialDecryption"))) {
    const proof = `${act.proof.challenge},${act.proof.response}`;
    const parts = [
      "decryption",
      election.fingerprint,
      closingHash(steps),
      hashHex(head),
      act.owner,
      act.payload,
      proof,
    ];
    within(where, () => checkSignature(keyOf(trustees, act.owner), parts, act.signature));
  }
}

function check(record: Verified, content: Bytes, passed: (check: string) => void): string[] {
  const named = <T>(name: string, what: () => T): T => {
    const result = within(name, what);
    passed(name);
    return result;
  };
  const { election, trustees, steps, decrypted } = record;
  const supplement = named("supplement", () => {
    const read = readSupplement(content);
    demand(read.uuid === election.uuid, "of an election of another uuid");
    demand(read.fingerprint === election.fingerprint, "of an election of another fingerprint");
    return read;
  });
  named("elements", () => checkElements(election, steps));
  named("key-ceremony", () => checkCeremonies(trustees, supplement.ceremonies));
  named("spoiled", () => checkSpoiled(supplement.spoiled, steps));
  named("shuffle-signatures", () => checkShuffleSignatures(record, supplement));
  named("batched-proofs", () => checkBatchedProofs(record, supplement));
  named("decryption-signatures", () => checkDecryptionSignatures(record, supplement));
  return decrypted === undefined ? [] : named("plaintexts", () => remarkOnPlaintexts(election, decrypted));
}

/** The profile's verdict and remarks, given what has been found of the record. `passed` is told of checks that pass. */
export function judgeStrictly(
  record: Verdict & { readonly verified?: Verified },
  supplement: Bytes,
  passed: (check: string) => void = () => undefined,
): Verdict & { readonly remarks: readonly string[] } {
  if (record.verdict === "invalid" || record.verified === undefined) {
    return { verdict: "invalid", reason: "record: invalid under Belenios 3.3.0", remarks: [] };
  }
  try {
    const remarks = check(record.verified, supplement, passed);
    return { verdict: record.verdict, remarks };
  } catch (error) {
    if (error instanceof Refusal) return { verdict: "invalid", reason: error.message, remarks: [] };
    throw error;
  }
}
