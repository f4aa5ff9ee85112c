// The pictures in docs/images, to be looked at: `npm run screenshots` takes them anew.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, it } from "vitest";
import type { Browser, Page } from "playwright-core";
import { launch, narrow, open, wide } from "../support/browser";
import type { ContestHead } from "../../src/site/schema";
import type { ExampleView } from "../../src/trustee/calls";
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

// The first screens say what a page is like; some are very long.
async function firstScreens(page: Page, name: string, address: string): Promise<void> {
  const { width, height } = page.viewportSize()!;
  await page.goto(address);
  await page.getByRole("heading", { level: 1 }).waitFor();
  await page.waitForLoadState("networkidle");
  writeFileSync(join(images, `${name}.png`), await page.screenshot({ clip: { x: 0, y: 0, width, height: height * 2 }, fullPage: true }));
}

describe("of the example organisation", () => {
  let example: Example;
  const get = async <Value>(path: string) => (await (await fetch(`${example.address}/api/v1/${path}`)).json()) as Value;
  beforeAll(async () => {
    example = await Example.start();
  }, 400_000);
  afterAll(async () => example?.stop());

  it("takes those of the pages for everybody", async () => {
    const contests = await get<ContestHead[]>("contests");
    const contest = (post: string) => `/contests/${contests.find((one) => one.post === post)!.id}`;
    const pages: [string, string, typeof narrow][] = [
      ["home", "/", wide],
      ["contest", contest("deputy-chair"), wide],
      ["result", `${contest("coordinator")}/result`, wide],
      ["motions", "/motions", wide],
      ["ledger", "/ledger", wide],
      ["example", "/example", wide],
      ["phone-contest", contest("deputy-chair"), narrow],
      ["phone-petitions", "/petitions", narrow],
      ["phone-sign-in", "/sign-in", narrow],
    ];
    for (const [name, address, viewport] of pages) {
      const { page } = await open(browser, viewport);
      await firstScreens(page, name, example.address + address);
      await page.context().close();
    }
  }, 400_000);

  it("takes those of the pages for who has something to do", async () => {
    const { people, election } = await get<ExampleView>("example");
    const pages: [string, string, string, typeof narrow][] = [
      ["office", "returning-officer", "/office", wide],
      ["run", "returning-officer", `/run/${election}`, wide],
      ["trustee", "trustee", `/trustee?election=${election}`, wide],
      ["phone-me", "member", "/me", narrow],
    ];
    for (const [name, role, address, viewport] of pages) {
      const { page } = await open(browser, viewport);
      await page.goto(`${example.address}/example`);
      const person = people.find((one) => one.role.includes(role))!.name;
      await button(page, `Be ${person}`);
      await page.getByText(`You are ${person}`).waitFor();
      await firstScreens(page, name, example.address + address);
      await page.context().close();
    }
  }, 400_000);
});
