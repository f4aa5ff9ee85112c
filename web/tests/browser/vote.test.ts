// A voter's whole path in the browser, over an election of the program folkmoot, which must accept what comes of it.
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Browser, Page } from "playwright-core";
import { expectAccessible, launch, narrow, open, wide } from "../support/browser";
import { Election } from "../support/native";
import { readQr } from "../support/qr";
import { TestServer } from "../support/server";

let browser: Browser;
let election: Election;
let server: TestServer;

beforeAll(async () => {
  election = new Election(12);
  server = await TestServer.start(election);
  browser = await launch();
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
  election?.remove();
});
beforeEach(() => {
  server.view = { ...server.view, phase: "open" };
  server.problem = null;
  server.losing = null;
  server.requests = [];
  server.received = [];
});

const url = () => `${server.address}/vote/${election.uuid}`;
const button = (page: Page, name: string | RegExp) => page.getByRole("button", { name, exact: typeof name === "string" });

async function identify(page: Page, credential: string): Promise<void> {
  await page.goto(url());
  await page.getByLabel("Your voting credential").fill(credential);
  await button(page, "Continue").click();
  await page.getByRole("heading", { name: "Who is to chair the choir?" }).waitFor();
}

// Ben, Eve; Yes; Fay and Huw.
async function fillIn(page: Page): Promise<void> {
  await button(page, "Choose Ben Birch as number 1").click();
  await button(page, "Choose Eve Elder as number 2").click();
  await button(page, "Continue").click();
  await page.getByRole("radio", { name: "Yes" }).check();
  await button(page, "Continue").click();
  await page.getByRole("checkbox", { name: "Fay Fir" }).check();
  await page.getByRole("checkbox", { name: "Huw Hazel" }).check();
  await button(page, "Continue").click();
  await page.getByRole("heading", { name: "Check your answers" }).waitFor();
}
async function seal(page: Page): Promise<string> {
  await button(page, "Encrypt my ballot").click();
  await page.getByRole("heading", { name: "Your ballot is encrypted" }).waitFor();
  return (await page.locator(".tracker dd").textContent())!;
}
// What a button gives to keep: as a file, and to paste.
async function save(page: Page, name: string): Promise<string> {
  const [download] = await Promise.all([page.waitForEvent("download"), button(page, name).click()]);
  return readFileSync(await download.path(), "utf8");
}
async function copied(page: Page, name: string): Promise<string> {
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await button(page, name).click();
  await button(page, "Copied").waitFor();
  return page.evaluate(() => navigator.clipboard.readText());
}
const voted = (page: Page) => page.getByRole("heading", { name: "You have voted" });

describe.each([
  ["320 px", narrow],
  ["1280 px", wide],
])("at %s", (_, viewport) => {
  it("goes from the credential to a ballot in the record, and axe finds nothing on the way", async () => {
    const voter = viewport === narrow ? 0 : 1;
    const { page, problems } = await open(browser, viewport);
    await page.goto(url());
    await page.getByLabel("Your voting credential").waitFor();
    await expectAccessible(page);

    await button(page, "Continue").click();
    await page.getByRole("link", { name: "Enter your voting credential" }).waitFor();
    await expectAccessible(page);
    await page.getByLabel("Your voting credential").fill(election.credentials[voter]!);
    await button(page, "Continue").click();

    await page.getByRole("heading", { name: "Who is to chair the choir?" }).waitFor();
    await expectAccessible(page);
    await button(page, "Choose Ben Birch as number 1").click();
    await button(page, "Choose Eve Elder as number 2").click();
    await expectAccessible(page);
    await button(page, "Continue").click();
    await expectAccessible(page);
    await page.getByRole("radio", { name: "Yes" }).check();
    await button(page, "Continue").click();
    await page.getByRole("checkbox", { name: "Fay Fir" }).waitFor();
    await button(page, "Continue").click();
    await page.getByRole("link", { name: "Choose at least 1" }).click();
    expect(await page.evaluate(() => document.activeElement?.id)).toBe("question-2");
    await expectAccessible(page);
    for (const name of ["Fay Fir", "Gwen Gorse", "Huw Hazel", "Iris Ivy"]) await page.getByRole("checkbox", { name }).check();
    await button(page, "Continue").click();
    await page.getByRole("link", { name: "You have chosen too many: choose at most 3" }).waitFor();
    await page.getByRole("checkbox", { name: "Iris Ivy" }).uncheck();
    await button(page, "Continue").click();

    await page.getByRole("heading", { name: "Check your answers" }).waitFor();
    await expectAccessible(page);
    expect(await page.locator(".answers ol li").allTextContents()).toEqual(["Ben Birch", "Eve Elder"]);
    const tracker = await seal(page);
    await expectAccessible(page);
    await button(page, "Cast this ballot").click();
    await voted(page).waitFor();
    await expectAccessible(page);
    expect(await page.locator(".tracker dd").textContent()).toBe(tracker);
    expect(await readQr(page)).toBe(tracker);
    expect(await save(page, "Save the tracker as a file")).toMatch(new RegExp(`^.*Riverside Choir: annual meeting.*${election.uuid}.*\n\n${tracker.replace(/[+/]/g, "\\$&")}\n$`, "s"));
    expect(await copied(page, "Copy the tracker")).toBe(tracker);
    expect(problems).toEqual([]);

    const { status, report } = election.verify("--tracker", tracker);
    expect(report).toMatch(/it counts/);
    expect(status).toBe(2); // not finished, and good so far
    await page.context().close();
  });
});

// What the page that checks an opened ballot says of it.
async function checkOnAnotherDevice(address: string, opened: string): Promise<Page> {
  const { page } = await open(browser, narrow);
  await page.goto(address);
  await page.getByLabel("Or its text").fill(opened);
  await expectAccessible(page);
  await button(page, "Check the ballot").click();
  await page.getByRole("heading", { level: 1, name: /^(The device has encrypted just this|This ballot is not what it says it is)$/ }).waitFor();
  await expectAccessible(page);
  return page;
}

it("opens a ballot instead of casting it, has another device check it, and starts again with the choices kept", async () => {
  const { page, problems } = await open(browser, narrow);
  await identify(page, election.credentials[10]!);
  await fillIn(page);
  const tracker = await seal(page);
  await button(page, "Open this ballot to test it").click();
  await page.getByRole("heading", { name: "Your test ballot is open" }).waitFor();
  await page.locator("p", { hasText: "The server has noted that this ballot was opened" }).first().waitFor();
  await expectAccessible(page);
  expect(await page.locator(".tracker dd").textContent()).toBe(tracker);
  const opened = await save(page, "Save the opened ballot");
  expect(await copied(page, "Copy the opened ballot")).toBe(opened);
  const ballot = opened.slice(opened.indexOf('"ballot":') + 9, opened.indexOf(',"answers":[['));
  expect(createHash("sha256").update(ballot).digest("base64").replace(/=+$/, "")).toBe(tracker);

  const address = (await page.getByRole("link", { name: /check=ballot/ }).textContent())!;
  expect(await readQr(page)).toBe(address);
  const other = await checkOnAnotherDevice(address, opened);
  await other.getByRole("heading", { name: "The device has encrypted just this" }).waitFor();
  expect(await other.locator(".votes li").allTextContents()).toEqual([
    expect.stringMatching(/Ben Birch.*Eve Elder/),
    expect.stringMatching(/Yes/),
    expect.stringMatching(/Fay Fir, Huw Hazel/),
  ]);
  await other.context().close();

  // It was opened: nobody can cast it, and nobody need note it twice.
  expect(election.accept(ballot)).toMatchObject({ accepted: false, message: expect.stringMatching(/it was opened/) });
  await button(page, "Make a new ballot").click();
  await page.getByRole("heading", { name: "Check your answers" }).waitFor();
  expect(await page.locator(".answers ol li").allTextContents()).toEqual(["Ben Birch", "Eve Elder"]);
  const again = await seal(page);
  expect(again).not.toBe(tracker);
  await button(page, "Cast this ballot").click();
  await voted(page).waitFor();
  expect(problems).toEqual([]);
  await page.context().close();
});

it("catches a device that encrypts something else than it was told, and one that shows another ballot", async () => {
  const { page } = await open(browser, wide);
  await identify(page, election.credentials[11]!);
  await fillIn(page);
  const tracker = await seal(page);
  await button(page, "Open this ballot to test it").click();
  await page.locator("p", { hasText: "The server has noted" }).first().waitFor();
  const opened = await save(page, "Save the opened ballot");
  const address = `${server.address}/audit?check=ballot&election=${election.uuid}`;
  const lie = opened.replace('"answers":[[0,1,0,0,2]', '"answers":[[0,2,0,0,1]');
  expect(lie).not.toBe(opened);
  const first = await checkOnAnotherDevice(address, lie);
  await first.getByText("the ballot encrypts something else", { exact: false }).waitFor();
  const second = await checkOnAnotherDevice(`${address}&tracker=${encodeURIComponent(`B${tracker.slice(1)}`)}`, opened);
  await second.getByText("It is another ballot than the one whose tracker you noted").waitFor();
  for (const one of [page, first, second]) await one.context().close();
});

it("says so when it cannot have an opened ballot noted, and tries again", async () => {
  const { page } = await open(browser, narrow);
  await identify(page, election.credentials[11]!);
  await fillIn(page);
  await seal(page);
  server.losing = "requests";
  await button(page, "Open this ballot to test it").click();
  await page.getByText("The server could not be told", { exact: false }).waitFor();
  await expectAccessible(page);
  server.losing = null;
  await button(page, "Try again").click();
  await page.locator("p", { hasText: "The server has noted" }).first().waitFor();
  await page.context().close();
});

it("keeps candidates in their place, moves them, and puts them in order when asked", async () => {
  const { page } = await open(browser, narrow);
  await identify(page, election.credentials[2]!);
  const names = () => page.locator(".ranking .name").allTextContents();
  const ranks = () => page.locator(".ranking .rank").allTextContents();
  const paper = ["Ada Ash", "Ben Birch", "Cy Cedar", "Dilys Derwen", "Eve Elder"];
  for (const name of ["Dilys Derwen", "Ada Ash", "Cy Cedar"]) await button(page, new RegExp(`^Choose ${name}`)).click();
  expect(await names()).toEqual(paper);
  expect(await ranks()).toEqual(["2", "–", "3", "1", "–"]);
  await button(page, "Move Cy Cedar up, to number 2").click();
  expect(await ranks()).toEqual(["3", "–", "2", "1", "–"]);
  expect(await page.evaluate(() => document.activeElement?.getAttribute("aria-label"))).toBe("Move Cy Cedar up, to number 1");
  await button(page, "Move Dilys Derwen down, to number 2").click();
  expect(await ranks()).toEqual(["3", "–", "1", "2", "–"]);
  await button(page, "Remove Dilys Derwen from your ranking").click();
  expect(await ranks()).toEqual(["2", "–", "1", "–", "–"]);
  expect(await names()).toEqual(paper);
  await button(page, "Put in order").click();
  expect(await names()).toEqual(["Cy Cedar", "Ada Ash", "Ben Birch", "Dilys Derwen", "Eve Elder"]);
  await button(page, "Back to the order of the ballot paper").click();
  expect(await names()).toEqual(paper);
  await button(page, "Clear my ranking").click();
  expect(await ranks()).toEqual(["–", "–", "–", "–", "–"]);
  await page.context().close();
});

it("says what is wrong with a credential before anything is filled in", async () => {
  const { page } = await open(browser);
  await page.goto(url());
  const field = page.getByLabel("Your voting credential");
  await field.fill("not a credential");
  await button(page, "Continue").click();
  await page.getByRole("link", { name: /not a voting credential/ }).waitFor();
  await field.fill("11111-111111-11111-111111");
  await button(page, "Continue").click();
  await page.getByRole("link", { name: /not one of this election’s/ }).waitFor();
  await page.context().close();
});

it("sends the credential and the answers nowhere", async () => {
  const { page } = await open(browser);
  const sent: string[] = [];
  page.on("request", (request) => sent.push(`${request.url()} ${request.postData() ?? ""} ${JSON.stringify(request.headers())}`));
  await identify(page, election.credentials[3]!);
  await fillIn(page);
  await seal(page);
  await button(page, "Cast this ballot").click();
  await voted(page).waitFor();
  const everything = sent.join("\n");
  expect(everything).not.toContain(election.credentials[3]);
  expect(everything).not.toContain("Ben Birch");
  expect(sent.every((line) => line.startsWith(server.address))).toBe(true);
  const stored = await page.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage }));
  expect(stored).not.toContain(election.credentials[3]);
  expect(stored).not.toContain("Ben Birch");
  await page.context().close();
});

it("sends the same ballot again after a lost connection, and it is counted once", async () => {
  const { page } = await open(browser);
  await identify(page, election.credentials[4]!);
  await fillIn(page);
  const tracker = await seal(page);
  const before = election.ballots.length;
  server.losing = "requests";
  await button(page, "Cast this ballot").click();
  await page.getByRole("heading", { name: "We do not know yet whether your ballot arrived" }).waitFor();
  await expectAccessible(page);
  server.losing = "answers";
  await button(page, "Try again").click();
  await page.getByRole("heading", { name: "We do not know yet whether your ballot arrived" }).waitFor();
  // The page is closed and opened again, and knows.
  await page.goto("about:blank");
  await page.goto(url());
  await page.getByRole("heading", { name: "A ballot from earlier has not been confirmed" }).waitFor();
  await expectAccessible(page);
  server.losing = null;
  await button(page, "Send it again").click();
  await voted(page).waitFor();
  expect(await page.locator(".tracker dd").textContent()).toBe(tracker);
  expect(election.ballots.length).toBe(before + 1);
  expect(new Set(server.received).size).toBe(1);
  await page.context().close();
});

it("casts once for a double click", async () => {
  const { page } = await open(browser);
  await identify(page, election.credentials[5]!);
  await fillIn(page);
  await seal(page);
  await button(page, "Cast this ballot").dblclick();
  await voted(page).waitFor();
  expect(server.received.length).toBe(1);
  await page.context().close();
});

it("tells a second tab of the ballot that the first has cast, and the later one counts", async () => {
  const { page: first } = await open(browser);
  await identify(first, election.credentials[6]!);
  await fillIn(first);
  await seal(first);
  const second = await first.context().newPage(); // behind it, the first would be slow
  await identify(second, election.credentials[6]!);
  await fillIn(second);
  const later = await seal(second);
  await first.bringToFront();
  await button(first, "Cast this ballot").click();
  await voted(first).waitFor();
  await second.bringToFront();
  await second.getByRole("heading", { name: "A ballot was cast with this browser in another tab" }).waitFor();
  await expectAccessible(second);
  await button(second, "Cast this ballot").click();
  await voted(second).waitFor();
  expect(election.verify("--tracker", later).report).toMatch(/it counts/);
  await first.context().close();
});

it("says that voting has closed, whenever it notices", async () => {
  const { page } = await open(browser);
  await identify(page, election.credentials[7]!);
  await fillIn(page);
  await seal(page);
  server.problem = { status: 409, type: "closed" };
  await button(page, "Cast this ballot").click();
  await page.getByRole("heading", { name: /Voting closed before your ballot arrived/ }).waitFor();
  await expectAccessible(page);
  server.view = { ...server.view, phase: "closed" };
  await page.goto("about:blank");
  await page.goto(url());
  await page.getByRole("heading", { name: "Voting has closed" }).waitFor();
  await expectAccessible(page);
  server.view = { ...server.view, phase: "announced" };
  await page.reload();
  await page.getByRole("heading", { name: "Voting has not opened yet" }).waitFor();
  await page.context().close();
});

it("finds a ballot in the box that another node has taken a moment ago, and no more offers to vote again", async () => {
  const { page } = await open(browser, narrow);
  await identify(page, election.credentials[7]!);
  await fillIn(page);
  const tracker = await seal(page);
  server.problem = { status: 409, type: "closed" };
  let looks = 0;
  const known = 5; // the look from which on the node knows it
  await page.route(/\/ballots\?from=/, (route) => {
    const trackers = ++looks >= known ? [tracker] : [];
    return route.fulfill({ json: { from: 0, ballots: trackers.length, trackers } });
  });
  await button(page, "Cast this ballot").click();
  await page.getByRole("heading", { name: /Voting closed before your ballot arrived/ }).waitFor();
  expect(looks).toBe(3);
  expect(await page.getByRole("link", { name: "The ballot box" }).getAttribute("href")).toBe(`/ballots/${election.uuid}`);
  await expectAccessible(page);
  await button(page, "Try again").click();
  await voted(page).waitFor();
  expect(looks).toBe(known);
  expect(await button(page, "Vote again").count()).toBe(0);
  expect(await page.getByText("until voting closes").count()).toBe(0);
  await page.getByRole("link", { name: "The ballot box" }).waitFor();
  await expectAccessible(page);
  await page.context().close();
});

it("says in the server's own words, marked as English, why a ballot is refused", async () => {
  const { page } = await open(browser, narrow, "cy-GB");
  await page.goto(url());
  await page.getByLabel("Eich cod pleidleisio").fill(election.credentials[7]!);
  for (const step of ["Ymlaen", "Dewis Dilys Derwen yn rhif 1", "Ymlaen"]) await button(page, step).click();
  await page.getByRole("radio", { name: /Pleidlais wag/ }).check();
  await button(page, "Ymlaen").click();
  await page.getByRole("checkbox", { name: "Gwen Gorse" }).check();
  for (const step of ["Ymlaen", "Amgryptio fy mhleidlais"]) await button(page, step).click();
  server.problem = { status: 422, type: "refused" };
  await button(page, "Bwrw’r bleidlais hon").click();
  await page.getByText("Dywedodd y gweinydd: refused").locator("[lang=en]", { hasText: "refused" }).waitFor();
  await expectAccessible(page);
  await page.context().close();
});

it("keeps the ballot when the session has expired", async () => {
  const { page } = await open(browser);
  await identify(page, election.credentials[7]!);
  await fillIn(page);
  await seal(page);
  server.problem = { status: 401, type: "session-expired" };
  await button(page, "Cast this ballot").click();
  await page.getByRole("heading", { name: /You have been signed out/ }).waitFor();
  server.problem = null;
  await button(page, "Try again").click();
  await voted(page).waitFor();
  await page.context().close();
});

it("goes back with the browser's button and keeps what was chosen", async () => {
  const { page } = await open(browser);
  await identify(page, election.credentials[8]!);
  await fillIn(page);
  await page.goBack();
  expect(await page.getByRole("checkbox", { name: "Fay Fir" }).isChecked()).toBe(true);
  await page.goBack();
  await page.goBack();
  expect(await page.locator(".ranking .rank").allTextContents()).toEqual(["–", "1", "–", "–", "2"]);
  await page.context().close();
});

it("speaks Welsh from start to end", async () => {
  const { page } = await open(browser, narrow, "cy-GB");
  await page.goto(url());
  await page.getByLabel("Eich cod pleidleisio").fill(election.credentials[9]!);
  await expectAccessible(page);
  await button(page, "Ymlaen").click();
  await button(page, "Dewis Dilys Derwen yn rhif 1").click();
  await button(page, "Ymlaen").click();
  await page.getByRole("radio", { name: /Pleidlais wag/ }).check();
  await button(page, "Ymlaen").click();
  await page.getByRole("checkbox", { name: "Gwen Gorse" }).check();
  await button(page, "Ymlaen").click();
  await page.getByRole("heading", { name: "Gwiriwch eich atebion" }).waitFor();
  await button(page, "Amgryptio fy mhleidlais").click();
  await button(page, "Bwrw’r bleidlais hon").click();
  await page.getByRole("heading", { name: "Rydych wedi pleidleisio" }).waitFor();
  expect(await page.locator("html").getAttribute("lang")).toBe("cy");
  await expectAccessible(page);
  await button(page, "English").click();
  await voted(page).waitFor();
  await page.context().close();
});

it("can be done with the keyboard alone", async () => {
  const { page } = await open(browser);
  await page.goto(url());
  await page.getByLabel("Your voting credential").waitFor();
  const focused = () =>
    page.evaluate(() => {
      const it = document.activeElement as HTMLElement | null;
      return it?.getAttribute("aria-label") ?? (it as HTMLInputElement | null)?.labels?.[0]?.textContent ?? it?.textContent ?? "";
    });
  // Tabs on until what has the focus is called so.
  const tabTo = async (name: string) => {
    for (let i = 0; i < 60; ++i) {
      await page.keyboard.press("Tab");
      if ((await focused()).startsWith(name)) return;
    }
    throw new Error(`the keyboard does not come to “${name}”`);
  };
  await tabTo("Skip to the main content");
  await page.keyboard.press("Enter");
  await tabTo("Your voting credential");
  await page.keyboard.type(election.credentials[10]!);
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "Who is to chair the choir?" }).waitFor();
  expect(await focused()).toContain("Who is to chair the choir?");
  await tabTo("Choose Cy Cedar as number 1");
  await page.keyboard.press("Enter");
  await expect.poll(focused).toBe("Remove Cy Cedar from your ranking");
  await tabTo("Choose Eve Elder as number 2");
  await page.keyboard.press("Space");
  await expect.poll(focused).toBe("Remove Eve Elder from your ranking");
  await tabTo("Continue");
  await page.keyboard.press("Enter");
  await page.getByRole("radio", { name: "Yes" }).waitFor();
  await tabTo("Yes");
  await page.keyboard.press("ArrowDown"); // No
  await tabTo("Continue");
  await page.keyboard.press("Enter");
  await page.getByRole("checkbox", { name: "Fay Fir" }).waitFor();
  await tabTo("Huw Hazel");
  await page.keyboard.press("Space");
  await tabTo("Continue");
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "Check your answers" }).waitFor();
  expect(await page.locator(".answers dd:not(.action)").allTextContents()).toEqual(["Cy CedarEve Elder", "No", "Huw Hazel"]);
  await tabTo("Encrypt my ballot");
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "Your ballot is encrypted" }).waitFor();
  await tabTo("Cast this ballot");
  await page.keyboard.press("Enter");
  await voted(page).waitFor();
  await expect.poll(focused).toBe("You have voted");
  await page.context().close();
});

// The last test: the election is counted, and what the browser made is what comes out.
it("leaves a record that folkmoot-verify finds valid, with the ballots that were meant", async () => {
  election.finish();
  const { status, report } = election.verify();
  expect(report).toMatch(/VALID/);
  expect(status).toBe(0);
});
