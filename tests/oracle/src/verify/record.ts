// The whole record, as an auditor goes through it (specification, section 3.5).
import { type Entry, readArchive } from "./archive.js";
import { type Ballot, checkBallot } from "./ballot.js";
import type { Bytes } from "./bytes.js";
import { type Credentials, demandNoWeights, readCredentials } from "./credentials.js";
import { checkDecryption, type Factors } from "./decryption.js";
import { type Election, hasRankings, readElection } from "./election.js";
import { checkOrder, owner, readSteps, type Step, stepsOf } from "./events.js";
import { type Element, text } from "./group.js";
import { parse } from "./json.js";
import { at, demand, Refusal, within } from "./refusal.js";
import { checkResult, combination, decrypt } from "./result.js";
import { checkShuffle, merge, nonHomomorphicCiphertexts } from "./shuffles.js";
import { computeTally, type EncryptedTally, lastBallots, sizedTallyText, tallyText } from "./tally.js";
import { allKeys, combinedKey, keyOf, readTrustees, type Trustees } from "./trustees.js";

export type Verdict =
  { readonly verdict: "valid" | "incomplete" } | { readonly verdict: "invalid"; readonly reason: string };

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
  /** What is to be decrypted, with rankings as the last shuffle left them. */
  readonly tally?: EncryptedTally;
  /** Of each trustee who has decrypted, by index, the factors. */
  readonly factors: ReadonlyMap<number, Factors>;
  /** What the tally decrypts to, as elements. */
  readonly decrypted?: readonly Element[][][];
}

type Tallied = Pick<Verified, "tally" | "factors" | "decrypted">;

/** What is to be decrypted, and the hashes of the tally and of the shuffles that made it. */
interface Shuffled {
  readonly tally: EncryptedTally;
  readonly hashes: string;
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
    const tallied = this.tallyAndResult(election, trustees, credentials, ballots, steps);
    const earlier = this.options.earlier;
    if (earlier) this.check("growth", () => checkGrowth(earlier, steps));
    return { election, trustees, steps, finished, ...tallied };
  }

  private ballots(election: Election, credentials: Credentials, steps: readonly Step[]): Ballot[] {
    const seen = new Set<string>();
    return this.check("ballots", () =>
      stepsOf(steps, "Ballot").map((step, i) =>
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
  ): Tallied {
    const tallyStep = stepsOf(steps, "EncryptedTally")[0];
    if (!tallyStep) return { factors: new Map() };
    const sized = this.check("tally", () => {
      const sum = computeTally(election, credentials, lastBallots(ballots));
      demand(textOf(tallyStep, 0) === tallyText(election, sum.tally), "not the one that the ballots make");
      const expected = sizedTallyText(sum, at(tallyStep.data, 0).hash);
      demand(textOf(tallyStep, 1) === expected, "its numbers are not those of the ballots");
      return sum;
    });
    const shuffled = this.shuffles(election, trustees, sized.tally, steps);
    const { tally } = shuffled;
    const factors = this.decryptions(election, trustees, shuffled, steps);
    const resultStep = stepsOf(steps, "Result")[0];
    if (!resultStep) return { tally, factors };
    const decrypted = this.check("result", () => {
      const elements = decrypt(tally, combination(trustees, new Set(factors.keys())), factors);
      checkResult(election, elements, sized.totalWeight, at(resultStep.data, 0).content);
      return elements;
    });
    return { tally, factors, decrypted };
  }

  private shuffles(election: Election, trustees: Trustees, tally: EncryptedTally, steps: readonly Step[]): Shuffled {
    const owners = new Set<number>();
    let ciphertexts = nonHomomorphicCiphertexts(election, tally);
    let before = at(at(stepsOf(steps, "EncryptedTally"), 0).data, 0).hash;
    this.check("shuffles", () => {
      stepsOf(steps, "Shuffle").forEach((step, i) =>
        within(`shuffle ${i + 1}`, () => {
          this.trustee(trustees, owners, step);
          const { hash, content } = at(step.data, 0);
          const key = ["shuffle", election.fingerprint, before, hash];
          ciphertexts = this.cached(key, () => checkShuffle(election, ciphertexts, content));
          before = `${before}+${hash}`;
        }),
      );
    });
    return { tally: merge(election, tally, ciphertexts), hashes: before };
  }

  private decryptions(
    election: Election,
    trustees: Trustees,
    shuffled: Shuffled,
    steps: readonly Step[],
  ): Map<number, Factors> {
    const owners = new Set<number>();
    const decryptions = new Map<number, Factors>();
    this.check("decryptions", () => {
      stepsOf(steps, "PartialDecryption").forEach((step, i) =>
        within(`partial decryption ${i + 1}`, () => {
          const index = this.trustee(trustees, owners, step);
          const trusteeKey = keyOf(trustees, index);
          const { hash, content } = at(step.data, 0);
          const key = ["decryption", election.fingerprint, text(trusteeKey), shuffled.hashes, hash];
          const check = () => checkDecryption(election, shuffled.tally, trusteeKey, content);
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

/** The verdict, and what has been found good if the record is not invalid. */
export function judge(archive: Bytes, options: Options = {}): Verdict & { readonly verified?: Verified } {
  try {
    const verified = audit(archive, options);
    return { verdict: verified.finished ? "valid" : "incomplete", verified };
  } catch (error) {
    if (error instanceof Refusal) return { verdict: "invalid", reason: error.message };
    throw error;
  }
}
