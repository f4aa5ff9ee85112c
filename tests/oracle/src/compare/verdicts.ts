// What both verifiers say of a record.
import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { Bytes } from "../verify/bytes.js";
import { judge, type Remember } from "../verify/record.js";

export interface Judged {
  readonly verdict: string;
  /** Why, in the verifier's words. */
  readonly reason: string;
  /** The checks of folkmoot-verify that have failed. Of the oracle, which stops at the first: of which one must be. */
  readonly checks: readonly string[];
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
  if (oracle.verdict !== verifier.verdict) return false;
  return oracle.verdict !== "invalid" || oracle.checks.some((check) => verifier.checks.includes(check));
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

export function askOracle(archive: Bytes, remember: Remember, earlier?: Bytes): Judged {
  const verdict = judge(archive, { remember, ...(earlier && { earlier }) });
  const reason = verdict.verdict === "invalid" ? verdict.reason : "";
  return { verdict: verdict.verdict, reason, checks: counterparts[reason.replace(/:.*/s, "")] ?? [] };
}

const verdictOfStatus: Record<string, string> = { 0: "valid", 1: "invalid", 2: "incomplete" };

/** Runs folkmoot-verify on files. Another exit status than those of verdicts, or a crash, is told as it is. */
export function askVerifier(program: string, record: string, earlier?: string): Promise<Judged> {
  const args = ["record", "--json", "--threads", "1", record, ...(earlier === undefined ? [] : ["--against", earlier])];
  return new Promise((resolve) => {
    execFile(program, args, { maxBuffer: 1 << 26 }, (error, stdout, stderr) => {
      const status = error === null ? "0" : String(error.code ?? error.signal);
      const verdict = verdictOfStatus[status];
      if (verdict === undefined) return resolve({ verdict: `exit ${status}`, reason: stderr, checks: [] });
      const { checks } = JSON.parse(stdout) as { checks: { id: string; ok: boolean | null; detail: string }[] };
      const failed = checks.filter(({ ok }) => ok === false);
      const reason = failed.map(({ id, detail }) => `${id}: ${detail}`).join("; ");
      return resolve({ verdict, reason, checks: failed.map(({ id }) => id) });
    });
  });
}
