// The module of trustees and registrar (wasm/trustee.cpp). One is started for each thing that is done, and what it held
// of a secret goes with it.
import { Module, random } from "./module";
import type { Read } from "./verifier";

export interface Message {
  name: string;
  text: string;
}
export interface Seat {
  group: string;
  trustees: number;
  threshold: number;
  index: number; // which of them, from 1
}
export interface Step {
  trustee: number;
  messages: Message[]; // to be sent, in this order
}
export interface Sent {
  trustee: number;
  text: string; // what `folkmoot trustee … --out` writes
  election: string; // the fingerprint of the election that it is about
  closing: string; // the hash by which its voting was closed, with so many ballots
  ballots: number;
}
export interface Credentials {
  voters: number;
  weight: string; // of all voters together
  weighted: boolean;
  hash: string; // SHA-256 of the public list
  public: string; // public_creds.json
  private: string; // CSV
  mail: string; // CSV
  ignored: string[]; // columns of the roll
}
// A record whose bytes are there at once, and its supplement: empty where it is held under version 1 alone.
export interface Record {
  size: number;
  read: Read;
  supplement: string;
}
// 0: the record is verified; 1: what is to be sent is made.
export type Progress = (step: number, done: number, total: number) => void;

export class Trustee {
  private constructor(
    private readonly code: WebAssembly.Module,
    private readonly progress: Progress,
  ) {}
  static with(code: WebAssembly.Module, progress: Progress = () => undefined): Trustee {
    return new Trustee(code, progress);
  }

  private async call<Answer>(name: string, texts: string[], record?: Record): Promise<Answer> {
    const module = await Module.start(this.code, {
      random,
      read(memory, offset, at, length) {
        try {
          new Uint8Array(memory.buffer, at, length).set(record!.read(offset!, length!));
          return 1;
        } catch {
          return 0;
        }
      },
      progress: (_, step, done, total) => this.progress(step!, done!, total!),
    });
    return record ? module.callWith(name, texts, record.size) : module.call(name, ...texts);
  }

  join = (seat: Seat) => this.call<{ seed: string; messages: Message[] }>("join", [JSON.stringify(seat)]);
  // `sent`: what all have sent so far.
  commit = (seed: string, sent: Message[]) =>
    this.call<Step & { polynomial: string }>("commit", [seed, JSON.stringify(sent)]);
  reveal = (seed: string, sent: Message[], polynomial: string) =>
    this.call<Step>("reveal", [seed, JSON.stringify(sent), polynomial]);
  share = (seed: string, sent: Message[]) => this.call<Step>("share", [seed, JSON.stringify(sent)]);

  key = (group: string) => this.call<{ id: string; private_key: string; public_key: string }>("key", [group]);
  // `decryptionKey`: what came of a ceremony, with its seed; empty for a key that was made alone.
  find = (key: string, decryptionKey: string, record: Record) =>
    this.call<{ trustee: number }>("find", [key, decryptionKey], record);
  shuffle = (key: string, decryptionKey: string, record: Record) =>
    this.call<Sent>("shuffle", [key, decryptionKey, record.supplement], record);
  decrypt = (key: string, decryptionKey: string, record: Record) =>
    this.call<Sent>("decrypt", [key, decryptionKey, record.supplement], record);

  credentials = (roll: string, uuid: string, group: string) => this.call<Credentials>("credentials", [roll, uuid, group]);
}
