// Hashes and the texts of bytes (specification, section 4.2).
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex } from "@noble/hashes/utils.js";

export type Bytes = Uint8Array;

const encoder = new TextEncoder();

export function utf8(text: string): Bytes {
  return encoder.encode(text);
}

export function hash(message: Bytes | string): Bytes {
  return sha256(typeof message === "string" ? utf8(message) : message);
}

export function hashHex(message: Bytes | string): string {
  return bytesToHex(hash(message));
}

/** The hash as a 256-bit big-endian number. */
export function hashNumber(message: string): bigint {
  return BigInt("0x" + hashHex(message));
}

const base64Digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/** Base64 without padding, of a hash in hexadecimal: the form of fingerprints and trackers (section 4.10). */
export function compactBase64(hex: string): string {
  const bits = [...hex].map((digit) => parseInt(digit, 16).toString(2).padStart(4, "0")).join("");
  const sextets = bits.match(/.{1,6}/g) ?? [];
  return sextets.map((sextet) => base64Digits.charAt(parseInt(sextet.padEnd(6, "0"), 2))).join("");
}

/** Bytes from last to first, of a text in hexadecimal. */
export function reverseHex(hex: string): string {
  return (hex.match(/../g) ?? []).reverse().join("");
}
