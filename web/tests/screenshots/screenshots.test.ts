// The pictures in docs/images, to be looked at: `npm run screenshots` takes them anew.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, it } from "vitest";
import type { Browser, Page } from "playwright-core";
import { launch, narrow, open, wide } from "../support/browser";
import type { ContestHead } from "../../src/site/schema";
import { Example } from "../support/example";
import { Election, root } from "../support/native";
import { TestServer } from "../support/server";

const images = join(root, "docs/images");
let browser: Browser;
let election: Election;
let server: TestServer;

beforeAll(async () => {
  mkdirSync(images, { recursive: true });
  election = new Election(3);
  server = await TestServer.start(election);
  browser = await launch();
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
  election?.remove();
});

const unwanted = ["dark-error", "dark-answers"]; // the phone has them
const picture = async (page: Page, name: string) => {
  if (unwanted.includes(name)) return;
  writeFileSync(join(images, `${name}.png`), await page.screenshot({ fullPage: true }));
};
const button = (page: Page, name: string | RegExp) => page.getByRole("button", { name }).click();

async function vote(page: Page, voter: number, prefix: string): Promise<void> {
  await page.goto(`${server.address}/vote/${election.uuid}`);
  await page.getByLabel("Your voting credential").fill(election.credentials[voter]!);
  await button(page, "Continue");
  await button(page, "Choose Ben Birch as number 1");
  await button(page, "Choose Eve Elder as number 2");
  await picture(page, `${prefix}-ranking`);
  await button(page, "Continue");
  await page.getByRole("radio", { name: "Yes" }).check();
  await button(page, "Continue");
  await button(page, "Continue");
  await page.getByRole("alert").waitFor();
  await picture(page, `${prefix}-error`);
  await page.getByRole("checkbox", { name: "Fay Fir" }).check();
  await button(page, "Continue");
  await page.getByRole("heading", { name: "Check your answers" }).waitFor();
  await picture(page, `${prefix}-answers`);
  await button(page, "Encrypt my ballot");
  await page.getByRole("heading", { name: "Your ballot is encrypted" }).waitFor();
  await button(page, "Cast this ballot");
  await page.getByRole("heading", { name: "You have voted" }).waitFor();
  await picture(page, `${prefix}-voted`);
}

it("takes them", async () => {
  const phone = await open(browser, narrow, "en-GB", { deviceScaleFactor: 1 });
  await vote(phone.page, 0, "phone");
  const dark = await open(browser, { width: 900, height: 700 }, "en-GB", { colorScheme: "dark" });
  await vote(dark.page, 1, "dark");
  election.finish();
  const { page } = await open(browser, wide);
  await page.goto(`${server.address}/audit?election=${election.uuid}`);
  await picture(page, "audit-form");
  await button(page, "Check it");
  await page.getByRole("heading", { name: "Everything is right" }).waitFor();
  await picture(page, "audit-report");
});

it("takes those of the pages about the organisation", async () => {
  const example = await Example.start();
  const contests = (await (await fetch(`${example.address}/api/v1/contests`)).json()) as ContestHead[];
  const contest = (post: string) => `/contests/${contests.find((one) => one.post === post)!.id}`;
  const pages: [string, string, typeof narrow][] = [
    ["home", "/", wide],
    ["contest", contest("deputy-chair"), wide],
    ["result", `${contest("coordinator")}/result`, wide],
    ["motions", "/motions", wide],
    ["ledger", "/ledger", wide],
    ["phone-contest", contest("deputy-chair"), narrow],
    ["phone-petitions", "/petitions", narrow],
  ];
  for (const [name, address, viewport] of pages) {
    const { page } = await open(browser, viewport);
    await page.goto(example.address + address);
    await page.getByRole("heading", { level: 1 }).waitFor();
    await page.waitForLoadState("networkidle");
    // The first screens say what the page is like; some pages are very long.
    writeFileSync(join(images, `${name}.png`), await page.screenshot({ clip: { x: 0, y: 0, width: viewport.width, height: viewport.height * 2 }, fullPage: true }));
    await page.context().close();
  }
  await example.stop();
}, 400_000);
