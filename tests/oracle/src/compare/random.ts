// Random choices that a seed determines: no secret depends on them.
import { hash } from "../verify/bytes.js";
import { at } from "../verify/refusal.js";

export class Random {
  private state: Uint8Array;
  private used = 0;

  constructor(seed: string) {
    this.state = hash(seed);
  }

  private byte(): number {
    if (this.used === this.state.length) {
      this.state = hash(this.state);
      this.used = 0;
    }
    return this.state[this.used++] ?? 0;
  }

  /** A number from 0 to `bound` − 1. */
  below(bound: number): number {
    let value = 0;
    for (let i = 0; i < 6; ++i) value = value * 256 + this.byte();
    return value % bound;
  }

  chance(percent: number): boolean {
    return this.below(100) < percent;
  }

  pick<T>(items: readonly T[]): T {
    return at(items, this.below(items.length));
  }

  /** A number below 2²⁵⁶. */
  bigint(): bigint {
    let value = 0n;
    for (let i = 0; i < 32; ++i) value = value * 256n + BigInt(this.byte());
    return value;
  }
}
