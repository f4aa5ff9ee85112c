// What both verifiers say of a record.
import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { judgeStrictly } from "../strict/profile.js";
import type { Bytes } from "../verify/bytes.js";
import { judge, type Remember, type Verdict } from "../verify/record.js";

export interface Judged {
  readonly verdict: string;
  /** Why, in the verifier's words. */
  readonly reason: string;
  /** The checks of folkmoot-verify that have failed. Of the oracle, which stops at the first: of which one must be. */
  readonly checks: readonly string[];
  /** Of the strict profile: question and places of each remark, without the words between. */
  readonly remarks?: readonly string[];
  /** The same for the strict profile, if there is a supplement. */
  readonly strict?: Judged;
}

/** The other files that a record is judged with. */
export interface Beside {
  readonly earlier?: string;
  readonly supplement?: string;
}

const ballotChecks = ["ballot-form", "ballot-unique", "ballot-credential", "ballot-signature", "ballot-proofs"];

// Of each of the oracle's checks those of folkmoot-verify that say the same. Payloads that cannot be read, and events in
// a wrong place, they count to different ones.
const counterparts: Record<string, readonly string[]> = {
  archive: ["archive"],
  chain: ["chain", "election", "ballot-unique", "tally", "shuffles", "decryptions"],
  "order of events": ["chain", "ballot-unique", "shuffles"],
  election: ["election"],
  trustees: ["trustees"],
  "public key": ["public-key"],
  credentials: ["credentials"],
  weights: ["credentials"],
  ballots: ballotChecks,
  tally: ["tally"],
  shuffles: ["shuffles", "shuffle-proofs", "chain"],
  decryptions: ["decryptions", "decryption-proofs", "chain"],
  result: ["result", "decryptions"],
  growth: ["growth"],
};

/** Whether both say the same, and of an invalid record for a reason that both see. */
export function agree(oracle: Judged, verifier: Judged): boolean {
  if (oracle.verdict !== verifier.verdict || (oracle.strict === undefined) !== (verifier.strict === undefined))
    return false;
  // What is invalid under Belenios needs no further reason.
  if (oracle.strict && verifier.strict && !agree(oracle.strict, verifier.strict)) {
    return oracle.verdict === "invalid" && verifier.strict.verdict === "invalid";
  }
  if (oracle.verdict === "invalid") return oracle.checks.some((check) => verifier.checks.includes(check));
  return JSON.stringify(oracle.remarks) === JSON.stringify(verifier.remarks);
}

/** Files for the other program to read, in a folder that is removed at the end. */
export class Scratch {
  private readonly folder = mkdtempSync(join(tmpdir(), "folkmoot-oracle-"));

  file(name: string, content: Bytes | string): string {
    const path = join(this.folder, name);
    writeFileSync(path, content);
    return path;
  }

  remove(): void {
    rmSync(this.folder, { recursive: true });
  }
}

/** Keeps what `compute` has returned, the last few thousand of them. */
export function memory(): Remember {
  const kept = new Map<string, unknown>();
  return <T>(key: string, compute: () => T): T => {
    if (kept.has(key)) return kept.get(key) as T;
    const value = compute();
    if (kept.size >= 4000) kept.delete(kept.keys().next().value as string);
    kept.set(key, value);
    return value;
  };
}

function places(remarks: readonly string[]): string[] {
  return remarks.map((remark) => remark.replace(/^.*(question [0-9]+):.* in the result: (.*)$/, "$1: $2"));
}

function judged(verdict: Verdict, strict: boolean): Judged {
  const reason = verdict.verdict === "invalid" ? verdict.reason : "";
  const check = reason.replace(/:.*/s, "");
  return { verdict: verdict.verdict, reason, checks: strict ? [check] : (counterparts[check] ?? []) };
}

export function askOracle(record: string, { earlier, supplement }: Beside, remember: Remember): Judged {
  const options = earlier === undefined ? {} : { earlier: readFileSync(earlier) };
  const verdict = judge(readFileSync(record), { remember, ...options });
  if (supplement === undefined) return judged(verdict, false);
  const strict = judgeStrictly(verdict, readFileSync(supplement));
  return { ...judged(verdict, false), strict: { ...judged(strict, true), remarks: places(strict.remarks) } };
}

interface Report {
  readonly verdict: string;
  readonly checks: readonly { readonly id: string; readonly ok: boolean | null; readonly detail: string }[];
  readonly remarks?: readonly string[];
  readonly strict?: Report;
}

function reported({ verdict, checks, remarks, strict }: Report): Judged {
  const failed = checks.filter(({ ok }) => ok === false);
  const reason = failed.map(({ id, detail }) => `${id}: ${detail}`).join("; ");
  return {
    verdict,
    reason,
    checks: failed.map(({ id }) => id),
    ...(remarks && { remarks: places(remarks) }),
    ...(strict && { strict: reported(strict) }),
  };
}

const statusOfVerdict: Record<string, string> = { valid: "0", invalid: "1", incomplete: "2" };

/** Runs folkmoot-verify on files. A crash, or an exit status that is not the verdict's, is told as it is. */
export function askVerifier(program: string, record: string, { earlier, supplement }: Beside): Promise<Judged> {
  const args = ["record", "--json", "--threads", "1", record];
  if (earlier !== undefined) args.push("--against", earlier);
  if (supplement !== undefined) args.push("--strict", supplement);
  return new Promise((resolve) => {
    execFile(program, args, { maxBuffer: 1 << 26 }, (error, stdout, stderr) => {
      const status = error === null ? "0" : String(error.code ?? error.signal);
      if (!["0", "1", "2"].includes(status)) return resolve({ verdict: `exit ${status}`, reason: stderr, checks: [] });
      const report = JSON.parse(stdout) as Report | { belenios: Report; strict: Report };
      const answer = "belenios" in report ? reported({ ...report.belenios, strict: report.strict }) : reported(report);
      const last = (answer.strict ?? answer).verdict;
      if (statusOfVerdict[last] === status) return resolve(answer);
      return resolve({ verdict: `${last}, but exit ${status}`, reason: "", checks: [] });
    });
  });
}

/** Whether folkmoot-verify finds that an opened ballot of the record's election is what it says. */
export function askAboutOpened(program: string, record: string, opened: string): Promise<boolean> {
  return new Promise((resolve, reject) => {
    execFile(program, ["ballot", record, "--opened", opened], (error, _, stderr) => {
      const status = error === null ? 0 : error.code;
      if (status === 0 || status === 1) resolve(status === 0);
      else reject(new Error(`folkmoot-verify ballot: ${status}: ${stderr}`));
    });
  });
}
