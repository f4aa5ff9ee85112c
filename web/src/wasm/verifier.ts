// The verifier's module (wasm/verifier.cpp).
import { Module } from "./module";

export interface Check {
  id: string;
  title: string;
  spec: string;
  items: number;
  ok: boolean | null; // null: it was not made
  failures: number;
  detail: string;
}
export type Verdict = "valid" | "invalid" | "incomplete";
export interface Report {
  verdict: Verdict;
  election: { uuid: string; name: string; fingerprint: string } | null;
  ballots: number;
  tallied: number;
  result: unknown;
  tracked?: { number: number; weight: number; replaced_by?: string | null };
  checks: Check[];
}
// What the strict profile asks beyond that (docs/strict-profile.md), of a record with a supplement.
export interface Strict {
  checks: Check[];
  remarks: string[]; // what makes nothing invalid
}
export interface Verified {
  report: Report;
  outcome: string[];
  strict: Strict | null; // null: there was no supplement
}

// Under the strict profile: at best what the record is without it.
export function strictVerdict(report: Report, { checks }: Strict): Verdict {
  if (checks.some(({ ok }) => ok === false)) return "invalid";
  if (report.verdict !== "valid") return report.verdict;
  return checks.every(({ ok }) => ok) ? "valid" : "incomplete";
}

// A ballot that was opened instead of cast.
export interface OpenedReport {
  tracker: string;
  votes: string[]; // in words, one for each question
  wrong: string[]; // none: the device encrypted just that
}

// Bytes of the record, which must be there at once: in a Worker, FileReaderSync reads them.
export type Read = (offset: number, size: number) => Uint8Array;

function start(code: WebAssembly.Module, read: Read, progress: (done: number, total: number) => void): Promise<Module> {
  return Module.start(code, {
    read(memory, offset, at, length) {
      try {
        new Uint8Array(memory.buffer, at, length).set(read(offset!, length!));
        return 1;
      } catch {
        return 0;
      }
    },
    progress: (_, done, total) => progress(done!, total!),
  });
}

// `supplement` is the text beside the record; null if it has none.
export async function verify(
  code: WebAssembly.Module,
  size: number,
  read: Read,
  supplement: string | null,
  tracker: string,
  progress: (done: number, total: number) => void,
): Promise<Verified> {
  return (await start(code, read, progress)).callWith("verify", [tracker, supplement ?? ""], size, Number(supplement !== null));
}

// Which of several Workers this is.
export interface Share {
  index: number; // from 0
  of: number;
}

// What one of several Workers has verified, for join().
export interface Part {
  part: string;
  strict: Strict | null;
}

// One of the Workers is given the supplement, and makes its checks for all of the record.
export async function verifyPart(
  code: WebAssembly.Module,
  size: number,
  read: Read,
  supplement: string | null,
  tracker: string,
  { index, of }: Share,
  progress: (done: number, total: number) => void,
): Promise<Part> {
  return (await start(code, read, progress)).callWith("verify_part", [tracker, supplement ?? ""], size, Number(supplement !== null), index, of);
}

// All parts, in any order, as what verify() would have found. Throws if one is missing or there twice, if they are not of
// the same record, and if they do not agree on what each of them has checked.
export async function join(code: WebAssembly.Module, parts: Part[]): Promise<Verified> {
  const nothing = () => new Uint8Array();
  const joined = (await start(code, nothing, () => undefined)).call<Omit<Verified, "strict">>("join", parts.map(({ part }) => part).join("\n"));
  return { ...joined, strict: parts.map(({ strict }) => strict).find((strict) => strict) ?? null };
}

// Throws if the record has no good election, or cannot be read.
export async function verifyOpened(code: WebAssembly.Module, size: number, read: Read, opened: string): Promise<OpenedReport> {
  return (await start(code, read, () => undefined)).callWith("verify_opened", [opened], size);
}
