// The example organisation of the program folkmoot, on its own server: from the home page to a ballot, its declared result,
// and the audit of the election, as one person after the other.
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Browser, Page } from "playwright-core";
import type { ExampleKeys, ExampleView } from "../../src/trustee/calls";
import { passphrase } from "../../src/trustee/example_keys";
import { expectAccessible, launch, narrow, open, wide } from "../support/browser";
import { Example } from "../support/example";
import { Meter } from "../support/meter";

let browser: Browser;
let example: Example;
let page: Page;
let problems: string[];
const get = async <Value>(path: string) => (await (await fetch(`${example.address}/api/v1/${path}`)).json()) as Value;

beforeAll(async () => {
  [example, browser] = await Promise.all([Example.start(), launch()]);
  ({ page, problems } = await open(browser, narrow));
  page.setDefaultTimeout(60_000);
}, 400_000);
afterAll(async () => {
  await browser?.close();
  await example?.stop();
});

const go = (path: string) => page.goto(example.address + path);
const press = (name: string) => page.getByRole("button", { name, exact: true }).click();
const follow = (name: string) => page.getByRole("link", { name, exact: true }).click();
const heading = (name: string) => page.getByRole("heading", { level: 1, name }).waitFor();

// Each at another screen than the one before.
let people = 0;
async function be(name: string): Promise<void> {
  await page.setViewportSize(++people % 2 ? wide : narrow);
  await go("/example");
  await press(`Be ${name}`);
  await page.getByText(`You are ${name}`).waitFor();
}

// In a booth that is open, with a credential that the page tells, as far as a ballot that is not cast; gives its tracker.
async function seal(booth: Page, credential: string): Promise<string> {
  const go = (name: string | RegExp) => booth.getByRole("button", { name }).first().click();
  await booth.getByLabel("Your voting credential").fill(credential);
  await go("Continue");
  await go(/ as number 1$/);
  await go("Continue");
  await booth.getByRole("heading", { name: "Check your answers" }).waitFor();
  await go("Encrypt my ballot");
  return (await booth.locator(".tracker dd").textContent())!;
}

// As somebody whose credential the page tells; gives the ballot's tracker.
async function vote({ name, credential }: { name: string; credential: string }): Promise<string> {
  await follow(name);
  await seal(page, credential);
  await press("Cast this ballot");
  await heading("You have voted");
  await expectAccessible(page);
  return (await page.locator(".tracker dd").textContent())!;
}

// Somebody whose booth is open when voting closes, and then casts. `lost`: a ballot that was cast before, whose answer had
// not come.
async function openBooth(election: string, credential: string, lost: boolean): Promise<{ booth: Page; tracker: string }> {
  const { page: booth } = await open(browser, narrow);
  booth.setDefaultTimeout(60_000);
  await booth.goto(`${example.address}/vote/${election}`);
  const tracker = await seal(booth, credential);
  if (!lost) return { booth, tracker };
  await booth.route("**/ballots", async (route) => {
    await route.fetch();
    await route.abort();
  });
  await booth.getByRole("button", { name: "Cast this ballot" }).click();
  await booth.getByRole("heading", { name: "We do not know yet whether your ballot arrived" }).waitFor();
  await booth.unroute("**/ballots");
  return { booth, tracker };
}

async function letAWeekPass(): Promise<void> {
  const now = async () => Date.parse((await get<ExampleView>("example")).now);
  const before = await now();
  // The answer renews the session.
  await Promise.all([page.waitForResponse(/example\/clock$/), press("A week")]);
  await expect.poll(now, { timeout: 30_000 }).toBeGreaterThan(before + 6 * 24 * 3600 * 1000);
  await heading("The example organisation");
}

// Which is said beside the tracker, and again when the page is opened anew.
async function isTooLate({ booth, tracker }: { booth: Page; tracker: string }): Promise<void> {
  await booth.getByRole("button", { name: "Cast this ballot" }).click();
  await booth.getByRole("heading", { name: /Voting closed before your ballot arrived/ }).waitFor();
  await booth.getByText("This ballot does not count.", { exact: false }).waitFor();
  // To try again does no harm: it is the same ballot.
  expect(await booth.getByRole("button", { name: /again|Cast|Discard|Change/ }).allTextContents()).toEqual(["Try again"]);
  expect(await booth.locator(".tracker dd").textContent()).toBe(tracker);
  await expectAccessible(booth);
  await booth.reload();
  await booth.getByRole("heading", { name: "Voting has closed" }).waitFor();
  await booth.getByText("It did not arrive before voting closed", { exact: false }).waitFor();
  await booth.getByText(tracker).waitFor();
  await booth.context().close();
}
// A booth that was closed and is opened anew knows, and so does one that has stayed open.
async function hasArrived({ booth, tracker }: { booth: Page; tracker: string }): Promise<void> {
  const anew = await booth.context().newPage();
  await anew.goto(booth.url());
  await anew.getByText("It did arrive before voting closed", { exact: false }).waitFor();
  await anew.getByText(tracker).waitFor();
  await expectAccessible(anew);
  await booth.bringToFront();
  await booth.getByRole("button", { name: "Try again" }).click();
  await booth.getByRole("heading", { name: "You have voted" }).waitFor();
  expect(await booth.locator(".tracker dd").textContent()).toBe(tracker);
  await booth.context().close();
}

// The server ends the voting by itself when the act election.close has come; the officer may be faster.
async function endVoting(officer: string, election: string): Promise<void> {
  await be(officer);
  await go(`/run/${election}`);
  const close = page.getByRole("button", { name: "End the voting", exact: true });
  await close.or(page.getByText("The votes are being shuffled")).first().waitFor();
  if (await close.isVisible()) {
    await close.click();
    await press("Confirm: End the voting");
  }
  await page.getByText("The votes are being shuffled").waitFor();
}

// A step of the returning officer's, and what the page says after it.
async function run(officer: string, election: string, label: string, then: string): Promise<void> {
  await be(officer);
  await go(`/run/${election}`);
  await press(label);
  await page.getByText("duties.contests: the returning officer of an election takes its steps", { exact: false }).waitFor();
  await press(`Confirm: ${label}`);
  await page.getByText(then).first().waitFor();
  await expectAccessible(page);
}

// A trustee's part.
async function part(trustee: string, election: string, label: string): Promise<void> {
  await be(trustee);
  await go(`/trustee?election=${election}`);
  await page.locator("fieldset input").last().check();
  await page.locator("#passphrase").fill(passphrase);
  await press(label);
  await press("It is the same: send");
  await page.getByRole("heading", { name: "Your part is in the record" }).waitFor();
  await page.evaluate(() => indexedDB.deleteDatabase("folkmoot.trustee"));
}

// From the officer's page, as it has computed the result: the act, which takes a second person's signature.
async function declare(election: string, second: { name: string; post: string }): Promise<void> {
  await press("Verify and count");
  await follow("Go on to the act");
  expect(new URL(page.url()).search).toMatch(/^\?election=election-\d+&record=[0-9a-f]{64}&supplement=[0-9a-f]{64}&/);
  await page.getByLabel("The second person").selectOption({ label: `${second.name}, ${second.post}` });
  await press("Check what will be on the record");
  await heading("Check what will be on the record");
  await expectAccessible(page);
  await press("Sign and hand over");
  await heading("You have signed, and it waits");
  await be(second.name);
  await follow("My office");
  await follow("Look at it and sign: Declare a result");
  await press("Sign and confirm");
  await heading("It is on the record");
  await go(`/run/${election}`);
  await page.getByText("The result is declared").first().waitFor();
}

// As anybody, who finds the election in the list.
async function audit(election: string, tracker: string): Promise<void> {
  await follow("Check an election");
  await page.getByRole("navigation", { name: "Elections of this server" }).locator(`a[href$="${election}"]`).click();
  await page.getByLabel("Your tracker").fill(tracker);
  await press("Check it");
  await heading("Everything is right");
  await page.getByText(/^Your ballot is in the record, as number \d+, and it counts\.$/).waitFor();
  await page.getByText("Record and supplement keep to the strict profile.").waitFor();
  await page.getByText("The supplement is the one that the ledger names").waitFor();
  await expectAccessible(page);
}

it("sends a voter whose browser has nothing yet less than 150 KB, up to the first question", async () => {
  const { election } = await get<ExampleView>("example");
  const { voters } = await get<ExampleKeys>("example/keys");
  const meter = await Meter.start(example.address);
  const { page: fresh } = await open(browser, narrow);
  await fresh.goto(`${meter.address}/vote/${election}`);
  await fresh.getByLabel("Your voting credential").fill(voters[0]!.credential);
  await fresh.getByRole("button", { name: "Continue", exact: true }).click();
  await fresh.getByRole("button", { name: / as number 1$/ }).first().waitFor();
  await fresh.context().close();
  await meter.stop();
  for (const kind of ["js", "css", "wasm"]) expect(meter.paths.join(" ")).toContain(`.${kind}`);
  expect(meter.received).toBeLessThan(150 * 1024);
}, 120_000);

it("is clicked through from the home page to a ballot, the declared result and its audit", async () => {
  const { people, election } = await get<ExampleView>("example");
  const { trustees, voters } = await get<ExampleKeys>("example/keys");
  const officer = people[0]!.name;
  const chair = people.find(({ role }) => role.split(", ").includes("chair"))!.name;

  await go("/");
  await follow("Try the example");
  await heading("The example organisation");
  await be(people.find(({ role }) => role === "member")!.name);
  const tracker = await vote(voters[0]!);

  const late = await openBooth(election, voters[1]!.credential, false);
  const unheard = await openBooth(election, voters[2]!.credential, true);

  await be(officer);
  await expectAccessible(page);
  for (let week = 0; week < 2; ++week) await letAWeekPass();
  await isTooLate(late);
  await hasArrived(unheard);
  await endVoting(officer, election);
  for (const { name } of trustees.slice(0, 2)) await part(name, election, "Verify the record and shuffle");
  await run(officer, election, "End the shuffling", "The result is being decrypted");
  for (const { name } of trustees.slice(0, 2)) await part(name, election, "Verify the record and decrypt");
  await run(officer, election, "Compute the result", "The result is in the record");
  await declare(election, { name: chair, post: "Chair" });
  await audit(election, tracker);
  expect(problems).toEqual([]);
}, 400_000);
