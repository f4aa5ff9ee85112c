// Generators that nobody knows the logarithms of (specification, section 6: GetGenerator for Ed25519).
import { hashNumber } from "./bytes.js";
import { type Element, g, one, power, uncompress } from "./group.js";
import { demand } from "./refusal.js";

const found = new Map<number, Element>();

function compute(i: number): Element {
  let z = hashNumber(`ggen|${i}`) >> 2n;
  let b = uncompress(z);
  while (b === undefined) b = uncompress(++z);
  const h = power(b, 8n);
  demand(!h.equals(one) && !h.equals(g), `the generator ${i} is 1 or g`);
  return h;
}

/** GetGenerator(i). */
export function getGenerator(i: number): Element {
  const h = found.get(i) ?? compute(i);
  found.set(i, h);
  return h;
}

/** GetSecondaryGenerator(). */
export function getSecondaryGenerator(): Element {
  return getGenerator(-1);
}

/** GetGenerators(N). */
export function getGenerators(count: number): Element[] {
  return Array.from({ length: count }, (_, i) => getGenerator(i));
}
