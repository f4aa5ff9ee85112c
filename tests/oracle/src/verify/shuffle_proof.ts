// The proof of a shuffle (specification, sections 4.19 and 6: CheckShuffleProof). The names are the specification's.
import { hashHex, hashNumber } from "./bytes.js";
import { getGenerators, getSecondaryGenerator } from "./generators.js";
import {
  challenge,
  type Element,
  g,
  modulo,
  power,
  product,
  productOfPowers,
  quotient,
  readElement,
  readScalar,
  text,
} from "./group.js";
import { array, type Json, tuple } from "./json.js";
import { type Ciphertext, ciphertextText } from "./proof.js";
import { at, demand } from "./refusal.js";

export interface ShuffleProof {
  readonly t: readonly [Element, Element, Element, Element, Element]; // t₁, t₂, t₃, t₄,₁, t₄,₂
  readonly tHats: readonly Element[];
  readonly s: readonly [bigint, bigint, bigint, bigint];
  readonly sHats: readonly bigint[];
  readonly sPrimes: readonly bigint[];
  readonly c: readonly Element[];
  readonly cHats: readonly Element[];
}

export function readShuffleProof(value: Json): ShuffleProof {
  const proof = tuple(value, 4);
  const t = tuple(proof(0), 5);
  const t4 = tuple(t(3), 2);
  const s = tuple(proof(1), 6);
  return {
    t: [readElement(t(0)), readElement(t(1)), readElement(t(2)), readElement(t4(0)), readElement(t4(1))],
    tHats: array(t(4), readElement),
    s: [readScalar(s(0)), readScalar(s(1)), readScalar(s(2)), readScalar(s(3))],
    sHats: array(s(4), readScalar),
    sPrimes: array(s(5), readScalar),
    c: array(proof(2), readElement),
    cHats: array(proof(3), readElement),
  };
}

// ⟦e⟧ and ⟦c⟧.
function serialize(items: readonly (Ciphertext | Element)[]): string {
  return items.map((item) => ("alpha" in item ? ciphertextText(item) : text(item)) + ",").join("");
}

// GetNIZKPChallenges(N, S).
function getChallenges(count: number, S: string): bigint[] {
  const H = hashHex(S);
  return Array.from({ length: count }, (_, i) => modulo(hashNumber(H + hashHex(i.toString()))));
}

/** CheckShuffleProof(π, e, e′, pk, φ), where e′ are the ciphertexts e, permuted and encrypted again. */
export function checkShuffleProof(
  proof: ShuffleProof,
  e: readonly Ciphertext[],
  ePrime: readonly Ciphertext[],
  pk: Element,
  fingerprint: string,
): void {
  const { t, tHats, s, sHats, sPrimes, c: commitments, cHats } = proof;
  const N = e.length;
  for (const part of [ePrime, tHats, sHats, sPrimes, commitments, cHats]) {
    demand(part.length === N, `${part.length} of something of which there must be ${N}`);
  }
  const [s1, s2, s3, s4] = s;
  const h = getSecondaryGenerator();
  const hs = getGenerators(N);
  const strC = serialize(e) + serialize(ePrime) + serialize(commitments);
  const us = getChallenges(N, `shuffle-challenges|${fingerprint}|${strC}`);
  const strT = serialize(t) + serialize(tHats);
  const strY = strC + serialize(cHats) + text(pk);
  const c = challenge(`shuffle-challenge|${fingerprint}|${strT}${strY}`);

  const cBar = quotient(product(commitments), product(hs));
  const u = us.reduce((all, ui) => modulo(all * ui), 1n);
  const cHat = quotient(N === 0 ? h : at(cHats, N - 1), power(h, u));
  const cTilde = productOfPowers(commitments, us);
  const alpha = productOfPowers(
    e.map((item) => item.alpha),
    us,
  );
  const beta = productOfPowers(
    e.map((item) => item.beta),
    us,
  );

  const minus = (element: Element) => power(element, -c);
  const expected = [
    product([minus(cBar), power(g, s1)]),
    product([minus(cHat), power(g, s2)]),
    product([minus(cTilde), power(g, s3), productOfPowers(hs, sPrimes)]),
    product([
      minus(beta),
      power(pk, -s4),
      productOfPowers(
        ePrime.map((item) => item.beta),
        sPrimes,
      ),
    ]),
    product([
      minus(alpha),
      power(g, -s4),
      productOfPowers(
        ePrime.map((item) => item.alpha),
        sPrimes,
      ),
    ]),
  ];
  const names = ["t1", "t2", "t3", "t4,1", "t4,2"];
  t.forEach((ti, i) => demand(ti.equals(at(expected, i)), `the shuffle's proof is wrong at ${at(names, i)}`));
  tHats.forEach((tHat, i) => {
    const before = i === 0 ? h : at(cHats, i - 1);
    const tHatPrime = product([minus(at(cHats, i)), power(g, at(sHats, i)), power(before, at(sPrimes, i))]);
    demand(tHat.equals(tHatPrime), `the shuffle's proof is wrong at t̂ ${i + 1}`);
  });
}
