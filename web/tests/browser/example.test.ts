// The example organisation of the program folkmoot, on its own server: from an open ballot to the act that declares the
// result, as one person after the other.
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Browser, Page } from "playwright-core";
import type { ExampleKeys, ExampleView } from "../../src/trustee/calls";
import { passphrase } from "../../src/trustee/example_keys";
import { expectAccessible, launch, narrow, open } from "../support/browser";
import { Example } from "../support/example";

let browser: Browser;
let example: Example;
const get = async <Value>(path: string) => (await (await fetch(`${example.address}/api/v1/${path}`)).json()) as Value;

beforeAll(async () => {
  [example, browser] = await Promise.all([Example.start(), launch()]);
}, 400_000);
afterAll(async () => {
  await browser?.close();
  await example?.stop();
});

it("is clicked through from /example to the declaration", async () => {
  const { people, election } = await get<ExampleView>("example");
  const { trustees } = await get<ExampleKeys>("example/keys");
  const { page, problems } = await open(browser, narrow);
  page.setDefaultTimeout(60_000);
  const be = async (name: string) => {
    await page.goto(`${example.address}/example`);
    await page.getByRole("button", { name: `Be ${name}` }).click();
    await page.getByText(`You are ${name}`).waitFor();
  };
  const officer = people[0]!.name;
  const run = async (label: string, then: string) => {
    await be(officer);
    await page.goto(`${example.address}/run/${election}`);
    await page.getByRole("button", { name: label, exact: true }).click();
    await page.getByRole("button", { name: `Confirm: ${label}` }).click();
    await page.getByText(then).first().waitFor();
    await expectAccessible(page);
  };
  const part = async (on: Page, name: string, label: string) => {
    await be(name);
    await on.goto(`${example.address}/trustee?election=${election}`);
    await on.locator("fieldset input").last().check();
    await on.locator("#passphrase").fill(passphrase);
    await on.getByRole("button", { name: label }).click();
    await on.getByRole("button", { name: "It is the same: send" }).click();
    await on.getByRole("heading", { name: "Your part is in the record" }).waitFor();
    await on.evaluate(() => indexedDB.deleteDatabase("folkmoot.trustee"));
  };

  await be(officer);
  await expectAccessible(page);
  const now = async () => Date.parse((await get<ExampleView>("example")).now);
  for (let week = 0; week < 2; ++week) {
    const before = await now();
    // The answer renews the session.
    await Promise.all([page.waitForResponse(/example\/clock$/), page.getByRole("button", { name: "A week" }).click()]);
    await expect.poll(now, { timeout: 30_000 }).toBeGreaterThan(before + 6 * 24 * 3600 * 1000);
    await page.getByRole("heading", { level: 1, name: "The example organisation" }).waitFor();
  }
  // The server ends the voting by itself when the act election.close has come; the officer may be faster.
  await be(officer);
  await page.goto(`${example.address}/run/${election}`);
  const close = page.getByRole("button", { name: "End the voting", exact: true });
  await close.or(page.getByText("The votes are being shuffled")).first().waitFor();
  if (await close.isVisible()) {
    await close.click();
    await page.getByRole("button", { name: "Confirm: End the voting" }).click();
  }
  await page.getByText("The votes are being shuffled").waitFor();
  for (const { name } of trustees.slice(0, 2)) await part(page, name, "Verify the record and shuffle");
  await run("End the shuffling", "The result is being decrypted");
  for (const { name } of trustees.slice(0, 2)) await part(page, name, "Verify the record and decrypt");
  await run("Compute the result", "The result is in the record");
  await page.getByRole("button", { name: "Verify and count" }).click();
  const act = page.getByRole("link", { name: "Go on to the act" });
  expect(await act.getAttribute("href")).toMatch(/^\/office\/election\.declare\?election=election-\d+&record=[0-9a-f]{64}&supplement=[0-9a-f]{64}&/);
  expect(problems).toEqual([]);
  await page.context().close();
}, 300_000);
