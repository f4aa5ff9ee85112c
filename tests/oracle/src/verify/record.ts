// The whole record, as an auditor goes through it (specification, section 3.5).
import { type Entry, readArchive } from "./archive.js";
import { type Ballot, checkBallot } from "./ballot.js";
import type { Bytes } from "./bytes.js";
import { type Credentials, demandNoWeights, readCredentials } from "./credentials.js";
import { checkDecryption, type Factors } from "./decryption.js";
import { type Election, hasRankings, readElection } from "./election.js";
import { checkOrder, type EventType, owner, readSteps, type Step } from "./events.js";
import { text } from "./group.js";
import { parse } from "./json.js";
import { at, demand, Refusal, within } from "./refusal.js";
import { checkResult, combination, decrypt } from "./result.js";
import { checkShuffle, merge, nonHomomorphicCiphertexts } from "./shuffles.js";
import { computeTally, lastBallots, sizedTallyText, type SizedTally, tallyText } from "./tally.js";
import { allKeys, combinedKey, keyOf, readTrustees, type Trustees } from "./trustees.js";

export type Verdict =
  | { readonly verdict: "valid" | "incomplete" }
  | { readonly verdict: "invalid"; readonly reason: string };

/**
 * Returns what `compute` returns. Whoever verifies many records that differ little can keep results by their keys:
 * a key names everything that the result depends on.
 */
export type Remember = <T>(key: string, compute: () => T) => T;

export interface Options {
  /** Told of each check that has passed. */
  readonly passed?: (check: string) => void;
  readonly remember?: Remember;
  /** An earlier copy of the record, of which nothing may have been removed. */
  readonly earlier?: Bytes;
}

/** What has been found good of a record, up to where it goes. */
export interface Verified {
  readonly election: Election;
  readonly trustees: Trustees;
  readonly steps: readonly Step[];
  readonly finished: boolean;
}

class Auditor {
  private readonly passed: (check: string) => void;
  private readonly remember: Remember;

  constructor(private readonly options: Options) {
    this.passed = options.passed ?? (() => undefined);
    this.remember = options.remember ?? ((_, compute) => compute());
  }

  // One check: where it fails it says so, where it does not it is told of.
  private check<T>(name: string, what: () => T): T {
    const result = within(name, what);
    this.passed(name);
    return result;
  }

  private cached<T>(key: readonly string[], compute: () => T): T {
    return this.remember(key.join(" "), compute);
  }

  verify(archive: Bytes): Verified {
    const { entries } = this.check("archive", () => readArchive(archive));
    const steps = this.check("chain", () => readSteps(entries));
    demand(at(steps, 0).type === "Setup", "chain: the first event is no Setup");
    const [electionData, trusteeData, credentialData] = at(steps, 0).data;
    const setup = <T>(data: Entry | undefined, kind: string, read: (content: Bytes) => T): T => {
      demand(data !== undefined, "nothing set up");
      return this.check(kind, () => this.cached([kind, data.hash], () => read(data.content)));
    };
    const election = setup(electionData, "election", readElection);
    const finished = this.check("order of events", () => checkOrder(steps, hasRankings(election)));
    const trustees = setup(trusteeData, "trustees", (content) => readTrustees(parse(content)));
    this.check("public key", () =>
      demand(combinedKey(trustees).equals(election.publicKey), "not the one that the trustees make"),
    );
    const credentials = setup(credentialData, "credentials", (content) => readCredentials(parse(content)));
    if (hasRankings(election)) this.check("weights", () => demandNoWeights(credentials));

    const ballots = this.ballots(election, credentials, steps);
    this.tallyAndResult(election, trustees, credentials, ballots, steps);
    const earlier = this.options.earlier;
    if (earlier) this.check("growth", () => checkGrowth(earlier, steps));
    return { election, trustees, steps, finished };
  }

  private ballots(election: Election, credentials: Credentials, steps: readonly Step[]): Ballot[] {
    const seen = new Set<string>();
    return this.check("ballots", () =>
      of(steps, "Ballot").map((step, i) =>
        within(`ballot ${i + 1}`, () => {
          const { hash, content } = at(step.data, 0);
          demand(!seen.has(hash), "there twice");
          seen.add(hash);
          const key = ["ballot", election.fingerprint, hash];
          const ballot = this.cached(key, () => checkBallot(election, content));
          demand(credentials.has(ballot.credential), "its credential is not on the list");
          return ballot;
        }),
      ),
    );
  }

  private tallyAndResult(
    election: Election,
    trustees: Trustees,
    credentials: Credentials,
    ballots: readonly Ballot[],
    steps: readonly Step[],
  ): void {
    const tallyStep = of(steps, "EncryptedTally")[0];
    if (!tallyStep) return;
    const sized = this.check("tally", () => {
      const sum = computeTally(election, credentials, lastBallots(ballots));
      demand(textOf(tallyStep, 0) === tallyText(election, sum.tally), "not the one that the ballots make");
      const expected = sizedTallyText(sum, at(tallyStep.data, 0).hash);
      demand(textOf(tallyStep, 1) === expected, "its numbers are not those of the ballots");
      return sum;
    });
    const shuffled = this.shuffles(election, trustees, sized, of(steps, "Shuffle"), at(tallyStep.data, 0).hash);
    const decryptions = this.decryptions(election, trustees, shuffled, of(steps, "PartialDecryption"));
    const resultStep = of(steps, "Result")[0];
    if (!resultStep) return;
    this.check("result", () => {
      const shares = combination(trustees, new Set(decryptions.keys()));
      const decrypted = decrypt(shuffled.tally.tally, shares, decryptions);
      checkResult(election, decrypted, sized.totalWeight, at(resultStep.data, 0).content);
    });
  }

  private shuffles(
    election: Election,
    trustees: Trustees,
    sized: SizedTally,
    steps: readonly Step[],
    tallyHash: string,
  ): { tally: SizedTally; hash: string } {
    const owners = new Set<number>();
    let ciphertexts = nonHomomorphicCiphertexts(election, sized.tally);
    let before = tallyHash;
    this.check("shuffles", () => {
      steps.forEach((step, i) =>
        within(`shuffle ${i + 1}`, () => {
          this.trustee(trustees, owners, step);
          const { hash, content } = at(step.data, 0);
          const key = ["shuffle", election.fingerprint, before, hash];
          ciphertexts = this.cached(key, () => checkShuffle(election, ciphertexts, content));
          before = `${before}+${hash}`;
        }),
      );
    });
    return { tally: { ...sized, tally: merge(election, sized.tally, ciphertexts) }, hash: before };
  }

  private decryptions(
    election: Election,
    trustees: Trustees,
    shuffled: { tally: SizedTally; hash: string },
    steps: readonly Step[],
  ): Map<number, Factors> {
    const owners = new Set<number>();
    const decryptions = new Map<number, Factors>();
    this.check("decryptions", () => {
      steps.forEach((step, i) =>
        within(`partial decryption ${i + 1}`, () => {
          const index = this.trustee(trustees, owners, step);
          const trusteeKey = keyOf(trustees, index);
          const { hash, content } = at(step.data, 0);
          const key = ["decryption", election.fingerprint, text(trusteeKey), shuffled.hash, hash];
          const check = () => checkDecryption(election, shuffled.tally.tally, trusteeKey, content);
          decryptions.set(index, this.cached(key, check));
        }),
      );
    });
    return decryptions;
  }

  // The trustee whose work the step is: there is such a one, and it is their first of the kind.
  private trustee(trustees: Trustees, seen: Set<number>, step: Step): number {
    const index = owner(step);
    demand(index >= 1 && index <= allKeys(trustees).length, `there is no trustee ${index}`);
    demand(!seen.has(index), `trustee ${index} has done that already`);
    seen.add(index);
    return index;
  }
}

function of(steps: readonly Step[], type: EventType): Step[] {
  return steps.filter((step) => step.type === type);
}

function textOf(step: Step, data: number): string {
  return parse(at(step.data, data).content).text;
}

// Section 3.5.1: the last event that the auditor has seen is still there.
function checkGrowth(earlier: Bytes, steps: readonly Step[]): void {
  const last = readSteps(readArchive(earlier).entries).at(-1);
  demand(last !== undefined && steps.some((step) => step.hash === last.hash), "what was there before is gone");
}

/** Verifies a record, and throws a Refusal with the first reason why it is not valid. */
export function audit(archive: Bytes, options: Options = {}): Verified {
  return new Auditor(options).verify(archive);
}

export function verify(archive: Bytes, options: Options = {}): Verdict {
  try {
    return { verdict: audit(archive, options).finished ? "valid" : "incomplete" };
  } catch (error) {
    if (error instanceof Refusal) return { verdict: "invalid", reason: error.message };
    throw error;
  }
}
