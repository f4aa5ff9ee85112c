// Acts in the browser with the real server, over a small organisation of the program folkmoot, whose ledger an auditor's
// program then verifies: a member's, an officer's, and one that takes two.
import { readFileSync } from "node:fs";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Browser, Page } from "playwright-core";
import type { ActKind, FieldKind, Me } from "../../src/member/calls";
import type { LedgerPage, Petition } from "../../src/site/schema";
import { expectAccessible, launch, narrow, open, wide } from "../support/browser";
import { Moot } from "../support/moot";
import { enrolKey, showPasskey, signIn } from "../support/sign_in";

let browser: Browser;
let moot: Moot;

beforeAll(async () => {
  [moot, browser] = await Promise.all([Moot.start(), launch()]);
});
afterAll(async () => {
  await browser?.close();
  await moot?.stop();
});

const button = (page: Page, name: string | RegExp) => page.getByRole("button", { name, exact: typeof name === "string" });
const heading = (page: Page, name: string) => page.getByRole("heading", { level: 1, name }).waitFor();
const get = async <Value>(path: string) => (await (await fetch(`${moot.address}/api/v1/${path}`)).json()) as Value;
const lastAct = async () => (await get<LedgerPage>("ledger?limit=256")).entries.pop()!;
const text = 'The ovens are out of use on Monday.\n"Quotes", \\, \t and ŵ 🥖\n';

it("takes a member's petition, and another member's signature by name, with its receipt", async () => {
  const first = await open(browser, narrow);
  await signIn(first.page, moot, 7);
  await first.page.goto(`${moot.address}/me/petition.open`);
  await heading(first.page, "Open a petition");
  const rule = first.page.getByLabel("Rule", { exact: true });
  await rule.selectOption({ index: 1 });
  if ((await rule.inputValue()) === "recall") await rule.selectOption({ index: 2 });
  await first.page.getByLabel("Title", { exact: true }).fill("A later oven");
  await first.page.getByLabel("Text", { exact: true }).fill(text);
  await button(first.page, "Check what will be on the record").click();
  await heading(first.page, "Check what will be on the record");
  await first.page.getByText(/^The charter’s rule that allows it: petitions\./).waitFor();
  await expectAccessible(first.page);
  await button(first.page, "Confirm").click();
  await heading(first.page, "It is on the record");
  const [petition] = await get<Petition[]>("petitions");
  expect(petition).toMatchObject({ title: "A later oven", signatures: 0 });
  expect(await (await fetch(`${moot.address}/ledger/published/${petition!.hash}`)).text()).toBe(text);
  await first.page.context().close();

  const second = await open(browser, narrow);
  await signIn(second.page, moot, 8);
  await second.page.goto(`${moot.address}/petitions`);
  await second.page.getByRole("link", { name: "Sign it: A later oven" }).click();
  await button(second.page, "Confirm").click();
  await heading(second.page, "It is on the record");
  const [download] = await Promise.all([second.page.waitForEvent("download"), second.page.getByRole("link", { name: "Save the receipt" }).click()]);
  expect(readFileSync(await download.path(), "utf8")).toMatch(/^c2sp\.org\/tlog-proof@v1\n/);
  expect((await get<Petition[]>("petitions"))[0]!.signatures).toBe(1);
  // Once for each member, whose page knows it.
  await second.page.goto(`${moot.address}/me/petition.sign?petition=${petition!.id}`);
  await second.page.getByRole("heading", { name: "The rules do not allow it" }).waitFor();
  await second.page.goto(`${moot.address}/me`);
  await second.page.getByText("I have signed it.").waitFor();
  await second.page.waitForLoadState("networkidle");
  await expectAccessible(second.page);
  expect([...first.problems, ...second.problems]).toEqual([]);
  await second.page.context().close();
});

it("takes an officer's act, signed in the browser after a second factor", async () => {
  const { page, problems } = await open(browser, wide);
  await signIn(page, moot, 2);
  await showPasskey(page, moot);
  await enrolKey(page, moot);
  await page.goto(`${moot.address}/office`);
  await heading(page, "My office");
  await expectAccessible(page);
  await page.getByRole("link", { name: "Publish an official text" }).click();
  await page.getByLabel("Title", { exact: true }).fill("The ovens");
  await page.getByLabel("Text", { exact: true }).fill(text);
  await button(page, "Check what will be on the record").click();
  await button(page, "Sign and confirm").click();
  await heading(page, "It is on the record");
  expect(await lastAct()).toMatchObject({ type: "statement.publish", actor: { office: "secretary", person: { name: "Ben Birch" } } });
  expect(problems).toEqual([]);

  // What takes two: the key of somebody who has lost theirs.
  const lost = await open(browser, narrow);
  await signIn(lost.page, moot, 5);
  await enrolKey(lost.page, moot);
  await lost.page.context().close();
  await page.goto(`${moot.address}/office/member.reset_key`);
  await heading(page, "Reset a lost signing key");
  await page.getByLabel("Look up by name").fill("elder");
  await button(page, "Look up").click();
  await button(page, "Choose Eve Elder").click();
  await page.getByLabel("The second person").selectOption({ label: "Ada Ash, Chair" });
  await button(page, "Check what will be on the record").click();
  const chair = await open(browser, narrow);
  await signIn(chair.page, moot, 1);
  await showPasskey(chair.page, moot);
  await enrolKey(chair.page, moot);
  await button(page, "Sign and hand over").click();
  await heading(page, "You have signed, and it waits");
  await chair.page.goto(`${moot.address}/office`);
  await chair.page.getByRole("link", { name: "Look at it and sign: Reset a lost signing key" }).click();
  await chair.page.getByText("Signed by Ben Birch already.").waitFor();
  await expectAccessible(chair.page);
  await button(chair.page, "Sign and confirm").click();
  await heading(chair.page, "It is on the record");
  const reset = await lastAct();
  expect(reset).toMatchObject({ type: "member.reset_key", body: { member: moot.member(5) } });
  expect(reset.seconded_by).toHaveLength(1);
  await chair.page.context().close();
  await page.context().close();
});

it("shows every kind of field there is in a form, and axe finds nothing", async () => {
  const { page, problems } = await open(browser, narrow);
  await signIn(page, moot, 2);
  const { acts } = (await (await page.request.get(`${moot.address}/api/v1/acts`)).json()) as { acts: ActKind[] };
  // A secretary, who acts for an organ, with every duty.
  const duties = [...new Set(acts.map(({ who }) => who.duty))];
  await page.route("**/api/v1/me", async (route) => {
    const me = (await (await route.fetch()).json()) as Me;
    await route.fulfill({ json: { ...me, posts: me.posts.map((post) => ({ ...post, duties })) } });
  });
  const inputOf = ({ kind, of, document }: FieldKind) => [kind, of && (of.startsWith("@") ? "of the charter" : "thing"), document && "published"].join();
  const seen = new Set<string>();
  const forms = acts.filter(({ who, fields, privileged }) => {
    if (who.by === "clock" || who.by === "founder") return false;
    const before = seen.size;
    for (const input of [...fields.map(inputOf), ...(privileged ? ["second person"] : [])]) seen.add(input);
    return seen.size > before;
  });
  expect(forms.length).toBeGreaterThan(5);
  for (const { type } of forms) {
    await page.goto(`${moot.address}/office/${type}`);
    await button(page, /^(Check what will be on the record|Confirm|Change)$/).or(page.getByRole("heading", { name: "The rules do not allow it" })).first().waitFor();
    await page.waitForLoadState("networkidle");
    await expectAccessible(page);
  }
  expect(problems).toEqual([]);
  await page.context().close();
});

it("has a page to stop notices, in both languages, on which axe finds nothing", async () => {
  const { page, problems } = await open(browser, narrow);
  await page.goto(`${moot.address}/api/v1/unsubscribe/anything`);
  await page.getByRole("heading", { level: 1, name: /^Notices by mail · Hysbys/ }).waitFor();
  await expectAccessible(page);
  expect(problems).toEqual([]);
  await page.context().close();
});

it("has a ledger that an auditor's program finds right", () => {
  const { status, report } = moot.audit();
  expect(report).toMatch(/^VALID\. /m);
  expect(status).toBe(0);
});
