// The modules without a page: ballots of every kind of question of the original tools' elections, and whole records.
import { createHash } from "node:crypto";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Booth } from "../../src/wasm/booth";
import { verify, type Verified } from "../../src/wasm/verifier";
import { built, Election, paper, root } from "../support/native";

const elections = join(root, "../shared/elections");
const shared = existsSync(elections) ? readdirSync(elections).filter((name) => name.startsWith("v1-")) : [];

let boothCode: WebAssembly.Module;
let verifierCode: WebAssembly.Module;
beforeAll(async () => {
  boothCode = await WebAssembly.compile(built("booth.wasm"));
  verifierCode = await WebAssembly.compile(built("verifier.wasm"));
});

const verifyBytes = (record: Buffer, tracker = ""): Promise<Verified> =>
  verify(verifierCode, record.length, (at, size) => record.subarray(at, at + size), null, tracker, () => undefined);

it("asks the page for nothing but randomness, or the record's bytes", () => {
  const imports = (code: WebAssembly.Module) => WebAssembly.Module.imports(code).map(({ module, name }) => `${module}.${name}`);
  expect(imports(boothCode)).toEqual(["page.random"]);
  expect(imports(verifierCode).sort()).toEqual(["page.progress", "page.read"]);
});

describe.skipIf(shared.length === 0).each(shared.filter((name) => name.endsWith("ed25519")))("%s", (name) => {
  const read = (file: string) => readFileSync(join(elections, name, file), "utf8");

  it("knows the voters' credentials and makes their ballots", async () => {
    if (!existsSync(join(elections, name, "election.json"))) return;
    const booth = await Booth.start(boothCode);
    const text = read("election.json").trim();
    const { uuid, fingerprint } = booth.open(text);
    expect(fingerprint).toBe(createHash("sha256").update(text).digest("base64").replace(/=+$/, ""));
    const publics = (JSON.parse(read("public_creds.json")) as string[]).map((line) => line.split(",")[0]);
    const [credential, votes] = read("credentials_and_votes.tsv").split("\n")[0]!.split("\t");
    expect(publics).toContain(booth.publicCredential(credential!));
    const { ballot, tracker } = booth.prepare(credential!, JSON.parse(votes!));
    expect(JSON.parse(ballot)).toMatchObject({ election_uuid: uuid, credential: booth.publicCredential(credential!) });
    expect(tracker).toBe(createHash("sha256").update(ballot).digest("base64").replace(/=+$/, ""));
    expect(booth.prepare(credential!, JSON.parse(votes!)).ballot).not.toBe(ballot);
  });
});

describe("a ballot of the module", () => {
  it("is refused by the core where the answer is not allowed", async () => {
    const election = new Election(1);
    const booth = await Booth.start(boothCode);
    booth.open(election.election);
    const good = [[1, 2, 0, 0, 0], [0, 1, 0], [1, 1, 0, 1]];
    expect(() => booth.prepare(election.credentials[0]!, [good[0], [1, 1, 0], good[2]])).toThrow(/question 2/);
    expect(() => booth.prepare(election.credentials[0]!, good.slice(1))).toThrow(/2 answers to 3 questions/);
    expect(() => booth.prepare("11111", good)).toThrow(/not a credential/);
    expect(() => booth.open(election.election.replace('"version":1', '"version":2'))).toThrow(/version/);
    expect(election.accept(booth.prepare(election.credentials[0]!, good).ballot).accepted).toBe(true);
    election.remove();
  });

  // A second pair of eyes: the oracle's verifier, written from the specification on @noble/curves; and folkmoot's.
  describe("is what two verifiers accept, and not with one digit of a number, an element or a hash changed", () => {
    let verifyBallot: (election: string, ballot: string, credentials: string) => { valid: boolean; tracker?: string };
    let election: Election;
    beforeAll(async () => {
      ({ verifyBallot } = (await import(pathToFileURL(join(root, "tests/oracle/dist/verify/ballot.js")).href)) as { verifyBallot: typeof verifyBallot });
      election = new Election(3, { ...paper, contests: [...paper.contests, lists] });
    });
    afterAll(() => election?.remove());

    const lists = { kind: "lists", question: "Whose programme?", lists: [["Sea", "Jo Juniper", "Kit Kapok"], ["Hills", "Lil Larch"]] };
    it.each([
      ["all answered", [[1, 2, 0, 0, 3], [0, 1, 0], [1, 1, 0, 1], [[1, 0, 1], [0, 0]]]],
      ["blank, and nobody ranked", [[0, 0, 0, 0, 0], [1, 0, 0], [0, 0, 0, 1], [[0, 0, 0], [1, 1]]]],
      ["everybody ranked", [[5, 4, 3, 2, 1], [0, 0, 1], [1, 0, 0, 0], [[1, 1, 1], [0, 0]]]],
    ])("%s", async (shape, answers) => {
      const booth = await Booth.start(boothCode);
      booth.open(election.election);
      const { ballot, tracker } = booth.prepare(election.credentials.pop()!, answers);
      const judge = (text: string) => verifyBallot(election.election, text, JSON.stringify(election.publicCredentials));
      expect(judge(ballot)).toMatchObject({ valid: true, tracker });
      const places = [...ballot.matchAll(/"(?:[0-9]{20,}|[0-9a-f]{64}|[A-Za-z0-9+/]{43})"/g)].map(({ index }) => index + 3);
      const tampered = places.map((at) => ballot.slice(0, at) + (ballot[at] === "1" ? "2" : "1") + ballot.slice(at + 1));
      expect(tampered.length, shape).toBeGreaterThan(70);
      expect(tampered.filter((text) => judge(text).valid)).toEqual([]);
      expect(election.accept(tampered.join("\n")).message).toMatch(new RegExp(`^Accepted 0 ballots, refused ${tampered.length}\\.$`, "m"));
      expect(election.accept(ballot).accepted).toBe(true);
    });
  });
});

describe.skipIf(shared.length === 0)("the verifier's module", () => {
  const expected = (name: string) => (/^v1-bad|^v1-by-2.0-threshold/.test(name) ? "invalid" : "valid");
  // Records of the 2048-bit groups take long: the smallest one.
  const chosen = shared.filter((name) => name.endsWith("ed25519") || name === "v1-threshold3of5-belenios2048");
  it.each(chosen)("judges %s as folkmoot-verify does", async (name) => {
    const record = readFileSync(join(elections, name, "record.bel"));
    const { report } = await verifyBytes(record);
    expect(report.verdict).toBe(expected(name));
  });

  it("names what is wrong in damaged records", async () => {
    const record = readFileSync(join(elections, "v1-rank8-ed25519/record.bel"));
    const { report } = await verifyBytes(record.subarray(0, record.length - 512));
    expect(report.checks.find(({ id }) => id === "archive")?.ok).toBe(false);
    for (const at of [100_000, 300_000, 500_000]) {
      const damaged = Buffer.from(record);
      damaged[at]! ^= 1;
      expect((await verifyBytes(damaged)).report.verdict).toBe("invalid");
    }
  });

  it("says so when the record cannot be read", async () => {
    const { report } = await verify(verifierCode, 1_000_000, () => { throw new Error("gone"); }, null, "", () => undefined);
    expect(report.verdict).toBe("invalid");
  });
});
