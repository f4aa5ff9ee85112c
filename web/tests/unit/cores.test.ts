// One record on one, two and three Workers: always the same report, and never one that says more than was verified.
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join as joined } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { verifyOnCores, workersFor, type Start } from "../../src/audit/cores";
import { Booth } from "../../src/wasm/booth";
import { join, strictVerdict, verify, verifyPart, type Part, type Report, type Share, type Strict, type Verified } from "../../src/wasm/verifier";
import { built, Election, root } from "../support/native";

const elections = joined(root, "../shared/elections");
const recordOf = (name: string) => readFileSync(joined(elections, name, "record.bel"));

let code: WebAssembly.Module;
beforeAll(async () => {
  code = await WebAssembly.compile(built("verifier.wasm"));
});
const reading = (record: Buffer) => (at: number, size: number) => record.subarray(at, at + size);
const partOf = (record: Buffer, share: Share, tracker = "", supplement: string | null = null) =>
  verifyPart(code, record.length, reading(record), supplement, tracker, share, () => undefined);
const alone = (record: Buffer, tracker = "", supplement: string | null = null) =>
  verify(code, record.length, reading(record), supplement, tracker, () => undefined);

// Workers that are none, over this record. Those that are started in these turns die when they are asked for anything.
function workers(record: Buffer, dying: number[] = []) {
  let started = 0;
  let ended = 0;
  const start: Start = (onPercent) => {
    const turn = started++;
    const functions: Record<string, (...args: never[]) => Promise<unknown>> = {
      verify: (_: Blob, supplement: string | null, tracker: string) => alone(record, tracker, supplement),
      verifyPart: async (_: Blob, supplement: string | null, tracker: string, share: Share) => {
        const part = await partOf(record, share, tracker, supplement);
        onPercent(100);
        return part;
      },
      join: (parts: Part[]) => join(code, parts),
    };
    return {
      call: <Value>(name: string, ...args: unknown[]) =>
        dying.includes(turn) ? Promise.reject<Value>(new Error("unreachable")) : (functions[name]!(...(args as never[])) as Promise<Value>),
      end: () => void ++ended,
    };
  };
  return { start, left: () => started - ended };
}
const auditing = (tracker = "", signal = new AbortController().signal, supplement: string | null = null) => {
  const begun: number[] = [];
  const percents: number[] = [];
  return { begun, percents, record: new Blob(), supplement, tracker, signal, onPercent: (one: number) => percents.push(one), onWorkers: (n: number) => begun.push(n) };
};

const trackerOf = (ballot: string) => createHash("sha256").update(ballot).digest("base64").replace(/=+$/, "");

// Another digit after the last of these texts.
function tampered(record: Buffer, text: string): Buffer {
  const copy = Buffer.from(record);
  const at = copy.lastIndexOf(text) + text.length;
  copy[at] = copy[at] === 0x31 ? 0x32 : 0x31;
  return copy;
}

const chosen = ["v1-rank8-ed25519", "v1-weighted-ed25519", "v1-mixed-single-and-threshold-ed25519", "v1-bad-one-ballot-proof-ed25519"];
describe.skipIf(!existsSync(elections)).each(chosen)("%s", (name) => {
  const record = existsSync(elections) ? recordOf(name) : Buffer.alloc(0);
  const judged = async (bytes: Buffer, tracker = ""): Promise<Verified> => {
    const expected = await alone(bytes, tracker);
    for (const count of [1, 2, 3]) {
      const { start, left } = workers(bytes);
      const asked = auditing(tracker);
      expect(await verifyOnCores(asked, count, start), `${count} workers`).toEqual(expected);
      expect(asked.begun).toEqual([count]);
      expect(left()).toBe(0);
    }
    return expected;
  };

  it("comes to the same report on any number of cores", async () => {
    const { report } = await judged(record);
    expect(report.verdict).toBe(name.startsWith("v1-bad") ? "invalid" : "valid");
    expect(report.tallied).toBeGreaterThan(0);
  });

  it("finds a ballot, whoever's part it is", async () => {
    const ballots = readFileSync(joined(elections, name, "record.bel"), "utf8").match(/\{"election_uuid"[^\0]*/g)!;
    expect((await judged(record, trackerOf(ballots[1]!))).report.tracked).toMatchObject({ number: 2 });
  });

  it("refuses a tampered record in the same words", async () => {
    expect((await judged(tampered(record, '"response":"'))).report.verdict).toBe("invalid");
  });
});

describe("the supplement of a record", () => {
  let election: Election;
  const kept: Record<string, [Buffer, string]> = {}; // record and supplement, at different times
  beforeAll(async () => {
    election = new Election(5);
    const keep = (when: string) => (kept[when] = [readFileSync(election.record), readFileSync(election.supplement, "utf8")]);
    const booth = await Booth.start(await WebAssembly.compile(built("booth.wasm")));
    booth.open(election.election);
    for (const credential of election.credentials) {
      expect(election.accept(booth.prepare(credential, [[1, 2, 0, 0, 3], [0, 1, 0], [1, 1, 0, 1]]).ballot).accepted).toBe(true);
    }
    keep("open");
    election.finish();
    keep("finished");
  });
  afterAll(() => election?.remove());

  // What folkmoot-verify says of them, and any number of Workers.
  const judged = async (record: Buffer, supplement: string): Promise<[string, string[]]> => {
    const file = joined(election.folder, "some");
    writeFileSync(`${file}.bel`, record);
    writeFileSync(`${file}.strict.json`, supplement);
    const { belenios, strict } = JSON.parse(election.verifyRecord(`${file}.bel`, "--strict", `${file}.strict.json`, "--json").report) as { belenios: Report; strict: Strict & { verdict: string } };
    for (const count of [1, 2, 3, 7]) {
      const found = await verifyOnCores(auditing("", undefined, supplement), count, workers(record).start);
      expect(found.report, `${count} workers`).toEqual(belenios);
      expect({ verdict: strictVerdict(found.report, found.strict!), ...found.strict }, `${count} workers`).toEqual(strict);
    }
    return [strict.verdict, strict.checks.filter(({ ok }) => ok === false).map(({ id }) => id)];
  };
  const text = (bytes: Buffer) => bytes.toString("utf8");

  it("is verified once, for all Workers", async () => {
    expect(await judged(...kept.finished!)).toEqual(["valid", []]);
    expect(await judged(...kept.open!)).toEqual(["incomplete", []]);
  });

  it("fails where something in it is wrong", async () => {
    const [record, supplement] = kept.finished!;
    const bytes = Buffer.from(supplement);
    expect(await judged(record, text(tampered(bytes, '"response":"')))).toEqual(["invalid", ["decryption-signatures"]]);
    expect(await judged(record, text(tampered(bytes, '"proof":{"challenge":"')))).toEqual(["invalid", ["batched-proofs", "decryption-signatures"]]);
    expect(await judged(record, supplement.replace('"spoiled":[]', `"spoiled":["${trackerOf(election.ballots[3]!)}"]`))).toEqual([
      "invalid",
      ["spoiled", "shuffle-signatures", "decryption-signatures"], // which are of its head
    ]);
    for (const none of ["", "{}"]) expect((await judged(record, none))[1]).toContain("supplement");
    expect((await judged(record, kept.open![1]))[0]).toBe("invalid");
  });

  it("is worth nothing beside a record that is wrong", async () => {
    const [record, supplement] = kept.finished!;
    const [verdict] = await judged(tampered(record, '"response":"'), supplement);
    expect(verdict).toBe("invalid");
  });

  it("is not asked for", async () => {
    const [record] = kept.finished!;
    expect(await alone(record)).toMatchObject({ report: { verdict: "valid" }, strict: null });
    expect((await verifyOnCores(auditing(), 2, workers(record).start)).strict).toBeNull();
  });
});

describe.skipIf(!existsSync(elections))("parts", () => {
  const record = existsSync(elections) ? recordOf("v1-weighted-ed25519") : Buffer.alloc(0);

  it("are joined only if they are all there, once each, and of one record", async () => {
    const parts = await Promise.all([0, 1, 2].map((index) => partOf(record, { index, of: 3 })));
    expect((await join(code, [parts[2]!, parts[0]!, parts[1]!])).report.verdict).toBe("valid");
    await expect(join(code, parts.slice(0, 2))).rejects.toThrow(/part 3 of 3 is missing/);
    await expect(join(code, [parts[0]!, parts[1]!, parts[1]!])).rejects.toThrow(/same part twice/);
    await expect(join(code, [])).rejects.toThrow(/no parts/);
    await expect(join(code, [parts[0]!, { part: "{}", strict: null }])).rejects.toThrow(/no part of a verification/);
    const other = await partOf(recordOf("v1-lists-ed25519"), { index: 2, of: 3 });
    await expect(join(code, [parts[0]!, parts[1]!, other])).rejects.toThrow(/different records/);
    const damaged = await partOf(tampered(record, '"response":"'), { index: 2, of: 3 });
    await expect(join(code, [parts[0]!, parts[1]!, damaged])).rejects.toThrow(/part 2 of 3 and part 3 of 3/);
  });
});

describe.skipIf(!existsSync(elections))("a worker that dies", () => {
  const record = existsSync(elections) ? recordOf("v1-bad-one-ballot-proof-ed25519") : Buffer.alloc(0);

  it("has its work done again by fewer", async () => {
    const { start, left } = workers(record, [2, 4]); // the third of four, then the first of two
    const asked = auditing();
    expect(await verifyOnCores(asked, 4, start)).toEqual(await alone(record));
    expect(asked.begun).toEqual([4, 2, 1]);
    expect(left()).toBe(0);
  });

  it("leaves no report where none is left", async () => {
    const { start, left } = workers(record, [1, 3]); // the second of three, then the only one
    await expect(verifyOnCores(auditing(), 3, start)).rejects.toThrow("unreachable");
    expect(left()).toBe(0);
  });

  it("does not begin again when it was stopped", async () => {
    const abort = new AbortController();
    const asked = auditing("", abort.signal);
    let ended = 0;
    const forever: Start = () => ({ call: () => new Promise(() => undefined), end: () => void ++ended });
    const verified = verifyOnCores(asked, 3, forever);
    abort.abort(new Error("stopped"));
    await expect(verified).rejects.toThrow("stopped");
    expect([asked.begun, ended]).toEqual([[3], 3]);
  });
});

it("says how far all of them are", async () => {
  const asked = auditing();
  const tell: ((percent: number) => void)[] = [];
  const verified = verifyOnCores(asked, 3, (onPercent) => {
    tell.push(onPercent);
    return { call: <Value>(name: string) => Promise.resolve((name === "join" ? { report: null, outcome: [], strict: null } : { part: "", strict: null }) as Value), end: () => undefined };
  });
  tell[0]!(50);
  tell[2]!(100);
  await verified;
  expect(asked.percents).toEqual([0, 16, 50]);
});

it("takes as many as there are cores, as far as memory goes", () => {
  const MiB = 2 ** 20;
  expect(workersFor(MiB, 8, 4)).toBe(8);
  expect(workersFor(MiB, 64, 4)).toBe(62);
  expect(workersFor(480 * MiB, 8, 4)).toBe(4);
  expect(workersFor(100_000 * MiB, 8, 4)).toBe(1);
  expect(workersFor(MiB, 0, 4)).toBe(1); // a browser that does not say
});
