// Ballot papers with the other kinds of questions, on a phone: many candidates for several seats, of whom only some can be
// ranked; lists; grades. And with what the program folkmoot makes of the ballots.
import { readFileSync } from "node:fs";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import type { Browser, Page } from "playwright-core";
import { expectAccessible, launch, narrow, open } from "../support/browser";
import { Election } from "../support/native";
import { TestServer } from "../support/server";

const candidates = Array.from({ length: 32 }, (_, i) => `Candidate ${String(i + 1).padStart(2, "0")} of the Western Isles`);
const paper = {
  name: "Council",
  contests: [
    { kind: "ranking", question: "Who is to sit on the council?", candidates, preferences: 4, rule: "wigm-prf", seats: 5 },
    { kind: "lists", question: "Whose programme?", lists: [["Sea", "Jo Juniper", "Kit Kapok"], ["Hills", "Lil Larch", "Max Maple"]] },
  ],
};
const grades = {
  type: "NonHomomorphic",
  value: { answers: ["A pier", "A bench", "A lamp"], question: "How good are these plans?" },
  extra: { type: "MajorityJudgment", grades: ["Excellent", "Good", "Passable", "To be rejected"] },
};

let browser: Browser;
let election: Election;
let server: TestServer;
let page: Page;
let problems: string[];

beforeAll(async () => {
  election = new Election(2, paper);
  [server, browser] = await Promise.all([TestServer.start(election), launch()]);
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
  election?.remove();
});
beforeEach(async () => {
  ({ page, problems } = await open(browser, narrow));
  return async () => {
    expect(problems).toEqual([]);
    await page.context().close();
  };
});

const go = (name: string | RegExp) => page.getByRole("button", { name }).click();
const begin = async (voter: number, question: string) => {
  await page.goto(`${server.address}/vote/${election.uuid}`);
  await page.getByLabel("Your voting credential").fill(election.credentials[voter]!);
  await go("Continue");
  await page.getByRole("heading", { name: question }).waitFor();
  await expectAccessible(page);
};
const answers = () => page.locator(".answers dd:not(.action)").allInnerTexts();

it("ranks four of 32 for five seats, and chooses a list with some of its candidates", async () => {
  await begin(0, "Who is to sit on the council?");
  const ranked = [31, 4, 17, 30].map((i) => candidates[i]!);
  for (const [i, name] of ranked.entries()) await go(`Choose ${name} as number ${i + 1}`);
  await page.getByText("You have used all the places.", { exact: false }).waitFor();
  expect(await page.getByRole("button", { name: /^Choose / }).and(page.locator(":enabled")).count()).toBe(0);
  await go(`Move ${ranked[3]} up, to number 3`);
  await go("Put in order");
  expect((await page.locator(".ranking .name").allTextContents()).slice(0, 5)).toEqual([ranked[0], ranked[1], ranked[3], ranked[2], candidates[0]]);
  await expectAccessible(page);
  await go("Continue");

  await page.getByRole("heading", { name: "Whose programme?" }).waitFor();
  await go("Continue");
  await page.getByRole("link", { name: "Choose a list" }).waitFor();
  await page.getByRole("radio", { name: "Hills" }).check();
  await go("Continue");
  await page.getByRole("alert").getByRole("link").waitFor(); // somebody on it
  await page.getByRole("checkbox", { name: "Max Maple" }).check();
  await expectAccessible(page);
  await go("Continue");
  await page.getByRole("heading", { name: "Check your answers" }).waitFor();
  expect((await answers()).map((text) => text.split("\n").filter(Boolean))).toEqual([
    [ranked[0], ranked[1], ranked[3], ranked[2]],
    ["Hills", "Max Maple"],
  ]);
  await expectAccessible(page);
  await go("Encrypt my ballot");
  await go("Cast this ballot");
  await page.getByRole("heading", { name: "You have voted" }).waitFor();
  expect(election.ballots).toHaveLength(1);
});

it("grades each of several plans, or some", async () => {
  // The program folkmoot drafts none such, and the original tools do.
  const text = JSON.stringify({ ...(JSON.parse(election.election) as object), questions: [grades] });
  server.view = { ...server.view, election: text };
  await begin(1, "How good are these plans?");
  await page.getByRole("group", { name: "A pier" }).getByRole("radio", { name: "Good" }).check();
  await page.getByRole("group", { name: "A lamp" }).getByRole("radio", { name: "To be rejected" }).check();
  await expectAccessible(page);
  await go("Continue");
  await page.getByRole("heading", { name: "Check your answers" }).waitFor();
  expect((await answers())[0]!.split("\n").filter(Boolean)).toEqual(["A pier: Good", "A bench: No grade", "A lamp: To be rejected"]);
  await expectAccessible(page);
  await go("Encrypt my ballot");
  await go("Open this ballot to test it");
  const [file] = await Promise.all([page.waitForEvent("download"), go("Save the opened ballot")]);
  expect((JSON.parse(readFileSync(await file.path(), "utf8")) as { answers: number[][] }).answers).toEqual([[2, 0, 4]]);
});

it("leaves a record that folkmoot-verify finds valid, with the list and the candidates that were meant", () => {
  election.finish();
  const { status, report } = election.verify("--json");
  expect(status, report).toBe(0);
  expect((JSON.parse(report) as { result: unknown }).result).toEqual([[[32, 5, 31, 18]], [[0, 0, 0], [1, 0, 1]]]);
});
