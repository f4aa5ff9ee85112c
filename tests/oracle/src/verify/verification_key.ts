// A trustee's public key, with the proof that they know the private one (specification, section 4.5).
import { challenge, type Element, g, groupName, readElement, text } from "./group.js";
import { fields, type Json } from "./json.js";
import { commitment, type Proof, readProof } from "./proof.js";
import { demand } from "./refusal.js";

export interface TrusteePublicKey {
  readonly publicKey: Element;
  /** Of a threshold trustee only. */
  readonly signature?: Proof;
}

/** Reads the key and checks its proof; the signature is checked with the trustee's certificate. */
export function readTrusteePublicKey(value: Json): TrusteePublicKey {
  const key = fields(value, "pok", "public_key", "?signature");
  const publicKey = readElement(key.public_key);
  const pok = readProof(key.pok);
  const a = commitment(g, publicKey, pok);
  const expected = challenge(`pok|${groupName}|${text(publicKey)}|${text(a)}`);
  demand(pok.challenge === expected, "the proof of knowledge of the private key is wrong");
  return key.signature ? { publicKey, signature: readProof(key.signature) } : { publicKey };
}
