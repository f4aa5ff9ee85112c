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
export interface Report {
  verdict: "valid" | "invalid" | "incomplete";
  election: { uuid: string; name: string; fingerprint: string } | null;
  ballots: number;
  tallied: number;
  result: unknown;
  tracked?: { number: number; weight: number; replaced_by?: string | null };
  checks: Check[];
}
export interface Verified {
  report: Report;
  outcome: string[];
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

export async function verify(
  code: WebAssembly.Module,
  size: number,
  read: Read,
  tracker: string,
  progress: (done: number, total: number) => void,
): Promise<Verified> {
  return (await start(code, read, progress)).callWith("verify", [tracker], size);
}

// Which of several Workers this is.
export interface Share {
  index: number; // from 0
  of: number;
}

// What that one of several Workers has verified, as a text for join().
export async function verifyPart(
  code: WebAssembly.Module,
  size: number,
  read: Read,
  tracker: string,
  { index, of }: Share,
  progress: (done: number, total: number) => void,
): Promise<string> {
  return (await start(code, read, progress)).callWith<{ part: string }>("verify_part", [tracker], size, index, of).part;
}

// All parts, in any order, as what verify() would have found. Throws if one is missing or there twice, if they are not of
// the same record, and if they do not agree on what each of them has checked.
export async function join(code: WebAssembly.Module, parts: string[]): Promise<Verified> {
  const nothing = () => new Uint8Array();
  return (await start(code, nothing, () => undefined)).call("join", parts.join("\n"));
}

// Throws if the record has no good election, or cannot be read.
export async function verifyOpened(code: WebAssembly.Module, size: number, read: Read, opened: string): Promise<OpenedReport> {
  return (await start(code, read, () => undefined)).callWith("verify_opened", [opened], size);
}
