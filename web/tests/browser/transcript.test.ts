// What a screen reader finds at each step of a vote: the accessibility tree, as text. A change to it is meant, or a fault;
// `npx vitest run --dir tests/browser transcript -u` writes it anew.
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Browser, Page } from "playwright-core";
import { launch, narrow, open } from "../support/browser";
import { Election } from "../support/native";
import { TestServer } from "../support/server";

let browser: Browser;
let election: Election;
let server: TestServer;

beforeAll(async () => {
  election = new Election(1);
  server = await TestServer.start(election);
  browser = await launch();
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
  election?.remove();
});

it("is as written", async () => {
  const { page } = await open(browser, narrow, "en-GB", { timezoneId: "Europe/London" });
  const steps: string[] = [];
  const note = async (step: string) => {
    const tree = await page.locator("body").ariaSnapshot();
    steps.push(`# ${step}\n${tree}`);
  };
  const button = (name: string | RegExp) => page.getByRole("button", { name }).click();
  const arrived = (name: string, on: Page = page) => on.getByRole("heading", { name, level: 1 }).waitFor();
  await page.goto(`${server.address}/vote/${election.uuid}`);
  await arrived("Riverside Choir");
  await note("The page is opened");
  await button("Continue");
  await page.getByRole("alert").waitFor();
  await note("Continue, without a credential");
  await page.getByLabel("Your voting credential").fill(election.credentials[0]!);
  await button("Continue");
  await arrived("Who is to chair the choir?");
  await note("The ranking");
  await button("Choose Dilys Derwen as number 1");
  await button("Choose Ada Ash as number 2");
  await button("Move Ada Ash up, to number 1");
  await note("Dilys Derwen chosen, then Ada Ash, who is moved up");
  await button("Continue");
  await arrived("Is the budget approved?");
  await page.getByRole("radio", { name: "Blank vote" }).check();
  await note("A blank vote");
  await button("Continue");
  await arrived("Who is to sit on the committee?");
  await page.getByRole("checkbox", { name: "Iris Ivy" }).check();
  await note("One of the committee");
  await button("Continue");
  await arrived("Check your answers");
  await note("The answers");
  await button("Encrypt my ballot");
  await arrived("Your ballot is encrypted");
  const tracker = (await page.locator(".tracker dd").textContent())!;
  await note("The sealed ballot");
  await button("Cast this ballot");
  await arrived("You have voted");
  await note("The confirmation");
  const transcript = steps.join("\n\n").replaceAll(tracker, "TRACKER").replaceAll(election.uuid, "UUID").replaceAll(encodeURIComponent(tracker), "TRACKER").replaceAll(/SHA-256 [0-9a-f]{64}/g, "SHA-256 …");
  await expect(`${transcript}\n`).toMatchFileSnapshot("vote.transcript.yaml");
  await page.context().close();
});
