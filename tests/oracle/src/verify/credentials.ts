// The public credentials, with the weights of their voters (specification, section 4.8).
import { decode, one } from "./group.js";
import { array, type Json, natural, string } from "./json.js";
import { at, demand } from "./refusal.js";

/** Of each credential's text the weight. */
export type Credentials = ReadonlyMap<string, bigint>;

export function readCredentials(value: Json): Credentials {
  const weights = new Map<string, bigint>();
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
  });
  return weights;
}

/** That nobody has another weight than 1, as questions with rankings need (section 4.18). */
export function demandNoWeights(credentials: Credentials): void {
  for (const [credential, weight] of credentials) {
    demand(weight === 1n, `${credential} has the weight ${weight}, which a non-homomorphic question does not allow`);
  }
}
