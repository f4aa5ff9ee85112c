// The group Ed25519: the points of prime order q, written multiplicatively (specification, section 5.2.1).
import { pippenger } from "@noble/curves/abstract/curve.js";
import type { EdwardsPoint } from "@noble/curves/abstract/edwards.js";
import { ed25519 } from "@noble/curves/ed25519.js";
import { hexToBytes } from "@noble/hashes/utils.js";

import { hashNumber, reverseHex } from "./bytes.js";
import { type Json, natural, string } from "./json.js";
import { demand, refuse } from "./refusal.js";

export type Element = EdwardsPoint;

const Point = ed25519.Point;

export const groupName = "Ed25519";
export const q = Point.Fn.ORDER;
export const one: Element = Point.ZERO;
export const g: Element = Point.BASE;

/** Makes later powers of that element faster: for g and for the election's key. */
export function prepare(element: Element): void {
  element.precompute(8);
}
prepare(g);

/** The number z = compress(element) in hexadecimal, 64 digits: RFC 8032's bytes, read as a little-endian number. */
export function text(element: Element): string {
  return reverseHex(element.toHex());
}

/** uncompress(z): a point of the curve, of whatever order; undefined if z is that of no point. */
export function uncompress(z: bigint): Element | undefined {
  try {
    return Point.fromHex(hexToBytes(reverseHex(z.toString(16).padStart(64, "0"))), false);
  } catch {
    return undefined;
  }
}

/** compress(element). */
export function compress(element: Element): bigint {
  return BigInt("0x" + text(element));
}

/** An element from its one text. Points that are not of the prime order are no elements. */
export function decode(encoded: string): Element {
  demand(/^[0-9a-f]{64}$/.test(encoded), "not 64 hexadecimal digits");
  const point = uncompress(BigInt("0x" + encoded)) ?? refuse(`${encoded} is no point of the curve`);
  demand(text(point) === encoded, `${encoded} is not the text of its point`);
  demand(point.isTorsionFree(), `${encoded} is no element of the prime-order group`);
  return point;
}

export function readElement(value: Json): Element {
  return decode(string(value));
}

/** A number modulo q, in its one text. */
export function readScalar(value: Json): bigint {
  const scalar = natural(string(value));
  demand(scalar < q, "a number that is not below the order of the group");
  return scalar;
}

export function modulo(value: bigint): bigint {
  const rest = value % q;
  return rest < 0n ? rest + q : rest;
}

export function inverse(value: bigint): bigint {
  return Point.Fn.inv(modulo(value));
}

export function power(base: Element, exponent: bigint): Element {
  return base.multiplyUnsafe(modulo(exponent));
}

export function product(factors: readonly Element[]): Element {
  return factors.reduce((a, b) => a.add(b), one);
}

/** ∏ basesᵢ^exponentsᵢ. */
export function productOfPowers(bases: readonly Element[], exponents: readonly bigint[]): Element {
  return bases.length === 0 ? one : pippenger(Point, Point.Fn, [...bases], exponents.map(modulo));
}

export function quotient(a: Element, b: Element): Element {
  return a.subtract(b);
}

/** SHA256 of the text, as a 256-bit big-endian number, modulo q: how every challenge is made. */
export function challenge(transcript: string): bigint {
  return modulo(hashNumber(transcript));
}
