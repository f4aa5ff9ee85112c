// The audit in the browser, over records of the program folkmoot.
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Browser, Page } from "playwright-core";
import { Booth } from "../../src/wasm/booth";
import { expectAccessible, launch, narrow, open, wide } from "../support/browser";
import { built, Election } from "../support/native";
import { TestServer } from "../support/server";

let browser: Browser;
let election: Election;
let server: TestServer;
const trackers: string[] = [];
let unfinished: Buffer;

beforeAll(async () => {
  election = new Election(5);
  const booth = await Booth.start(await WebAssembly.compile(built("booth.wasm")));
  booth.open(election.election);
  // The first voter votes twice.
  for (const voter of [0, 1, 2, 3, 4, 0]) {
    const { ballot, tracker } = booth.prepare(election.credentials[voter]!, [[voter % 2, 1 + (voter % 2), 0, 0, 3], [0, 1, 0], [1, 1, 0, 1]]);
    expect(election.accept(ballot).accepted).toBe(true);
    trackers.push(tracker);
  }
  unfinished = readFileSync(election.record);
  election.finish();
  server = await TestServer.start(election);
  browser = await launch();
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
  election?.remove();
});
beforeEach(() => {
  server.requests = [];
  server.declared = undefined;
  server.published.clear();
});

const go = (page: Page) => page.getByRole("button", { name: "Check it" }).click();
const file = (name: string, bytes: Buffer) => {
  const path = join(election.folder, name);
  writeFileSync(path, bytes);
  return path;
};

describe.each([
  ["320 px", narrow],
  ["1280 px", wide],
])("at %s", (_, viewport) => {
  it("verifies a record from its address, finds the ballot, and axe finds nothing", async () => {
    const { page, problems } = await open(browser, viewport);
    await page.goto(`${server.address}/audit?election=${election.uuid}&tracker=${encodeURIComponent(trackers[1]!)}`);
    await page.getByLabel("Your tracker").waitFor();
    await expectAccessible(page);
    await go(page);
    await page.getByRole("heading", { name: "Everything is right" }).waitFor();
    await expectAccessible(page);
    await page.getByText("Your ballot is in the record, as number 2, and it counts.").waitFor();
    await page.getByText("6 ballots were cast. 5 of them count").waitFor();
    await page.getByText("Record and supplement keep to the strict profile.").waitFor();
    const { belenios, strict } = JSON.parse(election.verify("--strict", election.supplement, "--json").report) as Record<string, { checks: unknown[] }>;
    expect(await page.locator(".checks > li.passed").count()).toBe(belenios!.checks.length + strict!.checks.length);
    expect(problems).toEqual([]);
    await page.context().close();
  });
});

it("takes a Worker for each core, and fewer when one cannot go on", async () => {
  const { page } = await open(browser, narrow);
  let workers = 0;
  page.on("worker", () => ++workers);
  const check = async () => {
    workers = 0;
    await page.goto(`${server.address}/audit?election=${election.uuid}`);
    const cores = await page.evaluate(() => navigator.hardwareConcurrency);
    await go(page);
    await page.getByRole("heading", { name: "Everything is right" }).waitFor();
    await page.getByText("5 of them count").waitFor();
    return cores;
  };
  expect(await check().then((cores) => workers - cores)).toBe(0);
  // As if it were short of memory.
  let failures = 0;
  await page.route(/verifier.*\.wasm$/, (route) => (failures++ === 0 ? route.abort() : route.continue()));
  const cores = await check();
  expect(workers).toBe(cores + Math.max(1, Math.floor(cores / 2)));
  await page.context().close();
});

it("says that it knows nothing when no Worker can go on", async () => {
  const { page } = await open(browser, narrow);
  await page.route(/verifier.*\.wasm$/, (route) => route.abort());
  await page.goto(`${server.address}/audit?election=${election.uuid}`);
  await go(page);
  await page.getByRole("link", { name: /nothing is known about it/ }).waitFor();
  expect(await page.getByRole("heading", { name: "Everything is right" }).count()).toBe(0);
  await expectAccessible(page);
  await page.context().close();
});

describe("the elections of the server", () => {
  it("are there to choose from", async () => {
    const { page, problems } = await open(browser, narrow);
    await page.goto(`${server.address}/audit`);
    const list = page.getByRole("navigation", { name: "Elections of this server" });
    await list.getByText("Voting until 14 March 2027. Voting is open. 6 ballots were cast.").waitFor();
    await expectAccessible(page);
    await list.getByRole("link", { name: "Riverside Choir: annual meeting" }).click();
    await list.locator("[aria-current=true]").waitFor();
    await expectAccessible(page);
    await go(page);
    await page.getByRole("heading", { name: "Everything is right" }).waitFor();
    expect(problems).toEqual([]);
    await page.context().close();
  });

  it("are not needed where they cannot be had", async () => {
    const { page } = await open(browser, narrow);
    const asked = page.waitForRequest(/api\/v1\/elections$/);
    await page.route(/\/api\//, (route) => route.abort());
    await page.goto(`${server.address}/audit`);
    await asked;
    await page.getByLabel("The election’s record").setInputFiles(election.record);
    await go(page);
    await page.getByRole("heading", { name: "Everything is right" }).waitFor();
    await page.context().close();
  });
});

describe("the supplement", () => {
  it("is said to be missing where there is none", async () => {
    const { page } = await open(browser, narrow);
    await page.route(/strict\.json$/, (route) => route.fulfill({ status: 404 }));
    await page.goto(`${server.address}/audit?election=${election.uuid}`);
    await go(page);
    await page.getByRole("heading", { name: "Everything is right" }).waitFor();
    await page.getByText("This election has no supplement: it is not held under the strict profile").waitFor();
    await expectAccessible(page);
    await page.context().close();
  });

  it("can be a file, and makes no record right or wrong", async () => {
    const { page } = await open(browser, narrow);
    const wrong = readFileSync(election.supplement, "utf8").replace('"spoiled":[]', `"spoiled":["${trackers[1]}"]`);
    const giveRecord = () => page.getByLabel("The election’s record").setInputFiles(election.record);
    const again = () => page.getByRole("button", { name: "Check another election" }).click();
    await page.goto(`${server.address}/audit`);
    await giveRecord();
    await go(page);
    await page.getByRole("heading", { name: "Everything is right" }).waitFor();
    await page.getByText("No supplement was given with the file").waitFor();
    for (const give of [giveRecord, () => page.getByLabel("Or its address").fill(`/elections/${election.uuid}.bel`)]) {
      await again();
      await give();
      await page.getByLabel("Its supplement").setInputFiles(file("wrong.strict.json", Buffer.from(wrong)));
      await go(page);
      await page.getByRole("heading", { name: "Something is wrong" }).waitFor();
      await page.getByText("The record by itself passes its checks.").waitFor();
      expect(await page.locator(".checks > li.failed").allTextContents()).toContainEqual(expect.stringContaining("No ballot that was opened"));
      await expectAccessible(page);
    }
    // Nothing is kept of files that the form does not show any more.
    await again();
    await go(page);
    await page.getByRole("heading", { name: "Everything is right" }).waitFor();
    await page.getByText("Record and supplement keep to the strict profile.").waitFor();
    await page.context().close();
  });

  it("is downloaded again if a trustee has handed something in meanwhile", async () => {
    const { page } = await open(browser);
    const supplement = readFileSync(election.supplement, "utf8");
    const before = supplement.replace(/"shuffles":.*/, '"shuffles":[],"decryptions":[]}');
    let downloads = 0;
    await page.route(/strict\.json$/, (route) => route.fulfill({ body: downloads++ === 0 ? before : supplement }));
    await page.goto(`${server.address}/audit?election=${election.uuid}`);
    await go(page);
    await page.getByRole("heading", { name: "Everything is right" }).waitFor();
    expect(server.requests.filter((line) => line.endsWith(".bel")).length).toBe(2);
    await page.context().close();
  });
});

describe("the ledger's word on the supplement", () => {
  const hash = () => createHash("sha256").update(readFileSync(election.supplement)).digest("hex");
  const check = async (declared: string | null, viewport = narrow, withheld = false) => {
    server.declared = declared;
    const { page } = await open(browser, viewport);
    if (withheld) await page.route(/strict\.json$/, (route) => route.fulfill({ status: 404 }));
    await page.goto(`${server.address}/audit?election=${election.uuid}`);
    await go(page);
    return page;
  };
  const right = (page: Page) => page.getByRole("heading", { name: "Everything is right" }).waitFor();
  const wrong = (page: Page) => page.getByRole("heading", { name: "Something is wrong" }).waitFor();

  it.each([narrow, wide])("shows that one is withheld", async (viewport) => {
    const page = await check(hash(), viewport, true);
    await wrong(page);
    await page.getByText("The ledger names a supplement of this record, and the server does not hand it out.").waitFor();
    await page.getByText(hash()).waitFor();
    await page.getByText("The supplement is withheld, so nothing was checked").waitFor();
    expect(await page.getByText("This election has no supplement").count()).toBe(0);
    await expectAccessible(page);
    const [saved] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "Save the report" }).click()]);
    expect(JSON.parse(readFileSync(await saved.path(), "utf8"))).toMatchObject({ verdict: "valid", ledger: { supplement: "withheld", declared: hash() } });
    await page.context().close();
  });

  it("has the one that the act publishes where none stands beside the record", async () => {
    server.published.set(hash(), election.supplement);
    const page = await check(hash(), narrow, true);
    await right(page);
    await page.getByText("The supplement is the one that the ledger names").waitFor();
    await page.getByText("Record and supplement keep to the strict profile.").waitFor();
    await page.context().close();
  });

  it.each([true, false])("is had for a record under its permanent name, whether or not the supplement has one (%s)", async (published) => {
    const record = "a".repeat(64);
    server.declared = hash();
    server.published.set(record, election.record);
    if (published) server.published.set(hash(), election.supplement);
    const { page } = await open(browser, narrow);
    await page.goto(`${server.address}/audit`);
    await page.getByLabel("Or its address").fill(`/ledger/published/${record}`);
    await go(page);
    await right(page);
    await page.getByText(published ? "The supplement is the one that the ledger names" : "It was not to be found from this address").waitFor();
    expect(await page.getByText("Record and supplement keep to the strict profile.").count()).toBe(Number(published));
    expect(await page.getByText("This election has no supplement").count()).toBe(0);
    await expectAccessible(page);
    await page.context().close();
  });

  it("shows that it is another, which keeps to the profile by itself", async () => {
    const page = await check("0".repeat(64));
    await wrong(page);
    await page.getByText("The ledger names another supplement than the one that was checked here.").waitFor();
    await page.getByText("Record and supplement keep to the strict profile.").waitFor();
    await expectAccessible(page);
    await page.context().close();
  });

  it("agrees with the right one", async () => {
    const page = await check(hash());
    await right(page);
    await page.getByText("The supplement is the one that the ledger names").waitFor();
    await expectAccessible(page);
    await page.context().close();
  });

  it.each([null, ""])("says nothing where no act names one", async (declared) => {
    const page = await check(declared, narrow, true);
    await right(page);
    await page.getByText("This election has no supplement").waitFor();
    expect(await page.getByText("ledger names").count()).toBe(0);
    await page.context().close();
  });

  it("is missed where the ledger cannot be asked", async () => {
    server.declared = hash();
    const { page } = await open(browser);
    await page.route(/\/api\/v1\/ledger/, (route) => route.fulfill({ status: 503 }));
    await page.goto(`${server.address}/audit?election=${election.uuid}`);
    await go(page);
    await right(page);
    await page.getByText("Whether the ledger names this supplement, or any, could not be found out.").waitFor();
    await page.context().close();
  });
});

it("verifies a file without a connection", async () => {
  const { page } = await open(browser);
  await page.goto(`${server.address}/audit`);
  await page.getByLabel("Your tracker").fill(trackers[0]!);
  await page.getByLabel("The election’s record").setInputFiles(election.record);
  await go(page); // so that the module is here
  await page.getByRole("heading", { name: "Everything is right" }).waitFor();
  await page.getByText(`Your later ballot replaces it: ${trackers[5]}`).waitFor();
  expect(server.requests.some((line) => line.includes(".bel"))).toBe(false);
  await page.context().close();
});

it("names what is wrong, for everybody and for who looks into it", async () => {
  const { page } = await open(browser, narrow);
  await page.goto(`${server.address}/audit`);
  const damaged = readFileSync(election.record);
  const at = damaged.indexOf('"challenge":"', damaged.indexOf('{"election_uuid"')) + 15;
  damaged[at] = damaged[at] === 0x31 ? 0x32 : 0x31;
  await page.getByLabel("The election’s record").setInputFiles(file("damaged.bel", damaged));
  await go(page);
  await page.getByRole("heading", { name: "Something is wrong" }).waitFor();
  await expectAccessible(page);
  expect(await page.locator(".checks > li.failed").first().textContent()).toMatch(/The file is undamaged.*at byte/);
  await page.context().close();
});

it("says of an election that goes on that all is right so far", async () => {
  const { page } = await open(browser);
  await page.goto(`${server.address}/audit`);
  await page.getByLabel("Your tracker").fill("A".repeat(43));
  await page.getByLabel("The election’s record").setInputFiles(file("unfinished.bel", unfinished));
  await go(page);
  await page.getByRole("heading", { name: "All right so far" }).waitFor();
  await page.getByText("No ballot of this record has your tracker").waitFor();
  await expectAccessible(page);
  await page.context().close();
});

it("takes what is no record for what it is, and asks for one", async () => {
  const { page } = await open(browser);
  await page.goto(`${server.address}/audit`);
  await go(page);
  await page.getByRole("link", { name: "Choose a file, or enter an address" }).waitFor();
  await expectAccessible(page);
  await page.getByLabel("Or its address").fill("/elections/nothing.bel");
  await go(page);
  await page.getByRole("link", { name: /could not be downloaded/ }).waitFor();
  await page.getByLabel("The election’s record").setInputFiles(file("noise.bel", Buffer.alloc(5000, 7)));
  await go(page);
  await page.getByRole("heading", { name: "Something is wrong" }).waitFor();
  await page.context().close();
});

it("speaks Welsh", async () => {
  const { page } = await open(browser, narrow, "cy-GB");
  await page.goto(`${server.address}/audit?election=${election.uuid}`);
  await page.getByRole("button", { name: "Ei wirio" }).click();
  await page.getByRole("heading", { name: "Mae popeth yn gywir" }).waitFor();
  await expectAccessible(page);
  await page.getByText("Bwriwyd 6 phleidlais. Mae 5 ohonynt yn cyfrif").waitFor();
  await page.getByText("Mae’r cofnod a’r atodiad yn cadw at y proffil llym.").waitFor();
  await page.locator(".outcome[lang=en]", { hasText: "Fay Fir" }).waitFor(); // in the verifier's own words
  await page.context().close();
});
