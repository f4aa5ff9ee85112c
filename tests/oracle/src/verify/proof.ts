// Proofs and ciphertexts (specification, section 4.3).
import { type Element, g, power, product, quotient, readElement, readScalar, text } from "./group.js";
import { array, fields, type Json, tuple } from "./json.js";

export interface Proof {
  readonly challenge: bigint;
  readonly response: bigint;
}

export function readProof(value: Json): Proof {
  const proof = fields(value, "challenge", "response");
  return { challenge: readScalar(proof.challenge), response: readScalar(proof.response) };
}

export function readProofs(value: Json): Proof[] {
  return array(value, readProof);
}

export type ProofPair = readonly [Proof, Proof];

export function readProofPair(value: Json): ProofPair {
  const pair = tuple(value, 2);
  return [readProof(pair(0)), readProof(pair(1))];
}

/** The commitment base^response × statement^challenge that a proof must have been made with. */
export function commitment(base: Element, statement: Element, proof: Proof): Element {
  return power(base, proof.response).add(power(statement, proof.challenge));
}

export interface Ciphertext {
  readonly alpha: Element;
  readonly beta: Element;
}

export function readCiphertext(value: Json): Ciphertext {
  const ciphertext = fields(value, "alpha", "beta");
  return { alpha: readElement(ciphertext.alpha), beta: readElement(ciphertext.beta) };
}

/** The texts of both elements, with a comma between. */
export function ciphertextText({ alpha, beta }: Ciphertext): string {
  return `${text(alpha)},${text(beta)}`;
}

/** The encryption of the sum of what is encrypted. */
export function sum(ciphertexts: readonly Ciphertext[]): Ciphertext {
  return { alpha: product(ciphertexts.map((c) => c.alpha)), beta: product(ciphertexts.map((c) => c.beta)) };
}

/** The encryption of `value` less. */
export function minus(ciphertext: Ciphertext, value: bigint): Ciphertext {
  return { alpha: ciphertext.alpha, beta: quotient(ciphertext.beta, power(g, value)) };
}

/** The two commitments of a proof that a ciphertext encrypts 0 under y: texts of A and B, with a comma between. */
export function zeroCommitments(y: Element, ciphertext: Ciphertext, proof: Proof): string {
  const a = commitment(g, ciphertext.alpha, proof);
  const b = commitment(y, ciphertext.beta, proof);
  return `${text(a)},${text(b)}`;
}
