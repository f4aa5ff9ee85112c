// The pages about the organisation, over the example organisation of the program folkmoot and its own server.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Browser, Page, Route } from "playwright-core";
import type { Contest, ContestHead, LedgerPage, Motion, Petition } from "../../src/site/schema";
import { expectAccessible, launch, narrow, open, wide } from "../support/browser";
import { Example } from "../support/example";
import { expectHarmless, hostile, infected } from "../support/hostile";
import { answerOf, misfits } from "../support/schema";
import { policy } from "../support/server";

let browser: Browser;
let example: Example;
let contests: ContestHead[];

const get = async <Value>(path: string) => (await (await fetch(`${example.address}/api/v1/${path}`)).json()) as Value;
const contestOf = (post: string) => contests.find((contest) => contest.post === post)!.id;

beforeAll(async () => {
  [example, browser] = await Promise.all([Example.start(), launch()]);
  contests = await get<ContestHead[]>("contests");
}, 400_000);
afterAll(async () => {
  await browser?.close();
  await example?.stop();
});

const pages = (): [string, string][] => [
  ["/", "Friends of the Open Shore"],
  ["/contests", "Contests"],
  [`/contests/${contestOf("deputy-chair")}`, "Deputy chair"],
  [`/contests/${contestOf("coordinator")}`, "Member of the coordinating group"],
  [`/contests/${contestOf("coordinator")}/result`, "Result"],
  ["/petitions", "Petitions"],
  ["/motions", "Motions"],
  ["/ledger", "The ledger"],
  [`/ledger?about=${contestOf("chair")}`, "What is about"],
  [`/ballots/${example.election}`, "The ballot box"],
  ["/audit", "Check an election"],
];

async function settled(page: Page, heading: string): Promise<void> {
  await page.getByRole("heading", { level: 1, name: heading }).waitFor();
  await page.waitForFunction(() => ![...document.querySelectorAll("[role=status]")].some((one) => /^(Loading|Yn llwytho)/.test(one.textContent ?? "")));
}

describe.each([
  ["320 px", narrow],
  ["1280 px", wide],
])("at %s", (_, viewport) => {
  it("shows every page, and axe finds nothing", async () => {
    const { page, problems } = await open(browser, viewport);
    for (const [address, heading] of pages()) {
      const response = await page.goto(example.address + address);
      expect(response!.headers()["content-security-policy"]).toBe(policy);
      await settled(page, heading);
      await expectAccessible(page);
    }
    expect(problems).toEqual([]);
    await page.context().close();
  });
});

it("speaks Welsh on every page", async () => {
  const { page } = await open(browser, wide, "cy-GB");
  for (const [address] of pages()) {
    await page.goto(example.address + address);
    await page.getByRole("heading", { level: 1 }).waitFor();
    expect(await page.evaluate(() => document.documentElement.lang)).toBe("cy");
    // A message that is missing would show as its key.
    const text = await page.locator("body").innerText();
    expect(text, address).not.toMatch(/\b(act|stage|contest|result|home)\.[a-z]+[A-Za-z.]*(\n|$)/);
    expect(text, address).not.toMatch(/\d (January|February|March|April|May|June|July|August|September|October|November|December) \d{4}|Loading/);
  }
  await page.goto(example.address);
  await page.getByRole("heading", { name: "Cyrff a swyddi" }).waitFor();
  await page.context().close();
});

it("answers as its description says", async () => {
  for (const path of ["organisation", "contests", "petitions", "motions", "cases", "spending", "roll", "ledger"]) {
    expect(misfits(await get(path), answerOf(`/api/v1/${path}`)), path).toEqual([]);
  }
  for (const { id } of contests) expect(misfits(await get(`contests/${id}`), answerOf("/api/v1/contests/{id}")), id).toEqual([]);
});

it("names those who hold or stand, and nobody else", async () => {
  const { entries } = await get<LedgerPage>("ledger?limit=256");
  const texts = [JSON.stringify(entries)];
  for (const path of ["organisation", "contests", "petitions", "motions", ...contests.map(({ id }) => `contests/${id}`)]) {
    texts.push(JSON.stringify(await get(path)));
  }
  expect(texts.join()).not.toContain("@example.org");
  // Hugh Barley and the others at the end of the roll only vote and nominate; Vera Colwyn stands.
  expect(texts.join()).toContain("Vera Colwyn");
  expect(texts.join()).not.toContain("Perry Quayle");
});

it("leads from who holds a post to how the votes were counted", async () => {
  const { page } = await open(browser, wide);
  await page.goto(example.address);
  await settled(page, "Friends of the Open Shore");
  const chair = page.locator(".posts > div", { hasText: /^Chair/ });
  await chair.getByRole("link").click();
  await settled(page, "Chair");
  await page.getByRole("link", { name: "Result and how it was counted" }).first().click();
  await settled(page, "Result");
  const contest = await get<Contest>(`contests/${contestOf("chair")}`);
  expect(await page.locator(".winners li").allTextContents()).toEqual(contest.election!.elected.map(({ name }) => name));
  const { cast, electors } = contest.election!;
  await page.getByText(`${cast} of ${electors} voted`, { exact: false }).waitFor();

  // The table has each figure of the published transcript.
  const transcript = (await (await fetch(`${example.address}/ledger/published/${contest.election!.transcript}`)).json()) as {
    candidates: string[];
    stages: { votes: Record<string, string> }[];
  };
  const rows = await page.locator("tbody tr").evaluateAll((all) => all.map((row) => [...row.querySelectorAll("td")].map((cell) => cell.textContent)));
  expect(rows.slice(0, -1)).toEqual(transcript.candidates.map((name) => transcript.stages.map(({ votes }) => votes[name])));
  await page.context().close();
});

it("names the elections to check as members know them", async () => {
  const { page } = await open(browser, narrow);
  await page.goto(`${example.address}/audit`);
  const list = page.getByRole("navigation", { name: "Elections of this server" });
  await list.waitFor();
  await expectAccessible(page);
  const shown = await list.getByRole("link").evaluateAll((links) => links.map((link) => [link.textContent, link.getAttribute("href")]));
  const heads = await get<{ uuid: string }[]>("elections");
  expect(shown.map(([, href]) => href).sort()).toEqual(heads.map(({ uuid }) => `/audit?election=${uuid}`).sort());
  expect(shown[0]).toEqual(["Deputy chair", `/audit?election=${example.election}`]);
  // Of neither a contest nor a motion.
  expect(shown).toContainEqual([expect.stringMatching(/^Friends of the Open Shore: election-\d+$/), expect.any(String)]);
  await list.getByText("Voting is open.", { exact: false }).waitFor();
  await page.context().close();
});

it("draws each vote that moves from one stage to the next", async () => {
  const { page } = await open(browser, wide);
  await page.goto(`${example.address}/contests/${contestOf("coordinator")}/result`);
  await settled(page, "Result");
  const bars = await page.locator(".sankey rect").evaluateAll((all) => all.map((bar) => [Number(bar.getAttribute("x")), Number(bar.getAttribute("height"))] as const));
  const columns = new Map<number, number>();
  for (const [x, height] of bars) columns.set(x, (columns.get(x) ?? 0) + height);
  const heights = [...columns.values()];
  expect(heights.length).toBeGreaterThan(3);
  // Every column has all the votes, but for what is lost by rounding.
  for (const height of heights) expect(Math.abs(height - heights[0]!)).toBeLessThan(heights[0]! / 50);
  expect(await page.locator(".band.moved").count()).toBeGreaterThan(3);
  await page.context().close();
});

it("shows what is said for a candidate beside what is said against", async () => {
  const { page } = await open(browser, wide);
  await page.goto(`${example.address}/contests/${contestOf("deputy-chair")}`);
  await settled(page, "Deputy chair");
  const card = page.locator(".card", { hasText: "Vera Colwyn" });
  const boxes = await card.locator(".opinion").evaluateAll((all) => all.map((one) => [one.className, one.querySelector(".opinion-title")!.textContent]));
  expect(boxes).toEqual([
    ["opinion for", expect.stringMatching(/^Endorsed by /)],
    ["opinion for", "North Shore local group recommends it"],
    ["opinion against", "South Bay local group recommends against it"],
  ]);
  await card.getByText("South Bay has asked for boats, not for books.").waitFor();
  await page.context().close();
});

it("shows how far petitions are, and what became of them", async () => {
  const petitions = await get<Petition[]>("petitions");
  const motions = await get<Motion[]>("motions");
  const { page } = await open(browser, narrow);
  await page.goto(`${example.address}/petitions`);
  await settled(page, "Petitions");
  const wanting = petitions.find(({ stage }) => stage === "collecting")!;
  await page.locator(`#${wanting.id}`).getByText(`${wanting.signatures} signatures of ${wanting.needed} needed`).waitFor();
  const reached = petitions.find(({ outcome }) => outcome === motions[0]!.id)!;
  await page.locator(`#${reached.id}`).getByRole("link", { name: "It has become a motion" }).click();
  await settled(page, "Motions");
  const motion = page.locator(`#${motions[0]!.id}`);
  await motion.getByText('Replace "sixteen" by "eighteen".').waitFor();
  await motion.getByRole("link", { name: "Moved by a petition" }).waitFor();
  await page.context().close();
});

it("finds a tracker in the ballot box, and says when it is not there", async () => {
  const { page } = await open(browser, narrow);
  await page.goto(`${example.address}/ballots/${example.election}`);
  await settled(page, "The ballot box");
  const tracker = (await page.locator(".trackers li").nth(4).textContent())!;
  const look = page.getByRole("button", { name: "Look for it" });
  await look.click();
  await page.getByRole("link", { name: "Enter a tracker" }).waitFor();
  await page.getByLabel("Look for your tracker").fill(` ${tracker} `);
  await look.click();
  await page.getByText("It is in the box, as ballot 5.").waitFor();
  await expectAccessible(page);
  await page.getByLabel("Look for your tracker").fill(tracker.replace(/./, (first) => (first === "A" ? "B" : "A")));
  await look.click();
  await page.getByText("No ballot in the box has that tracker", { exact: false }).waitFor();
  await page.context().close();
});

it("takes a ballot after another was opened, and has it in the box", async () => {
  const { page, problems } = await open(browser, narrow);
  await page.goto(example.address);
  await page.getByRole("link", { name: "Vote" }).first().click();
  await page.getByLabel("Your voting credential").fill(example.credentials[0]!);
  const press = (name: string | RegExp) => page.getByRole("button", { name }).click();
  await press("Continue");
  await press("Choose Vera Colwyn as number 1");
  await press("Continue");
  await press("Encrypt my ballot");
  await press("Open this ballot to test it");
  await page.locator("p", { hasText: "The server has noted that this ballot was opened" }).first().waitFor();
  const opened = (await page.locator(".tracker dd").textContent())!;
  await press("Make a new ballot");
  await press("Encrypt my ballot");
  await press("Cast this ballot");
  await page.getByRole("heading", { name: "You have voted" }).waitFor();
  const cast = (await page.locator(".tracker dd").textContent())!;
  expect(problems).toEqual([]);
  await page.goto(`${example.address}/ballots/${example.election}`);
  await settled(page, "The ballot box");
  const trackers = await page.locator(".trackers li").allTextContents();
  expect(trackers).toContain(cast);
  expect(trackers).not.toContain(opened);
  await page.context().close();
});

it("goes through the ledger, each act with the rule that allowed it", async () => {
  const { page } = await open(browser, wide);
  await page.goto(`${example.address}/ledger`);
  await settled(page, "The ledger");
  const { acts } = await get<LedgerPage>("ledger?limit=1");
  const seen: number[] = [];
  for (;;) {
    seen.push(...(await page.locator(".act-number").allTextContents()).map(Number));
    const older = page.getByRole("link", { name: "Older acts" });
    if ((await older.count()) === 0) break;
    await older.click();
    await page.waitForFunction((last) => Number(document.querySelector(".act-number")?.textContent ?? last) < last, seen[seen.length - 1]!);
  }
  expect(seen).toEqual(Array.from({ length: acts }, (_, i) => acts - 1 - i));
  await page.goto(`${example.address}/ledger?about=${contestOf("chair")}`);
  await settled(page, "What is about");
  await page.locator(".act", { hasText: "contest.open:" }).getByText("Rule: contests.leader.notice").waitFor();
  await page.context().close();
});

it("shows a text that is not the one on the record to be another", async () => {
  const { page } = await open(browser, wide);
  await page.route("**/ledger/published/*", (route) => route.fulfill({ body: "Cheap watches!" }));
  await page.goto(`${example.address}/motions`);
  await settled(page, "Motions");
  expect(await page.getByText("This text is not the one on the record", { exact: false }).count()).toBeGreaterThan(3);
  expect(await page.getByText("Cheap watches!").count()).toBe(0);
  await page.context().close();
});

// What nobody writes: the pages need it as it is.
const kept = new Set(["id", "stage", "since", "hash", "statement", "reason", "transcript", "other_transcript", "position", "type", "fingerprint", "phase", "uuid", "election", "kind", "time", "opens", "closes", "ballot_from", "from", "until", "vacant_since", "call_by", "debate_until", "amendments_close", "ballot_by", "response", "of", "slate", "record"]);
const written = (name: string) => !kept.has(name);

it("runs no script that stands in a text", async () => {
  const { page } = await open(browser, wide);
  await page.route("**/api/v1/**", async (route: Route) => {
    const response = await route.fetch();
    const value = infected(await response.json(), written) as { election?: string };
    if (typeof value.election === "string") value.election = JSON.stringify(infected(JSON.parse(value.election), written));
    await route.fulfill({ response, json: value });
  });
  // What is published is taken for what is on the record: the page is to show it all the same.
  await page.addInitScript(() => Object.defineProperty(crypto, "subtle", { value: undefined }));
  await page.route("**/ledger/published/*", async (route: Route) => {
    const body = await (await route.fetch()).text();
    const inWords = (name: string) => ["reason", "paragraph", "rule", "title"].includes(name);
    await route.fulfill({ body: body.startsWith("{") ? JSON.stringify(infected(JSON.parse(body), inWords)) : hostile() });
  });
  for (const [address] of pages()) {
    await page.goto(example.address + address);
    await page.getByRole("heading", { level: 1 }).waitFor();
    await page.waitForLoadState("networkidle");
    await expectHarmless(page);
  }
  await page.context().close();
});

it("says when the server cannot be reached, and tries again", async () => {
  const { page } = await open(browser, narrow);
  let lost = true;
  await page.route("**/api/v1/petitions", (route) => (lost ? route.abort() : route.continue()));
  await page.goto(`${example.address}/petitions`);
  await page.getByRole("heading", { name: "We cannot reach the server" }).waitFor();
  await expectAccessible(page);
  lost = false;
  await page.getByRole("button", { name: "Try again" }).click();
  await settled(page, "Petitions");
  await page.goto(`${example.address}/contests/contest-1`);
  await page.getByRole("heading", { name: "There is nothing at this address" }).waitFor();
  await page.context().close();
});

it("keeps a result readable on paper", async () => {
  const { page } = await open(browser, { width: 800, height: 1000 });
  await page.emulateMedia({ media: "print" });
  await page.goto(`${example.address}/contests/${contestOf("chair")}/result`);
  await settled(page, "Result");
  expect(await page.getByRole("navigation").count()).toBe(0);
  await page.locator(".winners li").first().waitFor();
  await page.context().close();
});
