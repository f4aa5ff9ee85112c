// Proofs of possibly-blank votes (specification, section 4.13).
import { challenge, type Element } from "./group.js";
import { sumOfChallenges } from "./interval.js";
import { type Ciphertext, minus, type Proof, type ProofPair, zeroCommitments } from "./proof.js";
import { at, demand, pairs } from "./refusal.js";

/** That m₀ = 0 or m_Σ = 0: a blank vote chooses nobody. */
export function checkBlankProof(S: string, y: Element, zero: Ciphertext, sigma: Ciphertext, proofs: ProofPair): void {
  const commitments = [zeroCommitments(y, zero, proofs[0]), zeroCommitments(y, sigma, proofs[1])];
  const expected = challenge(`bproof0|${S}|${commitments.join(",")}`);
  demand(sumOfChallenges(proofs) === expected, "the blank proof is wrong");
}

/** That m₀ = 1 or m_Σ is one of `values`: who does not vote blank keeps to the numbers allowed. */
export function checkOverallProof(
  S: string,
  y: Element,
  zero: Ciphertext,
  sigma: Ciphertext,
  values: readonly bigint[],
  proofs: readonly Proof[],
): void {
  const first = zeroCommitments(y, minus(zero, 1n), at(proofs, 0));
  const others = pairs(values, proofs.slice(1)).map(([value, proof]) => zeroCommitments(y, minus(sigma, value), proof));
  const expected = challenge(`bproof1|${S}|${[first, ...others].join(",")}`);
  demand(sumOfChallenges(proofs) === expected, "the overall proof is wrong");
}
