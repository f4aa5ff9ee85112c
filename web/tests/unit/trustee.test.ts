// The module of trustees and registrar beside the program folkmoot: a ceremony and an election in which each of them
// does a part, and what either makes the other takes.
import { mkdirSync, readFileSync, readdirSync, writeFileSync, existsSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Booth } from "../../src/wasm/booth";
import { Trustee, type Message, type Record } from "../../src/wasm/trustee";
import { built, electionOf, Moot } from "../support/native";

let code: WebAssembly.Module;
let trustee: Trustee;
beforeAll(async () => {
  code = await WebAssembly.compile(built("trustee.wasm"));
  trustee = Trustee.with(code);
});

it("asks the page for randomness, a record's bytes and to be told how far it is, and nothing else", () => {
  const imports = WebAssembly.Module.imports(code).map(({ module, name }) => `${module}.${name}`);
  expect(imports.sort()).toEqual(["page.progress", "page.random", "page.read"]);
});

// A ceremony's public folder, as a server would have it.
class Ceremony {
  constructor(
    readonly moot: Moot,
    readonly folder: string,
    readonly group = "Ed25519",
  ) {
    mkdirSync(join(moot.folder, folder), { recursive: true });
  }
  get path(): string {
    return join(this.moot.folder, this.folder);
  }
  get sent(): Message[] {
    return readdirSync(this.path).map((name) => ({ name, text: readFileSync(join(this.path, name), "utf8") }));
  }
  put(messages: Message[]): void {
    for (const { name, text } of messages) writeFileSync(join(this.path, name), text, { flag: "wx" });
  }
  // What folkmoot says after the officer's part.
  advance(): string {
    return this.moot.folkmoot("officer", "ceremony", this.folder);
  }
  text(name: string): string {
    return readFileSync(join(this.path, name), "utf8");
  }
}

describe("an election", () => {
  const moot = new Moot();
  const ceremony = new Ceremony(moot, "ceremony");
  const seeds = new Map<number, string>();
  const polynomials = new Map<number, string>();
  let alone: { id: string; private_key: string; public_key: string };
  let record: string;
  afterAll(() => moot.remove());

  const recordNow = (): Record => {
    const bytes = readFileSync(record);
    const supplement = readFileSync(record.replace(/\.bel$/, ".strict.json"), "utf8");
    return { size: bytes.length, read: (at, size) => bytes.subarray(at, at + size), supplement };
  };
  const collect = (text: string): string => {
    writeFileSync(join(moot.folder, "sent"), text);
    return moot.folkmoot("officer", "collect", record, "sent");
  };

  it("begins with a ceremony of three, one of them on the command line", async () => {
    for (const index of [1, 3]) {
      const { seed, messages } = await trustee.join({ group: "Ed25519", trustees: 3, threshold: 2, index });
      seeds.set(index, seed);
      ceremony.put(messages);
    }
    moot.folkmoot("trustee", "join", "ceremony", "--trustee", "2", "--of", "3", "--threshold", "2", "--key", "two");
    await expect(trustee.commit(seeds.get(1)!, ceremony.sent)).rejects.toThrow(/certificates/);
    ceremony.advance();

    for (const [index, seed] of seeds) {
      const { trustee: number, messages, polynomial } = await trustee.commit(seed, ceremony.sent);
      expect(number).toBe(index);
      expect(messages.map(({ name }) => name)).toEqual([`commitment-${index}.json`]);
      polynomials.set(index, polynomial);
      ceremony.put(messages);
    }
    moot.folkmoot("trustee", "commit", "ceremony", "--key", "two");
    ceremony.advance();

    for (const [index, seed] of seeds) {
      ceremony.put((await trustee.reveal(seed, ceremony.sent, polynomials.get(index)!)).messages);
    }
    moot.folkmoot("trustee", "polynomial", "ceremony", "--key", "two");
    ceremony.advance();

    for (const seed of seeds.values()) ceremony.put((await trustee.share(seed, ceremony.sent)).messages);
    moot.folkmoot("trustee", "share", "ceremony", "--key", "two");
    expect(ceremony.advance()).toMatch(/threshold\.json/);
  });

  it("takes no polynomial but the one that was committed to, and no stranger", async () => {
    await expect(trustee.reveal(seeds.get(1)!, ceremony.sent, polynomials.get(3)!)).rejects.toThrow(/committed/);
    await expect(trustee.reveal(seeds.get(1)!, ceremony.sent, "")).rejects.toThrow(/not there/);
    const { seed } = await trustee.join({ group: "Ed25519", trustees: 3, threshold: 2, index: 1 });
    await expect(trustee.share(seed, ceremony.sent)).rejects.toThrow(/none of the 3 certificates/);
    await expect(trustee.join({ group: "Ed25519", trustees: 3, threshold: 4, index: 1 })).rejects.toThrow(/threshold of 4/);
  });

  it("opens with credentials that the module has made, and another trustee's key of its own", async () => {
    moot.draft();
    const uuid = (JSON.parse(readFileSync(join(moot.folder, "drafted.json"), "utf8")) as { uuid: string }).uuid;
    const roll = "Number;Full name;E-mail;Shoe size\n1;Ann Ash;ann@example.org;40\n2;Bob Birch;bob@example.org;41\n3;Cai;;39\n";
    const made = await trustee.credentials(roll, uuid, "Ed25519");
    expect(made).toMatchObject({ voters: 3, weighted: false, weight: "3", ignored: ["Shoe size"] });
    const privates = made.private.trim().split(/\r?\n/).slice(1).map((line) => line.split(",")[1]!);
    expect(made.mail).toContain(`1,Ann Ash,ann@example.org,,1,${uuid},${privates[0]}`);
    await expect(trustee.credentials("a;b\n1;2\n", uuid, "Ed25519")).rejects.toThrow(/column/);

    alone = await trustee.key("Ed25519");
    writeFileSync(join(moot.folder, "alone.pubkey"), `${alone.public_key}\n`);
    writeFileSync(join(moot.folder, "public_creds.json"), `${made.public}\n`);
    moot.folkmoot(
      ...["officer", "open", "drafted.json", "--trustee", "ceremony/threshold.json", "--trustee", "alone.pubkey"],
      ...["--credentials", "public_creds.json", "--out", "public"],
    );
    record = join(moot.folder, "public", `${uuid}.bel`);
    expect(existsSync(record)).toBe(true);

    const booth = await Booth.start(await WebAssembly.compile(built("booth.wasm")));
    booth.open(electionOf(record));
    const votes = [[[1, 2, 0, 0, 0], [0, 1, 0], [1, 1, 0, 1]], [[0, 1, 2, 3, 0], [0, 0, 1], [0, 1, 0, 0]], [[0, 0, 0, 0, 0], [1, 0, 0], [1, 0, 0, 0]]];
    const ballots = privates.map((credential, i) => booth.prepare(credential, votes[i]).ballot);
    writeFileSync(join(moot.folder, "ballots"), `${ballots.join("\n")}\n`);
    moot.folkmoot("officer", "accept", record, "ballots");
    const key = ceremony.text("decryption-key-3.dkey");
    await expect(trustee.shuffle(seeds.get(3)!, key, recordNow())).rejects.toThrow(/the voting is not closed/);
    moot.folkmoot("officer", "close", record);
  });

  it("is shuffled by the module and by the command line", async () => {
    const steps: number[] = [];
    const told = Trustee.with(code, (step) => steps.push(step));
    const key = ceremony.text("decryption-key-1.dkey");
    expect(await told.find(seeds.get(1)!, key, recordNow())).toEqual({ trustee: 1 });
    const sent = await told.shuffle(seeds.get(1)!, key, recordNow());
    expect(sent.trustee).toBe(1);
    expect(sent.text.trim().split("\n")).toHaveLength(3);
    expect([...new Set(steps)]).toEqual([0, 1]);
    expect(collect(sent.text)).toMatch(/trustee 1/);
    moot.folkmoot("trustee", "shuffle", record, "--key", "two", "--decryption-key", "ceremony/decryption-key-2.dkey", "--out", "shuffle-2");
    moot.folkmoot("officer", "collect", record, "shuffle-2");
    await expect(trustee.shuffle(seeds.get(1)!, key, recordNow())).rejects.toThrow(/trustee 1 has shuffled already/);
    const other = await trustee.key("Ed25519");
    await expect(trustee.shuffle(other.private_key, "", recordNow())).rejects.toThrow(/none of the 4 trustees/);
    moot.folkmoot("officer", "end-shuffles", record);
  });

  it("is not touched if anything in the record, or in its supplement, is wrong", async () => {
    const good = recordNow();
    const key = ceremony.text("decryption-key-1.dkey");
    const bytes = Buffer.from(readFileSync(record));
    const ballot = bytes.indexOf('"answers":[{"choices"');
    bytes[bytes.indexOf('"challenge":"', ballot) + 14]! ^= 1;
    const changed = { ...good, read: (at: number, size: number) => bytes.subarray(at, at + size) };
    await expect(trustee.decrypt(seeds.get(1)!, key, changed)).rejects.toThrow(/not good/);
    const supplement = JSON.parse(good.supplement) as { shuffles: { signature: { challenge: string } }[] };
    supplement.shuffles[0]!.signature.challenge = "1";
    await expect(trustee.decrypt(seeds.get(1)!, key, { ...good, supplement: JSON.stringify(supplement) })).rejects.toThrow(/not good.*signed/);
    const gone = { ...good, read: () => { throw new Error("gone"); } };
    await expect(trustee.decrypt(seeds.get(1)!, key, gone)).rejects.toThrow(/could not be read/);
  });

  it("is decrypted by the module and by the command line, and verifies", async () => {
    expect(collect((await trustee.decrypt(seeds.get(3)!, ceremony.text("decryption-key-3.dkey"), recordNow())).text)).toMatch(/trustee 3/);
    moot.folkmoot("trustee", "decrypt", record, "--key", "two", "--decryption-key", "ceremony/decryption-key-2.dkey", "--out", "decryption-2");
    moot.folkmoot("officer", "collect", record, "decryption-2");
    expect(collect((await trustee.decrypt(alone.private_key, "", recordNow())).text)).toMatch(/trustee 4/);
    moot.folkmoot("officer", "result", record);
    const { status, report } = moot.verifyRecord(record);
    expect(report).toMatch(/valid/i);
    expect(status).toBe(0);
  });

  it("can go on with the other tool in each place: seeds and keys are the command line's", () => {
    writeFileSync(join(moot.folder, "one"), `${seeds.get(1)!}\n`);
    writeFileSync(join(moot.folder, "four"), `${alone.private_key}\n`);
    expect(moot.folkmoot("trustee", "check", record, "--key", "one", "--decryption-key", "ceremony/decryption-key-1.dkey")).toMatch(/trustee 1/);
    expect(moot.folkmoot("trustee", "check", record, "--key", "four")).toMatch(/trustee 4/);
  });
});

describe.each(["BELENIOS-2048", "RFC-3526-2048"])("in the group %s", (group) => {
  it("makes a key of one alone and of a ceremony, which the command line takes", async () => {
    const moot = new Moot();
    const ceremony = new Ceremony(moot, "ceremony", group);
    const { seed, messages } = await trustee.join({ group, trustees: 1, threshold: 1, index: 1 });
    ceremony.put(messages);
    ceremony.advance();
    const { polynomial, messages: committed } = await trustee.commit(seed, ceremony.sent);
    ceremony.put(committed);
    ceremony.advance();
    ceremony.put((await trustee.reveal(seed, ceremony.sent, polynomial)).messages);
    ceremony.advance();
    ceremony.put((await trustee.share(seed, ceremony.sent)).messages);
    expect(ceremony.advance()).toMatch(/threshold\.json/);
    moot.remove();
  });
});
