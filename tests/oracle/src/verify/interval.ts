// Proofs of interval membership (specification, section 4.12).
import { challenge, type Element, modulo } from "./group.js";
import { type Ciphertext, ciphertextText, minus, type Proof, zeroCommitments } from "./proof.js";
import { demand, pairs } from "./refusal.js";

export function sumOfChallenges(proofs: readonly Proof[]): bigint {
  return modulo(proofs.reduce((total, proof) => total + proof.challenge, 0n));
}

/** min, …, max, of which there must be `count`: an untrusted range is never written out. */
export function range(min: number, max: number, count: number): bigint[] {
  demand(count === max - min + 1, `${count} proofs for the numbers from ${min} to ${max}`);
  return Array.from({ length: count }, (_, i) => BigInt(min + i));
}

/** That the ciphertext encrypts one of `values`, each of which has a proof. S is what else the proof is bound to. */
export function checkInterval(
  S: string,
  y: Element,
  ciphertext: Ciphertext,
  values: readonly bigint[],
  proofs: readonly Proof[],
): void {
  const commitments = pairs(values, proofs).map(([value, proof]) =>
    zeroCommitments(y, minus(ciphertext, value), proof),
  );
  const expected = challenge(`prove|${S}|${ciphertextText(ciphertext)}|${commitments.join(",")}`);
  demand(sumOfChallenges(proofs) === expected, "the proof that it is one of the numbers allowed is wrong");
}
