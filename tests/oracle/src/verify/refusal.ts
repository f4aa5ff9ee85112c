// What is wrong with a record is said by throwing: the first reason ends the verification.

export class Refusal extends Error {}

export function refuse(reason: string): never {
  throw new Refusal(reason);
}

export function demand(condition: boolean, reason: string): asserts condition {
  if (!condition) refuse(reason);
}

/** Runs `check`, and says of what it refuses where that was. */
export function within<T>(where: string, check: () => T): T {
  try {
    return check();
  } catch (error) {
    if (error instanceof Refusal) error.message = `${where}: ${error.message}`;
    throw error;
  }
}

/** The element of `items` at `index`, which the caller knows to be there. */
export function at<T>(items: readonly T[], index: number): T {
  const item = items[index];
  if (item === undefined) throw new RangeError(`no item ${index} of ${items.length}`);
  return item;
}

/** Pairs of two arrays of the same length. */
export function pairs<A, B>(a: readonly A[], b: readonly B[]): [A, B][] {
  demand(a.length === b.length, `${a.length} and ${b.length} where the same number of each is needed`);
  return a.map((item, i) => [item, at(b, i)]);
}
