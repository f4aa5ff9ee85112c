// One proof of all factors of a partial decryption (docs/strict-profile.md, section 3).
import { concatBytes } from "@noble/hashes/utils.js";

import { type Bytes, hash, utf8 } from "../verify/bytes.js";
import type { Factors } from "../verify/decryption.js";
import { type Element, g, productOfPowers } from "../verify/group.js";
import { commitment, type Proof } from "../verify/proof.js";
import { demand, pairs } from "../verify/refusal.js";
import type { EncryptedTally } from "../verify/tally.js";
import { dst, enc, hashToScalar, i2osp, os2ip, ser, xmd } from "./hashing.js";

const weightSize = 16;
const weightsPerBlock = 256;

function weights(seed: Bytes, count: number): bigint[] {
  const blocks = Array.from({ length: Math.ceil(count / weightsPerBlock) }, (_, block) =>
    xmd(concatBytes(seed, i2osp(block, 4)), "Weights", weightSize * weightsPerBlock),
  );
  const stream = concatBytes(...blocks);
  return Array.from({ length: count }, (_, i) => os2ip(stream.subarray(weightSize * i, weightSize * (i + 1))));
}

/** Checks that all factors are the alphas of the tally to the power of the secret of X. */
export function checkBatchedProof(
  fingerprint: string,
  X: Element,
  tally: EncryptedTally,
  factors: Factors,
  proof: Proof,
): void {
  const alphas = tally.flat(2).map(({ alpha }) => alpha);
  const fs = factors.flat(2);
  const seed = hash(
    concatBytes(
      enc(dst("Seed")),
      enc(utf8(fingerprint)),
      enc(ser(X)),
      i2osp(alphas.length, 4),
      ...pairs(alphas, fs).flatMap(([alpha, f]) => [ser(alpha), ser(f)]),
    ),
  );
  const ws = weights(seed, alphas.length);
  const M = productOfPowers(alphas, ws);
  const Z = productOfPowers(fs, ws);
  const A = commitment(g, X, proof);
  const B = commitment(M, Z, proof);
  const transcript = [X, M, Z, A, B].map((element) => enc(ser(element)));
  const expected = hashToScalar(concatBytes(enc(seed), ...transcript), "Decryption");
  demand(proof.challenge === expected, "the batched proof is wrong");
}
