// What both verifiers say of a record.
import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { Bytes } from "../verify/bytes.js";
import { type Remember, verify } from "../verify/record.js";

export interface Judged {
  readonly verdict: string;
  /** Why, in the verifier's words. */
  readonly reason: string;
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
  const verdict = verify(archive, { remember, ...(earlier && { earlier }) });
  return { verdict: verdict.verdict, reason: verdict.verdict === "invalid" ? verdict.reason : "" };
}

const verdictOfStatus: Record<string, string> = { 0: "valid", 1: "invalid", 2: "incomplete" };

/** Runs folkmoot-verify on files. Another exit status than those of verdicts, or a crash, is told as it is. */
export function askVerifier(program: string, record: string, earlier?: string): Promise<Judged> {
  const args = ["record", "--threads", "1", record, ...(earlier === undefined ? [] : ["--against", earlier])];
  return new Promise((resolve) => {
    execFile(program, args, { maxBuffer: 1 << 26 }, (error, stdout, stderr) => {
      const status = error === null ? "0" : String(error.code ?? error.signal);
      const failed = stdout.split("\n").filter((line) => line.includes("✗") && !line.includes("✓ passed"));
      resolve({ verdict: verdictOfStatus[status] ?? `exit ${status}`, reason: failed.join("\n") + stderr });
    });
  });
}
