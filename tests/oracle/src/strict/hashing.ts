// Hashing of the strict profile (docs/strict-profile.md, section 1), for Ed25519.
import { expand_message_xmd } from "@noble/curves/abstract/hash-to-curve.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, concatBytes } from "@noble/hashes/utils.js";

import { type Bytes, utf8 } from "../verify/bytes.js";
import { type Element, groupName, modulo } from "../verify/group.js";

// ⌈(⌈log2 q⌉ + 128) / 8⌉.
const L = 48;

/** I2OSP(n, k). */
export function i2osp(n: number, k: number): Bytes {
  const out = new Uint8Array(k);
  for (let i = k - 1, rest = n; i >= 0; --i, rest = Math.floor(rest / 256)) out[i] = rest % 256;
  return out;
}

/** OS2IP(x). */
export function os2ip(bytes: Bytes): bigint {
  return BigInt("0x" + bytesToHex(bytes));
}

/** enc(x). */
export function enc(x: Bytes): Bytes {
  return concatBytes(i2osp(x.length, 2), x);
}

/** ser(e). */
export function ser(element: Element): Bytes {
  return element.toBytes();
}

export type Purpose = "Seed" | "Weights" | "Decryption" | "Signature";

export function dst(purpose: Purpose): Bytes {
  return utf8(`FolkmootStrictV1-${groupName}-${purpose}`);
}

/** xmd(msg, DST(purpose), n). */
export function xmd(message: Bytes, purpose: Purpose, n: number): Bytes {
  return expand_message_xmd(message, dst(purpose), n, sha256);
}

export function hashToScalar(message: Bytes, purpose: Purpose): bigint {
  return modulo(os2ip(xmd(message, purpose, L)));
}
