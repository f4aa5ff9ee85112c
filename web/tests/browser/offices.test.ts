// What officers do, each from their own page, with the real server over a small organisation of the program folkmoot: a
// contest is called, a case decided, the roll kept, money entered, a change of the charter moved. Each act shows the rule
// that allows it and what will be on the record, and is then just so in the ledger and on the pages for everybody.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Browser, Page } from "playwright-core";
import type { Act, LedgerPage, Organisation } from "../../src/site/schema";
import { expectAccessible, launch, narrow, open, wide } from "../support/browser";
import { Moot } from "../support/moot";
import { root } from "../support/native";
import { answerOf, misfits } from "../support/schema";
import { enrolKey, showPasskey, signIn } from "../support/sign_in";

const [chair, secretary, treasurer, returningOfficer, accused] = [1, 2, 3, 5, 8];
const evidence = "ab".repeat(32); // the hash of what nobody else may read
const newcomer = "m-00000000000000aa";
const inDays = (days: number) => new Date(Date.now() + days * 24 * 3600 * 1000).toISOString().slice(0, 16);

interface Deed {
  who: number;
  from?: string; // the page that leads to the act
  act: string; // its link there
  type: string;
  fields: Record<string, string>; // what is chosen or entered, by the name of the field
  rule: string;
  second?: { who: number; label: string };
}

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser?.close());

describe.each([
  ["320 px", narrow],
  ["1280 px", wide],
])("at %s", (_, viewport) => {
  let moot: Moot;
  const people = new Map<number, Page>();
  const problems: string[] = [];

  beforeAll(async () => {
    moot = await Moot.start();
  });
  afterAll(async () => {
    for (const page of people.values()) await page.context().close();
    await moot?.stop();
  });

  const get = async <Value>(path: string) => (await (await fetch(`${moot.address}/api/v1/${path}`)).json()) as Value;
  const press = (page: Page, name: string) => page.getByRole("button", { name, exact: true }).click();
  const heading = (page: Page, name: string) => page.getByRole("heading", { level: 1, name }).waitFor();

  // That person's browser: signed in, with a second factor shown and a signing key.
  async function as(who: number): Promise<Page> {
    const before = people.get(who);
    if (before) return before;
    const opened = await open(browser, viewport);
    opened.page.on("close", () => problems.push(...opened.problems));
    await signIn(opened.page, moot, who);
    await showPasskey(opened.page, moot);
    await enrolKey(opened.page, moot);
    people.set(who, opened.page);
    return opened.page;
  }

  async function fill(page: Page, fields: Deed["fields"]): Promise<void> {
    for (const [name, value] of Object.entries(fields)) {
      const input = page.locator(`#field-${name}`);
      await input.waitFor();
      const kind = await input.evaluate((element) => (element instanceof HTMLSelectElement ? "select" : (element as HTMLInputElement).type));
      if (kind === "select") await input.selectOption(value);
      else if (kind === "checkbox") await input.check();
      else await input.fill(value);
    }
  }

  // Does it as it stands in the table; gives the entry, which is what was shown before.
  async function done({ who, from = "/office", act, type, fields, rule, second }: Deed): Promise<Act> {
    let page = await as(who);
    if (second) await as(second.who); // whoever is to sign has a key
    await page.goto(moot.address + from);
    await page.getByRole("link", { name: act, exact: true }).click();
    await heading(page, act.split(": ")[0]!);
    await fill(page, fields);
    if (second) await page.getByLabel("The second person").selectOption({ label: second.label });
    await press(page, "Check what will be on the record");
    await heading(page, "Check what will be on the record");
    await page.getByText(`The charter’s rule that allows it: ${rule}`, { exact: true }).waitFor();
    await expectAccessible(page);
    const shown = JSON.parse((await page.locator("pre").textContent())!) as Act;
    if (second) {
      await press(page, "Sign and hand over");
      await heading(page, "You have signed, and it waits");
      page = await as(second.who);
      await page.goto(`${moot.address}/office`);
      await page.getByRole("link", { name: `Look at it and sign: ${act}` }).click();
      await page.getByText(`The charter’s rule that allows it: ${rule}`, { exact: true }).waitFor();
    }
    await page.getByRole("button", { name: /^(Sign and confirm|Confirm)$/ }).click();
    await heading(page, "It is on the record");
    await page.getByRole("link", { name: "Look at it in the ledger" }).click();
    const number = Number(page.url().split("#act-")[1]);
    await page.locator(`#act-${number}`, { hasText: `${type}: ` }).getByText(`Rule: ${rule}`, { exact: true }).waitFor();
    await expectAccessible(page);
    const [entry] = (await get<LedgerPage>(`ledger?from=${number}&limit=1`)).entries;
    // What the clock gives is worked out anew when it is done.
    const untimed = (body: Record<string, unknown>) => Object.entries(body).map(([name, value]) => [name, /^\d{4}-.*Z$/.test(String(value)) ? "time" : value]);
    expect(entry!.type).toBe(type);
    expect(untimed(entry!.body)).toEqual(untimed(shown.body));
    expect(entry!.seconded_by).toHaveLength(second ? 1 : 0);
    return entry!;
  }
  const thing = (entry: Act, process: string) => entry.things.find((id) => id.startsWith(`${process}-`))!;

  it("calls a contest", async () => {
    const deed = { who: returningOfficer, act: "Call a contest", type: "contest.call", fields: { post: "appeals-member", seats: "1" }, rule: "posts.appeals-member.contest" };
    const contest = thing(await done(deed), "contest");
    const page = await as(returningOfficer);
    await page.goto(`${moot.address}/contests`);
    await page.getByRole("link", { name: "Member of the appeals panel" }).click();
    await heading(page, "Member of the appeals panel");
    expect(page.url()).toBe(`${moot.address}/contests/${contest}`);
    await expectAccessible(page);
  });

  it("opens a case, seats its panel and decides it with a second person", async () => {
    const opened = await done({
      who: secretary,
      act: "Open a case",
      type: "case.open",
      fields: { member: moot.member(accused), rule: "respect", evidence, notice: evidence },
      rule: "discipline.rules",
    });
    const id = thing(opened, "case");
    const seat = (member: number): Deed => ({
      who: secretary,
      act: "Seat a member of the panel",
      type: "case.seat",
      fields: { case: id, member: moot.member(member) },
      rule: "discipline.panel",
    });
    for (const member of [chair, treasurer, 4]) await done(seat(member));
    await done({ who: accused, from: "/me", act: `Reply in my case: ${id}`, type: "case.reply", fields: { statement: evidence }, rule: "discipline.notice" });
    await done({
      who: secretary,
      act: "Suspend a member",
      type: "case.suspend",
      fields: { organ: "committee", case: id, until: inDays(30), reasons: evidence },
      rule: "discipline.longest_suspension",
      second: { who: chair, label: "Ada Ash, Chair" },
    });
    const page = await as(secretary);
    await page.goto(`${moot.address}/ledger?about=${id}`);
    await heading(page, `What is about ${id}`);
    expect(await page.locator(".act strong").allTextContents()).toEqual(["case.suspend", "case.reply", "case.seat", "case.seat", "case.seat", "case.open"]);
    await expectAccessible(page);
  });

  it("keeps the roll", async () => {
    const { members } = await get<Organisation>("organisation");
    await done({ who: secretary, act: "Put members on the roll", type: "member.admit", fields: { members: newcomer, section: "mill" }, rule: "duties.roll" });
    await done({ who: secretary, act: "Move a member to another section", type: "member.move", fields: { member: newcomer, section: "shop" }, rule: "duties.roll" });
    const page = await as(secretary);
    await page.goto(moot.address);
    await page.getByText(`${members + 1} members`).waitFor();
    await page.goto(`${moot.address}/ledger?about=${newcomer}`);
    await page.locator(".act", { hasText: "member.move" }).waitFor();
  });

  it("enters money spent: within the limit, over it without a mandate, and with one", async () => {
    const spend = (fields: Record<string, string>, second?: Deed["second"]): Deed => ({ who: treasurer, act: "Enter money spent", type: "spend.enter", fields, rule: "spending.limit", ...(second ? { second } : {}) });
    const little = thing(await done(spend({ amount: "40000", purpose: "Flour" })), "spend");
    const much = thing(await done(spend({ amount: "60000", purpose: "A boat" })), "spend");
    const taken = await done({
      who: secretary,
      act: "Record a decision",
      type: "decision.take",
      fields: { organ: "committee", title: "An oven", hash: "There is to be an oven.", present: "4", yes: "4", no: "0" },
      rule: "organs.committee.quorum",
    });
    const granted = await done({
      who: secretary,
      act: "Grant a mandate to spend",
      type: "mandate.grant",
      fields: { organ: "committee", decision: thing(taken, "decision"), amount: "90000", until: inDays(60) },
      rule: "spending.mandates",
      second: { who: treasurer, label: "Cy Cedar, Treasurer" },
    });
    const oven = thing(await done(spend({ amount: "70000", mandate: thing(granted, "mandate"), purpose: "The oven" }, { who: chair, label: "Ada Ash, Chair" })), "spend");
    // The clock says at once which of them is in order.
    const page = await as(treasurer);
    for (const [id, act] of [[little, "spend.pass"], [much, "spend.flag"], [oven, "spend.pass"]] as const) {
      await expect.poll(async () => (await get<LedgerPage>(`ledger?about=${id}`)).entries.map(({ type }) => type)).toContain(act);
    }
    await page.goto(moot.address);
    await page.getByText("60000 spent without a mandate or a second officer").waitFor();
    await expectAccessible(page);
  });

  it("moves a change of the charter, which its seconders bring into debate", async () => {
    const text = readFileSync(join(root, "examples/cooperative.toml"), "utf8").replace('longest_suspension = "90 days"', 'longest_suspension = "60 days"');
    const moved = await done({
      who: chair,
      from: "/me",
      act: "Propose a motion",
      type: "motion.propose",
      fields: { rule: "rules", title: "Shorter suspensions", hash: text, text: "" },
      rule: "motions.rules.electorate",
    });
    expect(moved.body.text).toBe(text);
    const motion = thing(moved, "motion");
    for (const who of [secretary, treasurer, returningOfficer]) {
      const page = await as(who);
      await page.goto(`${moot.address}/motions`);
      await page.getByRole("link", { name: "Second it: Shorter suspensions" }).click();
      await page.getByText("The charter’s rule that allows it: motions.rules.seconders", { exact: true }).waitFor();
      await press(page, "Confirm");
      await heading(page, "It is on the record");
    }
    await expect.poll(async () => (await get<LedgerPage>(`ledger?about=${motion}`)).entries.map(({ type }) => type)).toContain("motion.table");
    const page = await as(chair);
    await page.goto(`${moot.address}/motions`);
    await page.locator(`#${motion}`).getByText("The charter as it would be").click();
    expect(await page.locator(`#${motion} pre`).textContent()).toBe(text);
    await expectAccessible(page);
    // What is in force is still the first version, in words.
    await page.goto(moot.address);
    await page.getByRole("link", { name: "version 1" }).click();
    await heading(page, "The charter");
    await page.getByRole("link", { name: "Shorter suspensions" }).waitFor();
    await page.locator('[id="discipline.longest_suspension"]').getByText("90 days").waitFor();
    await expectAccessible(page);
  });

  it("is all on the pages for everybody", async () => {
    const { page, problems: found } = await open(browser, viewport);
    const facts = async () => Object.fromEntries(await page.locator(".facts > div").evaluateAll((all) => all.map((one) => [one.querySelector("dt")!.textContent, one.querySelector("dd")!.textContent])));
    for (const path of ["cases", "spending", "roll"]) expect(misfits(await get(path), answerOf(`/api/v1/${path}`)), path).toEqual([]);
    await page.goto(`${moot.address}/cases`);
    await heading(page, "Disciplinary cases");
    expect(await facts()).toMatchObject({ About: moot.member(accused), "Brought by": "Ben Birch", Panel: "Ada Ash, Cy Cedar, Dot Dogwood" });
    await page.getByText("suspended", { exact: true }).waitFor();
    expect(await page.locator("main").textContent()).not.toContain("Hana");
    await expectAccessible(page);
    await page.goto(`${moot.address}/spending`);
    await heading(page, "Spending");
    expect(await facts()).toEqual({
      "The limit": "50,000: more takes a mandate of The committee, and two officers",
      "Entered in all": "170,000",
      "Of this flagged": "60,000",
      "Left in open mandates": "20,000",
    });
    await page.getByText("The oven", { exact: true }).waitFor();
    await expectAccessible(page);
    await page.goto(`${moot.address}/roll`);
    await heading(page, "The roll");
    expect(await page.locator("tbody tr").allTextContents()).toEqual(["none10", "shop81"]);
    await expectAccessible(page);
    expect(found).toEqual([]);
    await page.context().close();
  });

  it("leaves a ledger that an auditor's program finds right", () => {
    expect(problems).toEqual([]);
    const { status, report } = moot.audit();
    expect(report).toMatch(/^VALID\. /m);
    expect(status).toBe(0);
  });
});
