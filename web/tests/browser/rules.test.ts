// The pages of the charter, of cases, spending and the roll, over what a site in memory publishes.
import { describe, expect, it } from "vitest";
import { expectAccessible, narrow, open, wide } from "../support/browser";
import { change, charter, person } from "../support/fake_organisation";
import { ada, browser, heading, olwen, sha256, sian, site, useThree } from "../support/three";

useThree();

const longer = `${charter}notice = "7 days" # to reply\n`;
const time = "2027-03-01T12:00:00Z";

function publish(): void {
  site.motions = [change("motion-8", "Even longer", "debate", `${longer}\n`, person(sian)), change("motion-5", "A week to reply", "in-force", longer, person(olwen))];
  const about = { rule: "respect", officer: person(olwen), reply_by: time, decide_by: time, appeal_by: null, breaches: 0, outcome: null, until: null };
  site.cases = [
    { ...about, id: "case-9", stage: "heard", since: time, member: ada.reference, panel: [person(sian)], decide_by: null, breaches: 1 },
    { ...about, id: "case-4", stage: "suspended", since: time, member: ada.reference, panel: [], appeal_by: time, until: time, outcome: "suspended" },
  ];
  site.published.set(sha256("An oven"), "An oven");
  const spend = { since: time, purpose: sha256("An oven"), entered_by: person(sian), second: null, referred_by: null, decision: null };
  site.spending = {
    limit: 50_000,
    organ: "The committee",
    mandates: [{ id: "mandate-6", stage: "open", since: time, decision: "decision-5", title: "The oven", amount: 90_000, spent: 70_000, until: time }],
    spends: [
      { ...spend, id: "spend-8", stage: "flagged", amount: 60_000, mandate: null },
      { ...spend, id: "spend-9", stage: "flagged", amount: 50_001, mandate: "mandate-6" },
      { ...spend, id: "spend-6", stage: "passed", amount: 60_000, mandate: null }, // the limit was higher
      { ...spend, id: "spend-7", stage: "passed", amount: 70_000, mandate: "mandate-6", second: person(olwen) },
    ],
  };
  site.roll = [
    { section: null, standing: "active", members: 3 },
    { section: "north-shore", standing: "active", members: 40 },
    { section: "north-shore", standing: "lapsed", members: 2 },
  ];
}

describe.each([
  ["320 px", narrow],
  ["1280 px", wide],
])("at %s", (_, viewport) => {
  it("shows the charter in force, and which act brought it", async () => {
    publish();
    const { page, problems } = await open(browser, viewport);
    await page.goto(site.address);
    await page.getByRole("link", { name: "version 2" }).click();
    await heading(page, "The charter");
    await page.locator('[id="discipline.notice"]', { hasText: "7 days" }).waitFor();
    expect(await page.locator('[id="discipline.rules"]').textContent()).toBe("rulesrespect, safety");
    expect(await page.locator("ol.rows > li").allTextContents()).toEqual([
      expect.stringMatching(/^version 2 since 20 February 2027, by the motion “A week to reply”/),
      expect.stringMatching(/^version 1 since 1 January 2027, by the founding/),
    ]);
    expect(await page.getByRole("link", { name: "by the motion “A week to reply”" }).getAttribute("href")).toBe("/motions#motion-5");
    expect(await page.getByRole("link", { name: "Even longer" }).getAttribute("href")).toBe("/motions#motion-8");
    await page.getByText("As it is written").last().click();
    expect(await page.locator("pre").last().textContent()).toBe(charter);
    await expectAccessible(page);
    // Another text than the one on the record is not shown as the charter.
    await page.route("**/api/v1/motions", async (route) => {
      const response = await route.fetch();
      await route.fulfill({ response, body: (await response.text()).replaceAll("7 days", "1 hour") });
    });
    await page.reload();
    await page.getByText("No act on the record has a text with the fingerprint", { exact: false }).waitFor();
    expect(await page.locator("main").textContent()).not.toContain("1 hour");
    expect(problems).toEqual([]);
    await page.context().close();
  });

  it("shows cases by reference, with what is due", async () => {
    publish();
    const { page, problems } = await open(browser, viewport);
    await page.goto(`${site.address}/cases`);
    await heading(page, "Disciplinary cases");
    const [heard, suspended] = await page.locator(".rows > li").allTextContents();
    expect(heard).toMatch(/^case-9: respect.*1 deadline missed.*Brought byOlwen Oak.*PanelSiân Sycamore/);
    expect(heard).not.toMatch(/Reply by|To be decided by|Appeal by/); // it has been heard, and its deadline has passed
    expect(suspended).toMatch(/Appeal by.*Suspended until/);
    expect(await page.locator("main").textContent()).not.toContain("Ada");
    await expectAccessible(page);
    expect(problems).toEqual([]);
    await page.context().close();
  });

  it("adds up what was spent, beside limit and mandates", async () => {
    publish();
    const { page, problems } = await open(browser, viewport);
    await page.goto(`${site.address}/spending`);
    await heading(page, "Spending");
    expect(await page.locator(".facts dd").allTextContents()).toEqual(["50,000: more takes a mandate of The committee, and two officers", "240,001", "110,001", "20,000"]);
    expect(await page.getByRole("progressbar", { name: "70,000 of 90,000 spent" }).getAttribute("value")).toBe("70000");
    await page.locator("#spend-8", { hasText: "Over the limit, without a mandate." }).getByText("An oven").waitFor();
    await page.locator("#spend-9", { hasText: "Over the limit, by one officer alone." }).waitFor();
    expect(await page.locator("#spend-6").textContent()).not.toContain("Over the limit");
    await page.locator("#spend-7", { hasText: "by Siân Sycamore and Olwen Oak." }).getByRole("link", { name: "Its mandate" }).waitFor();
    await expectAccessible(page);
    expect(problems).toEqual([]);
    await page.context().close();
  });

  it("counts the roll", async () => {
    publish();
    const { page, problems } = await open(browser, viewport);
    await page.goto(`${site.address}/roll`);
    await heading(page, "The roll");
    expect(await page.locator(".facts > div").allTextContents()).toEqual(["active43 people", "lapsed2 people"]);
    expect(await page.locator("tbody tr").allTextContents()).toEqual(["none30", "north shore402"]);
    await expectAccessible(page);
    expect(problems).toEqual([]);
    await page.context().close();
  });
});

it("leads from the rule of an act to where it stands in the charter", async () => {
  site.ledger.push({ ...site.ledger[0]!, number: 1, type: "case.open", rule: "discipline.rules", body: {} });
  const { page } = await open(browser, narrow);
  await page.goto(`${site.address}/ledger`);
  await page.getByText("Rule: discipline.rules", { exact: true }).getByRole("link").click();
  await heading(page, "The charter");
  await page.waitForFunction(() => Math.abs(document.getElementById("discipline.rules")?.getBoundingClientRect().top ?? 1e6) < innerHeight);
  // One that the charter leaves open is where it would be; any of several is nowhere.
  site.ledger.push({ ...site.ledger[0]!, number: 2, type: "case.open", rule: "discipline.appeal_within", body: {} }, { ...site.ledger[0]!, number: 3, rule: "organs.*.above" });
  await page.goto(`${site.address}/ledger`);
  expect(await page.getByText("Rule: organs.*.above", { exact: true }).getByRole("link").count()).toBe(0);
  await page.getByText("Rule: discipline.appeal_within", { exact: true }).getByRole("link").click();
  await heading(page, "The charter");
  await page.waitForFunction(() => Math.abs(document.getElementById("discipline")?.getBoundingClientRect().top ?? 1e6) < innerHeight);
  await page.context().close();
});

it("runs no script that stands in a text", async () => {
  const script = `<img src=x onerror="window.hit=1">`;
  publish();
  site.motions = site.motions.map((motion) => ({ ...motion, title: script, text: motion.stage === "in-force" ? `${charter}# ${script}\n["${script}"]\nname = '${script}'\n` : motion.text }));
  site.cases = site.cases.map((one) => ({ ...one, rule: script, member: script, panel: [{ member: "m-1", name: script }] }));
  site.spending = { ...site.spending, organ: script, mandates: site.spending.mandates.map((one) => ({ ...one, title: script })) };
  site.published.set(sha256("An oven"), script);
  site.roll = [{ section: script, standing: "active", members: 1 }];
  const { page } = await open(browser, wide);
  for (const address of ["/charter", "/cases", "/spending", "/roll"]) {
    await page.goto(site.address + address);
    await page.getByRole("heading", { level: 1 }).waitFor();
    await page.waitForLoadState("networkidle");
    expect(await page.locator("main").innerText(), address).toContain("<img src=x");
    expect(await page.locator("main img, main script, [onerror]").count(), address).toBe(0);
    expect(await page.evaluate(() => (window as unknown as { hit?: number }).hit), address).toBeUndefined();
  }
  await page.context().close();
});

it("speaks Welsh on each of these pages", async () => {
  publish();
  const { page } = await open(browser, wide, "cy-GB");
  for (const [address, title] of [["/charter", "Y siarter"], ["/cases", "Achosion disgyblu"], ["/spending", "Gwariant"], ["/roll", "Y gofrestr"]] as const) {
    await page.goto(site.address + address);
    await heading(page, title);
    expect(await page.locator("main").innerText(), address).not.toMatch(/\b(charter|cases|spending|roll|home)\.[a-z]+[A-Za-z.]*(\n|$)/);
  }
  await page.context().close();
});
