// Signatures of the strict profile (docs/strict-profile.md, section 4).
import { concatBytes } from "@noble/hashes/utils.js";

import { utf8 } from "../verify/bytes.js";
import { type Element, g } from "../verify/group.js";
import { commitment, type Proof } from "../verify/proof.js";
import { demand } from "../verify/refusal.js";
import { enc, hashToScalar, ser } from "./hashing.js";

const profile = "folkmoot-strict-1";

/** Checks the signature, with the key X, of "folkmoot-strict-1" and the parts, with bars between. */
export function checkSignature(X: Element, parts: readonly (string | number | bigint)[], signature: Proof): void {
  const message = utf8([profile, ...parts].join("|"));
  const A = commitment(g, X, signature);
  const expected = hashToScalar(concatBytes(enc(ser(X)), enc(ser(A)), message), "Signature");
  demand(signature.challenge === expected, "the signature is wrong");
}
