// Proof of encryption of non-zero (specification, section 4.15).
import { challenge, type Element, g, one, power, product, readElement, readScalar, text } from "./group.js";
import { fields, type Json, tuple } from "./json.js";
import type { Ciphertext } from "./proof.js";
import { demand } from "./refusal.js";

export interface NonzeroProof {
  readonly commitment: Element;
  readonly challenge: bigint;
  readonly response: readonly [bigint, bigint];
}

export function readNonzeroProof(value: Json): NonzeroProof {
  const proof = fields(value, "commitment", "challenge", "response");
  const response = tuple(proof.response, 2);
  return {
    commitment: readElement(proof.commitment),
    challenge: readScalar(proof.challenge),
    response: [readScalar(response(0)), readScalar(response(1))],
  };
}

export function checkNonzeroProof(S: string, y: Element, { alpha, beta }: Ciphertext, proof: NonzeroProof): void {
  const a0 = proof.commitment;
  const [t1, t2] = proof.response;
  demand(!a0.equals(one), "the commitment of the non-zero proof is 1");
  const a1 = product([power(alpha, t1), power(g, t2)]);
  const a2 = product([power(beta, t1), power(y, t2), power(a0, proof.challenge)]);
  const expected = challenge(`nonzero|${S}|${text(a0)},${text(a1)},${text(a2)}`);
  demand(proof.challenge === expected, "the proof that a candidate is chosen is wrong");
}
