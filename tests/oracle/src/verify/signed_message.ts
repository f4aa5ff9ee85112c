// Messages that threshold trustees sign (specification, section 4.6.1).
import { challenge, type Element, g, text } from "./group.js";
import { fields, type Json, string } from "./json.js";
import { commitment, type Proof, readProof } from "./proof.js";
import { demand } from "./refusal.js";

export interface SignedMessage {
  readonly message: string;
  readonly signature: Proof;
}

export function readSignedMessage(value: Json): SignedMessage {
  const signed = fields(value, "message", "signature");
  return { message: string(signed.message), signature: readProof(signed.signature) };
}

export function checkSignature(key: Element, message: string, signature: Proof): void {
  const a = commitment(g, key, signature);
  demand(signature.challenge === challenge(`sigmsg|${message}|${text(a)}`), "the signature is wrong");
}
