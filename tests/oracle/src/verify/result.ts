// Combining the factors, and the result that they decrypt the tally to (specification, section 4.21).
import type { Bytes } from "./bytes.js";
import type { Factors } from "./decryption.js";
import type { Election } from "./election.js";
import { compress, type Element, g, power, product, productOfPowers, quotient } from "./group.js";
import { array, arrayOf, fields, integer, type Json, natural, parse } from "./json.js";
import type { Question } from "./questions.js";
import { at, demand, pairs, within } from "./refusal.js";
import type { EncryptedTally } from "./tally.js";
import { lagrange } from "./threshold.js";
import type { TrusteeKind, Trustees } from "./trustees.js";

/** A trustee's exponent in the combination; `index` counts through all trustees from 1. */
interface Share {
  readonly index: number;
  readonly exponent: bigint;
}

function sharesOf(kind: TrusteeKind, first: number, present: ReadonlySet<number>): Share[] {
  const all = kind.keys.map((_, i) => i + 1).filter((i) => present.has(first + i));
  const needed = kind.kind === "Single" ? 1 : kind.threshold;
  demand(all.length >= needed, `${all.length} partial decryptions where ${needed} are needed`);
  const used = all.slice(0, needed);
  return used.map((i) => ({ index: first + i, exponent: kind.kind === "Single" ? 1n : lagrange(used, i) }));
}

/** Whose factors are combined, and how, given which trustees have decrypted. */
export function combination(trustees: Trustees, present: ReadonlySet<number>): Share[] {
  let first = 0;
  return trustees.flatMap((kind) => {
    const shares = sharesOf(kind, first, present);
    first += kind.keys.length;
    return shares;
  });
}

/** β/F of each cell of the tally. */
export function decrypt(
  tally: EncryptedTally,
  shares: readonly Share[],
  decryptions: ReadonlyMap<number, Factors>,
): Element[][][] {
  const exponents = shares.map((share) => share.exponent);
  const combine = exponents.every((exponent) => exponent === 1n)
    ? product
    : (factors: readonly Element[]) => productOfPowers(factors, exponents);
  return tally.map((rows, i) =>
    rows.map((row, l) =>
      row.map((ciphertext, j) => {
        const factors = shares.map(({ index }) => {
          const question = at(decryptions.get(index) ?? [], i);
          return at(at(question, l), j);
        });
        return quotient(ciphertext.beta, combine(factors));
      }),
    ),
  );
}

/** to_ints(ξ): numbers of 8 bits above 14 bits of padding. What stands higher is passed over. */
export function toInts(element: Element, count: number): number[] {
  let z = compress(element) >> 14n;
  const numbers: number[] = [];
  for (; numbers.length < count; z >>= 8n) numbers.unshift(Number(z & 255n));
  return numbers;
}

// The total is the logarithm: of the numbers that it can be, the only one that gives this power of g.
function checkTotal(element: Element, claimed: Json, totalWeight: bigint): void {
  const total = claimed.kind === "string" ? natural(claimed.value) : BigInt(integer(claimed));
  demand((claimed.kind === "string") === total >= 1n << 30n, "a total that is not written as it must be");
  demand(total >= 0n && total <= totalWeight, `a total of ${total} where all weights are ${totalWeight}`);
  demand(power(g, total).equals(element), `a total of ${total} is not what the tally decrypts to`);
}

function checkTotals(row: readonly Element[], claimed: readonly Json[], totalWeight: bigint): void {
  pairs(row, claimed).forEach(([element, total], j) =>
    within(`answer ${j + 1}`, () => checkTotal(element, total, totalWeight)),
  );
}

function checkQuestion(question: Question, rows: readonly Element[][], claimed: Json, totalWeight: bigint): void {
  const values = arrayOf((value) => value);
  switch (question.kind) {
    case "homomorphic":
      checkTotals(at(rows, 0), values(claimed), totalWeight);
      break;
    case "lists":
      for (const [row, list] of pairs(rows, array(claimed, values))) checkTotals(row, list, totalWeight);
      break;
    case "non-homomorphic":
      pairs(at(rows, 0), array(claimed, arrayOf(integer))).forEach(([element, numbers], j) => {
        const decoded = toInts(element, question.answers);
        demand(decoded.join() === numbers.join(), `ballot ${j + 1} is not what the tally decrypts to`);
      });
  }
}

/** Checks the published result against the decrypted tally. */
export function checkResult(
  election: Election,
  decrypted: readonly Element[][][],
  totalWeight: bigint,
  content: Bytes,
): void {
  const result = fields(parse(content), "result").result;
  const claimed = array(result, (question) => question);
  pairs(election.questions, pairs(decrypted, claimed)).forEach(([question, [rows, value]], i) =>
    within(`question ${i + 1}`, () => checkQuestion(question, rows, value, totalWeight)),
  );
}
