// Plaintexts that are not what the encoder makes of their numbers (docs/strict-profile.md, section 7): remarks.
import type { Election } from "../verify/election.js";
import { type Element, uncompress } from "../verify/group.js";
import { toInts } from "../verify/result.js";
import { at } from "../verify/refusal.js";

/** of_ints (specification, section 5.2.1): undefined if there is no padding that gives an element. */
export function ofInts(numbers: readonly number[]): Element | undefined {
  const z = numbers.reduce((all, number) => (all << 8n) + BigInt(number), 0n) << 14n;
  for (let epsilon = 0n; epsilon < 1n << 14n; ++epsilon) {
    const element = uncompress(z + epsilon);
    if (element?.isTorsionFree()) return element;
  }
  return undefined;
}

/** A remark for each question that has such plaintexts, with their places in the result from 1. */
export function remarkOnPlaintexts(election: Election, decrypted: readonly Element[][][]): string[] {
  return election.questions.flatMap((question, i) => {
    if (question.kind !== "non-homomorphic") return [];
    const places = at(at(decrypted, i), 0).flatMap((element, j) =>
      ofInts(toInts(element, question.answers))?.equals(element) ? [] : [j + 1],
    );
    return places.length === 0
      ? []
      : [`question ${i + 1}: not what the encoder makes, in the result: ${places.join(", ")}`];
  });
}
