// The public credentials, with the weights of their voters (specification, section 4.8).
import { decode, one } from "./group.js";
import { array, type Json, natural, string } from "./json.js";
import { at, demand } from "./refusal.js";

// The specification wants the sum to be "not too big": a logarithm of 63 bits is far beyond what anyone computes.
const tooBig = 2n ** 63n;

/** Of each credential's text the weight. */
export type Credentials = ReadonlyMap<string, bigint>;

export function readCredentials(value: Json): Credentials {
  const weights = new Map<string, bigint>();
  let sum = 0n;
  const weighted = new Set<boolean>();
  array(value, (item) => {
    const parts = string(item).split(",");
    demand(parts.length <= 2, "more than a credential and a weight");
    const credential = at(parts, 0);
    const element = decode(credential);
    demand(!element.equals(one), "the credential whose secret everybody knows");
    demand(!weights.has(credential), `${credential} is there twice`);
    const weight = natural(parts[1] ?? "1");
    demand(weight > 0n, "a weight of zero");
    weights.set(credential, weight);
    sum += weight;
    weighted.add(parts.length === 2);
  });
  demand(sum < tooBig, "the weights are too large");
  demand(weighted.size <= 1, "some credentials have weights and some have none");
  return weights;
}

/** That nobody has another weight than 1, as questions with rankings need (section 4.18). */
export function demandNoWeights(credentials: Credentials): void {
  for (const [credential, weight] of credentials) {
    demand(weight === 1n, `${credential} has the weight ${weight}, which a non-homomorphic question does not allow`);
  }
}
