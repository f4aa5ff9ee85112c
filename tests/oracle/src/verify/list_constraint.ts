// Proofs of list constraints (specification, section 4.14).
import { challenge, type Element } from "./group.js";
import { sumOfChallenges } from "./interval.js";
import { type Ciphertext, minus, type ProofPair, zeroCommitments } from "./proof.js";
import { demand } from "./refusal.js";

/** That the list is chosen, or none of its candidates. */
export function checkListProof(S: string, y: Element, list: Ciphertext, chosen: Ciphertext, proofs: ProofPair): void {
  const commitments = [zeroCommitments(y, minus(list, 1n), proofs[0]), zeroCommitments(y, chosen, proofs[1])];
  const expected = challenge(`lproof|${S}|${commitments.join(",")}`);
  demand(sumOfChallenges(proofs) === expected, "the list proof is wrong");
}
