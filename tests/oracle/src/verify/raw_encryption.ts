// The proof of a non-homomorphic answer: who encrypted it knows what (specification, section 4.11.2).
import { challenge, type Element, g, text } from "./group.js";
import { type Ciphertext, ciphertextText, commitment, type Proof } from "./proof.js";
import { demand } from "./refusal.js";

export function checkRawEncryption(S: string, y: Element, ciphertext: Ciphertext, proof: Proof): void {
  const a = commitment(g, ciphertext.alpha, proof);
  const expected = challenge(`raweg|${S}|${text(y)},${ciphertextText(ciphertext)}|${text(a)}`);
  demand(proof.challenge === expected, "the proof of the encryption is wrong");
}
