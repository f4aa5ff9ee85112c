// A ballot's signature by its credential (specification, section 4.16).
import { challenge, type Element, g, text } from "./group.js";
import { commitment, type Proof } from "./proof.js";
import { demand } from "./refusal.js";

export function checkBallotSignature(credential: Element, hash: string, proof: Proof): void {
  const a = commitment(g, credential, proof);
  demand(proof.challenge === challenge(`sig|${hash}|${text(a)}`), "the signature is wrong");
}
