// Who decrypts, and the key that they make together (specification, section 4.7).
import { type Element, product } from "./group.js";
import { array, type Json, string, tuple } from "./json.js";
import { at, demand, refuse } from "./refusal.js";
import { readThresholdParameters, type ThresholdTrustees } from "./threshold.js";
import { readTrusteePublicKey } from "./verification_key.js";

export interface SingleTrustee {
  readonly kind: "Single";
  readonly keys: readonly [Element];
  readonly subkey: Element;
}

export type TrusteeKind = SingleTrustee | ThresholdTrustees;
export type Trustees = readonly TrusteeKind[];

function readSingle(value: Json): SingleTrustee {
  const { publicKey, signature } = readTrusteePublicKey(value);
  demand(signature === undefined, "a signature, which only threshold trustees have");
  return { kind: "Single", keys: [publicKey], subkey: publicKey };
}

function readKind(value: Json): TrusteeKind {
  const pair = tuple(value, 2);
  const kind = string(pair(0));
  if (kind === "Single") return readSingle(pair(1));
  if (kind === "Pedersen") return readThresholdParameters(pair(1));
  return refuse(`no trustee is of the kind "${kind}"`);
}

/** Reads trustees and checks all that they have proved and signed. */
export function readTrustees(value: Json): Trustees {
  const trustees = array(value, readKind);
  demand(trustees.length > 0, "there are none");
  return trustees;
}

/** The election's key: the product of the sub-keys (section 3.1.1). */
export function combinedKey(trustees: Trustees): Element {
  return product(trustees.map((kind) => kind.subkey));
}

/** The keys of all trustees; a trustee's index, from 1, counts through all kinds. */
export function allKeys(trustees: Trustees): Element[] {
  return trustees.flatMap((kind) => kind.keys);
}

/** The key of the trustee of that index. */
export function keyOf(trustees: Trustees, index: number): Element {
  const keys = allKeys(trustees);
  demand(index >= 1 && index <= keys.length, `there is no trustee ${index}`);
  return at(keys, index - 1);
}
