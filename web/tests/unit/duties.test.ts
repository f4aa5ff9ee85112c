// What the pages of trustees, registrar and returning officer work out without a browser.
import { afterEach, describe, expect, it, vi } from "vitest";
import type { CeremonyView, Tally } from "../../src/trustee/calls";
import { stateOf, steps } from "../../src/trustee/ceremony";
import { actsOf } from "../../src/trustee/confirm";
import { seatOf, signingKey } from "../../src/trustee/example_keys";
import { credentialsOf } from "../../src/trustee/prepare";
import { paperOf } from "../../src/trustee/registrar";
import { actAddress, timelineOf } from "../../src/trustee/run";
import { isSealed, open, plainSecret, plainText, seal, type Secret } from "../../src/trustee/sealed";
import { dueIn, hasDone, mineOf } from "../../src/trustee/tally";

describe("a sealed key", () => {
  const secret: Secret = { kind: "seed", ceremony: "c1", trustee: 2, seed: "1111111111111111111111" };
  it("opens with its passphrase, and with no other", async () => {
    const file = await seal(secret, "corréct horse battery");
    expect(isSealed(file)).toBe(true);
    expect(file).not.toContain(secret.seed);
    expect(await open(file, "corréct horse battery")).toEqual(secret);
    // The same letters in other code points.
    expect(await open(file, "corre\u0301ct horse battery")).toEqual(secret);
    await expect(open(file, "correct horse battery")).rejects.toThrow("passphrase");
    expect(await seal(secret, "corréct horse battery")).not.toBe(file);
  });
  it("is refused if it was changed, or asks for too much work", async () => {
    const file = await seal(secret, "correct horse battery");
    const changed = (more: object) => JSON.stringify({ ...(JSON.parse(file) as object), ...more });
    const { sealed } = JSON.parse(file) as { sealed: string };
    const other = sealed[0] === "A" ? "B" : "A";
    await expect(open(changed({ sealed: other + sealed.slice(1) }), "correct horse battery")).rejects.toThrow("passphrase");
    await expect(open(changed({ iterations: 599_999 }), "correct horse battery")).rejects.toThrow("passphrase");
    for (const more of [{ iterations: 1e9 }, { iterations: 0 }, { format: "other" }, { salt: 7 }, { iv: "-" }]) {
      await expect(open(changed(more), "correct horse battery")).rejects.toThrow("file");
    }
    await expect(open("[", "correct horse battery")).rejects.toThrow("file");
  });
  it("comes from the command line and goes back to it", () => {
    expect(plainSecret("1111111111111111111111\n", "c1", 2)).toEqual(secret);
    expect(plainText(secret)).toBe("1111111111111111111111\n");
    expect(plainSecret('"12345"\n')).toEqual({ kind: "key", id: "privkey", key: '"12345"' });
    expect(plainSecret("{}")).toBeNull();
    expect(plainSecret("O11111111111111111111l")).toBeNull();
  });
});

it("says whose turn it is in a ceremony", () => {
  const view = (waiting: CeremonyView["waiting"], missing: number[]): CeremonyView => ({ group: "Ed25519", trustees: 3, threshold: 2, waiting, missing, seats: [], files: [] });
  const states = (of: CeremonyView, own: number | null) => steps.map((step) => stateOf(of, step, own));
  expect(states(view("certificates", [2, 3]), null)).toEqual(["due", "later", "later", "later"]);
  expect(states(view("certificates", [2, 3]), 1)).toEqual(["sent", "later", "later", "later"]);
  expect(states(view("commitments", [2]), 2)).toEqual(["done", "due", "later", "later"]);
  expect(states(view("commitments", [2]), null)).toEqual(["done", "waiting", "later", "later"]);
  expect(states(view("shares", [1, 3]), 2)).toEqual(["done", "done", "done", "sent"]);
  expect(states(view("nobody", []), 2)).toEqual(["done", "done", "done", "done"]);
});

describe("a tally", () => {
  const trustee = { number: 1, member: "m-1", name: "", threshold: true, shuffled: true, decrypted: false, decryption_key: "" };
  const tally = (more: Partial<Tally>): Tally => ({ phase: "open", election: "", group: "Ed25519", strict: true, trustees: [trustee], needed: 2, shuffles: 0, decryptions: 0, ...more });
  const now = (of: Tally, over = false) => timelineOf(of, over).filter(([, state]) => state === "now").map(([step]) => step);
  it("has one step after the other", () => {
    expect(now(tally({}))).toEqual(["open"]);
    expect(now(tally({}), true)).toEqual(["close"]);
    expect(now(tally({ phase: "closed" }))).toEqual(["close"]);
    expect(now(tally({ phase: "shuffling" }))).toEqual(["shuffle"]);
    expect(now(tally({ phase: "shuffling", shuffles: 1 }))).toEqual(["shuffle", "end"]);
    expect(now(tally({ phase: "decrypting", shuffles: 1, decryptions: 1 }))).toEqual(["decrypt"]);
    expect(now(tally({ phase: "decrypting", shuffles: 1, decryptions: 2 }))).toEqual(["result"]);
    expect(now(tally({ phase: "result" }))).toEqual(["declare"]);
    expect(timelineOf(tally({ phase: "declared" }), true).every(([, state]) => state === "done")).toBe(true);
    // Totals are not shuffled.
    expect(timelineOf(tally({ phase: "decrypting" }), true).map(([step]) => step)).not.toContain("shuffle");
  });
  it("knows what is whose", () => {
    expect(dueIn(tally({ phase: "shuffling" }))).toBe("shuffles");
    expect(dueIn(tally({ phase: "decrypting" }))).toBe("decryptions");
    expect(dueIn(tally({ phase: "decrypting", decryptions: 2 }))).toBeNull();
    expect(dueIn(tally({ phase: "closed" }))).toBeNull();
    expect(mineOf(tally({}), "m-1")).toEqual([trustee]);
    expect(mineOf(tally({}), "m-2")).toEqual([]);
    expect([hasDone(trustee, "shuffles"), hasDone(trustee, "decryptions")]).toEqual([true, false]);
  });
});

it("fills in an act's form", () => {
  expect(actAddress("election.declare", { record: "00", cast: 3, elected: ["m-1", "m-2"] })).toBe(
    "/office/election.declare?record=00&cast=3&elected=m-1&elected=m-2",
  );
});

it("knows a drafted paper and a public list from other files", () => {
  expect(paperOf('{"uuid":"uTmyc3uinoeoKM","group":"RFC-3526-2048"}')).toEqual({ uuid: "uTmyc3uinoeoKM", group: "RFC-3526-2048" });
  for (const text of ['{"uuid":""}', "{}", "x", "null", '{"uuid":"../../etc/passwd"}']) expect(paperOf(text)).toBeNull();
  const key = "ab".repeat(32);
  expect(credentialsOf(`["${key}","${key},3"]`)).toEqual([key, `${key},3`]);
  for (const text of ["[]", '["x"]', "{}", "id,credential"]) expect(credentialsOf(text)).toBeNull();
});

describe("what the example's people have", () => {
  // RFC 8032, section 7.1, test 1.
  it("is a key that signs as its seed does", async () => {
    const { privateKey, publicKey } = await signingKey("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60");
    expect(publicKey).toBe("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a");
    expect(privateKey.extractable).toBe(false);
    const signature = Buffer.from(await crypto.subtle.sign("Ed25519", privateKey, new Uint8Array()));
    expect(signature.toString("hex")).toMatch(/^e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155/);
  });
  it("belongs to a seat of a ceremony", () => {
    const trustee = { number: 4, member: "", name: "", threshold: true, shuffled: false, decrypted: false, decryption_key: "/api/v1/ceremonies/0a1b/decryption-key-3.dkey" };
    const tally: Tally = { phase: "open", election: "", group: "Ed25519", strict: true, trustees: [trustee], needed: 1, shuffles: 0, decryptions: 0 };
    expect(seatOf(tally, 4)).toEqual({ ceremony: "0a1b", trustee: 3 });
    expect(seatOf(tally, 1)).toBeNull();
    expect(seatOf({ ...tally, trustees: [{ ...trustee, decryption_key: "" }] }, 4)).toBeNull();
  });
});

describe("the acts about an election", () => {
  afterEach(() => vi.unstubAllGlobals());
  const act = (number: number, refused: string | null = null) => ({ number, refused });

  it("are all of them that were done, however many pages they are", async () => {
    const pages: Record<string, object> = {
      "0": { acts: 900, entries: [act(3), act(5, "elections")], next: 600 },
      "600": { acts: 900, entries: [act(700)] },
    };
    vi.stubGlobal("fetch", async (path: string) => Response.json(pages[new URL(path, "http://server").searchParams.get("from")!]));
    expect((await actsOf("election-1"))?.map(({ number }) => number)).toEqual([3, 700]);
    expect(await actsOf("")).toEqual([]);
  });
  it("may not be there to be had", async () => {
    vi.stubGlobal("fetch", async () => Response.json({}, { status: 404 }));
    expect(await actsOf("election-1")).toBeNull();
  });
});
