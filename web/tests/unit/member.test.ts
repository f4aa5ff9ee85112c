// What the forms of acts make of what is entered, and the text that is signed.
import { createHash, createPublicKey, verify } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { askedOf } from "../../src/member/asked_of_me";
import { build } from "../../src/member/build";
import type { ActKind, FieldKind, Me } from "../../src/member/calls";
import { isOf } from "../../src/member/drafts";
import { namesIn } from "../../src/member/charter_names";
import { byUrgency } from "../../src/member/me";
import { officesFor } from "../../src/member/offices";
import { fromBase64Url, toBase64Url } from "../../src/member/passkey";
import { canonical, inOrder, signedText, timeText, type Request } from "../../src/member/request";
import { addressOf, byProcess, stepAddress } from "../../src/member/work";
import { sign, toHex } from "../../src/site/key";
import type { Act } from "../../src/site/schema";
import { organisation } from "../support/fake_organisation";
import { root } from "../support/native";

const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");
const ada = "m-0123456789abcdef";

describe("the text that is signed", () => {
  const request: Request = { type: "spend.enter", actor: { member: ada, office: "treasurer" }, body: { amount: 5, purpose: "x" }, seconded_by: [{ member: "m-ffffffffffffffff", office: "chair" }] };

  it("is the five lines of src/audit/entry.hpp, its request in canonical order", () => {
    expect(signedText("moot.example/ledger", request, ada, "2026-03-01T12:00:00Z")).toBe(
      "folkmoot/act/v1\nmoot.example/ledger\nm-0123456789abcdef\n2026-03-01T12:00:00Z\n" +
        '{"type":"spend.enter","actor":{"office":"treasurer","member":"m-0123456789abcdef"},' +
        '"seconded_by":[{"office":"chair","member":"m-ffffffffffffffff"}],"body":{"amount":5,"purpose":"x"}}\n',
    );
  });

  it("leaves out an office and a second person that there is none of", () => {
    expect(canonical(inOrder({ type: "t", actor: { member: ada, office: "" }, seconded_by: [], body: {} }))).toBe(`{"type":"t","actor":{"member":"${ada}"},"body":{}}`);
  });

  it("escapes as src/base/json.cpp does", () => {
    expect(canonical('"\\\b\f\n\r\t\u0001\u001f\u007f/é€🌊\u2028')).toBe('"\\"\\\\\\b\\f\\n\\r\\t\\u0001\\u001f\\u007f/é€🌊\u2028"');
  });

  it("gives times in whole seconds", () => {
    expect(timeText(new Date("2026-03-01T12:00:00.987Z"))).toBe("2026-03-01T12:00:00Z");
  });

  it("is signed with Ed25519", async () => {
    const pair = (await crypto.subtle.generateKey("Ed25519", false, ["sign", "verify"])) as CryptoKeyPair;
    const raw = toHex(await crypto.subtle.exportKey("raw", pair.publicKey));
    const text = signedText("moot.example/ledger", request, ada, "2026-03-01T12:00:00Z");
    const signature = await sign({ member: ada, publicKey: raw, privateKey: pair.privateKey, enrolled: true }, text);
    const key = createPublicKey({ key: Buffer.from(`302a300506032b6570032100${raw}`, "hex"), format: "der", type: "spki" });
    expect(verify(null, Buffer.from(text), key, Buffer.from(signature, "hex"))).toBe(true);
    expect(verify(null, Buffer.from(`${text} `), key, Buffer.from(signature, "hex"))).toBe(false);
  });
});

describe("what is entered", () => {
  const field = (name: string, kind: FieldKind["kind"], more: Partial<FieldKind> = {}): FieldKind => ({ name, kind, of: "", optional: false, document: "", ...more });
  const kind = (...fields: FieldKind[]): ActKind => ({ type: "t.t", process: "t", about: "", who: { by: "member", duty: "" }, privileged: false, seconded: false, signed: false, moves: "", fields });
  const one = async (of: FieldKind, value: string | string[] | boolean) => {
    const { body, faults } = await build(kind(of), { [of.name]: value });
    return faults.length > 0 ? faults[0]!.key : body[of.name];
  };

  it("becomes a body in the declared order, with nothing for what is left out", async () => {
    const act = kind(field("b", "title"), field("a", "count"), field("c", "name", { optional: true }), field("d", "flag"));
    const { body, texts, faults } = await build(act, { a: "7", b: " Two ", c: "  ", d: true });
    expect(canonical(body)).toBe('{"b":"Two","a":7,"d":true}');
    expect([texts, faults]).toEqual([[], []]);
  });

  it("is of its kind, or says what is wrong", async () => {
    expect(await one(field("n", "count"), "1000000000000")).toBe(1e12);
    for (const bad of ["1000000000001", "-1", "1.5", "1e3", "x"]) expect(await one(field("n", "count"), bad), bad).toBe("form.number");
    expect(await one(field("m", "member"), ` ${ada} `)).toBe(ada);
    for (const bad of ["m-0123", "Ada", `${ada}0`, ada.toUpperCase()]) expect(await one(field("m", "member"), bad), bad).toBe("form.member");
    expect(await one(field("m", "members"), `${ada}\n m-ffffffffffffffff,m-0000000000000000`)).toEqual([ada, "m-ffffffffffffffff", "m-0000000000000000"]);
    expect(await one(field("m", "members"), `${ada} Ada`)).toBe("form.member");
    expect(await one(field("h", "hash"), "ab".repeat(32))).toBe("ab".repeat(32));
    expect(await one(field("h", "hash"), "AB".repeat(32))).toBe("form.hash");
    expect(await one(field("t", "title"), "é".repeat(100))).toBe("é".repeat(100));
    expect(await one(field("t", "title"), `${"é".repeat(100)}e`)).toBe("form.longTitle");
    expect(await one(field("t", "title"), "two\nlines")).toBe("form.longTitle");
    expect(await one(field("t", "time"), "2027-03-01T12:00:00Z")).toBe("2027-03-01T12:00:00Z");
    expect(await one(field("t", "time"), "2027-03-01T12:00")).toBe(timeText(new Date(2027, 2, 1, 12)));
    expect(await one(field("t", "time"), "tomorrow")).toBe("form.time");
    expect(await one(field("n", "name"), "contest-17")).toBe("contest-17");
    expect(await one(field("n", "name"), "Contest 17")).toBe("form.name");
    expect(await one(field("n", "name"), " ")).toBe("form.empty");
  });

  it("is published under the hash of its very bytes", async () => {
    const text = " Reasons\r\nwith spaces, ŵ and 🌊 \n";
    const { body, texts } = await build(kind(field("reasons", "hash", { document: "text" })), { reasons: text });
    expect([body, texts]).toEqual([{ reasons: sha256(text) }, [text]]);
    const { faults } = await build(kind(field("reasons", "hash", { document: "text" })), { reasons: "€".repeat(15_001) });
    expect(faults).toEqual([{ field: "reasons", key: "form.long" }]);
    // What is no text has been published by whoever gave its hash.
    expect(await one(field("record", "hash", { document: "record" }), "cd".repeat(32))).toBe("cd".repeat(32));
  });

  it("has the charter in the act itself where it changes the charter", async () => {
    const act = kind(field("hash", "hash", { document: "text" }), field("text", "text", { optional: true }));
    const text = "name = 1\n";
    expect(await build(act, { hash: text })).toEqual({ body: { hash: sha256(text) }, texts: [text], faults: [] });
    expect(await build(act, { hash: text, text: true })).toEqual({ body: { hash: sha256(text), text }, texts: [], faults: [] });
  });

  it("is published though it says no more than the title", async () => {
    const petition = kind(field("title", "title"), field("hash", "hash", { document: "text" }), field("text", "text", { optional: true }));
    const text = "A new oven";
    expect(await build(petition, { title: text, hash: text })).toEqual({ body: { title: text, hash: sha256(text) }, texts: [text], faults: [] });
  });
});

describe("a draft", () => {
  it("is of what a link names, and not of another thing", () => {
    const draft = { contest: "contest-1", reasons: "Late", posts: ["chair", "clerk"], note: "" };
    expect(isOf(draft, {})).toBe(true);
    expect(isOf(draft, { contest: "contest-1", posts: "chair\nclerk", note: "x", organ: "council" })).toBe(true);
    expect(isOf(draft, { contest: "contest-2" })).toBe(false);
    expect(isOf(draft, { contest: "contest-1", posts: "chair" })).toBe(false);
    expect(isOf({}, { contest: "contest-2" })).toBe(true);
  });
});

describe("who may do an act", () => {
  const posts = (...all: [string, string[]][]) => all.map(([post, duties], i) => ({ seat: `seat-${i}`, post, title: post, organ: "", until: "", duties }));
  const act = (by: ActKind["who"]["by"], duty = ""): ActKind => ({ type: "t.t", process: "t", about: "", who: { by, duty }, privileged: false, seconded: false, signed: false, moves: "", fields: [] });
  const moot = organisation("o", 1, "2027-03-01T12:00:00Z", [], []); // whose committee has the post "secretary" for its secretary
  const me = { posts: posts(["treasurer", ["spending"]], ["secretary", ["roll"]], ["secretary", ["roll"]]) } as Me;

  it("follows from the posts, each once", () => {
    expect(officesFor(act("clock"), me, moot)).toEqual([]);
    expect(officesFor(act("duty", "spending"), me, moot)).toEqual(["treasurer"]);
    expect(officesFor(act("duty", "contests"), me, moot)).toEqual([]);
    expect(officesFor(act("organ"), me, moot)).toEqual(["secretary"]);
    expect(officesFor(act("organ"), { posts: posts(["chair", []]) } as unknown as Me, moot)).toEqual([]);
    expect(officesFor(act("member"), me, moot)).toEqual(["", "treasurer", "secretary"]);
    expect(officesFor(act("founder"), me, moot)).toEqual([]);
    expect(officesFor(act("founder"), me, { ...moot, stage: "founding" })).toEqual([""]);
  });
});

it("knows what has been asked of a member and not been answered", () => {
  const entry = (number: number, type: string, body: Record<string, unknown>, refused: string | null = null): Act => ({ number, type, time: null, actor: null, seconded_by: [], charter: 1, rule: null, refused, things: [], body });
  const claims = [
    entry(4, "endorsement.claim", { application: "application-2", endorser: ada }),
    entry(5, "endorsement.claim", { application: "application-3", endorser: ada }),
    entry(6, "endorsement.claim", { application: "application-3", endorser: "m-ffffffffffffffff" }),
    entry(7, "endorsement.claim", { application: "application-9", endorser: ada }, "refused"),
    entry(8, "case.open", { member: ada }),
  ];
  expect(askedOf(ada, claims).map(({ thing }) => thing)).toEqual(["endorsement-4", "endorsement-5", "case-8"]);
  const answers = [entry(9, "endorsement.deny", { endorsement: "endorsement-4" }), entry(10, "endorsement.confirm", { endorsement: "endorsement-5" }, "too late"), entry(11, "case.reply", { case: "case-8" })];
  expect(askedOf(ada, [...claims, ...answers])).toMatchObject([{ thing: "endorsement-5", field: "endorsement", answers: ["endorsement.confirm", "endorsement.deny"] }]);
});

it("finds the names that a charter has", () => {
  const charter = readFileSync(join(root, "examples/campaign.toml"), "utf8");
  expect(namesIn(charter, "@conduct")).toEqual(["harassment", "false-statement", "misuse-of-funds"]);
  expect(namesIn(charter, "@slate")).toEqual(["members-slate"]);
  expect(namesIn(charter, "@petition").length).toBeGreaterThan(0);
  expect(namesIn(charter, "@petition").map((name) => charter.includes(`[petitions.${name}]`))).not.toContain(false);
  expect(namesIn(charter, "@post")).toEqual([]);
  expect(namesIn("", "@conduct")).toEqual([]);
});

it("writes bytes in base64url and back", () => {
  const bytes = Uint8Array.from({ length: 256 }, (_, i) => i);
  for (let size = 0; size < 6; ++size) expect(toBase64Url(bytes.slice(0, size))).toBe(Buffer.from(bytes.slice(0, size)).toString("base64url"));
  expect(toBase64Url(bytes)).toBe(Buffer.from(bytes).toString("base64url"));
  expect(fromBase64Url(toBase64Url(bytes))).toEqual(bytes);
});

it("puts the elections first in which one can vote now", () => {
  const of = (election: string, stage: string, opens = ""): Me["elections"][number] => ({ election, uuid: "", of: "", title: election, stage, opens, closes: opens, entitled: true });
  const all = [of("old", "declared", "2026-01-01T12:00:00Z"), of("coming", "frozen"), of("late", "declared", "2026-05-01T12:00:00Z"), of("now", "open", "2026-04-01T12:00:00Z")];
  expect(byUrgency(all).map(({ election }) => election)).toEqual(["now", "coming", "late", "old"]);
});

describe("what waits for an office", () => {
  const work = (thing: string) => ({ thing, title: "", stage: "", since: "", steps: [] });
  it("stands by process, what is late first", () => {
    const all = ["contest-1", "contest-2", "case-3", "contest-4"].map(work);
    const found = byProcess(all, (thing) => thing === "contest-2");
    expect(found.map(([process, things]) => [process, things.map(({ thing }) => thing)])).toEqual([
      ["contest", ["contest-2", "contest-1", "contest-4"]],
      ["case", ["case-3"]],
    ]);
  });
  it("leads to where it can be read, and to the act's form as filled in as it can be", () => {
    expect(["contest-5", "petition-7", "motion-8", "case-9", "spend-8", "seat-3"].map(addressOf)).toEqual(["/contests/contest-5", "/petitions#petition-7", "/motions#motion-8", "/cases#case-9", "/spending#spend-8", "/ledger?about=seat-3"]);
    const step = { act: "election.prepare", field: "of", office: "returning-officer", organ: "" };
    expect(stepAddress("motion-8", step)).toBe("/office/election.prepare?of=motion-8&as=returning-officer");
    expect(stepAddress("slate-6", { ...step, act: "slate.adopt", field: "slate", organ: "committee" })).toBe("/office/slate.adopt?slate=slate-6&organ=committee&as=returning-officer");
  });
});
