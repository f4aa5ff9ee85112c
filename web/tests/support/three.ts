// Three people of a site in memory (fake_site.ts), which holds the pages to what the real server asks: what tests of the
// pages for members and officers begin with. useThree() is called once in a test file; each test has them anew.
import { createHash } from "node:crypto";
import { afterAll, beforeAll, beforeEach } from "vitest";
import type { Browser, Page } from "playwright-core";
import { launch, open, wide } from "./browser";
import { contest, petition, person } from "./fake_organisation";
import { FakeSite, type Member } from "./fake_site";

export let browser: Browser;
export let site: FakeSite;
export let ada: Member; // a member
export let olwen: Member; // the returning officer
export let sian: Member; // the secretary

const post = (name: string, title: string, duties: string[]) => [{ seat: `seat-${name}-1`, post: name, title, organ: "committee", until: "2027-12-31T12:00:00Z", duties }];

export function useThree(): void {
  beforeAll(async () => {
    browser = await launch();
  });
  afterAll(async () => {
    await browser?.close();
  });
  beforeEach(async () => {
    await site?.stop();
    site = await FakeSite.start();
    ada = site.admit("Ada Ash");
    olwen = site.admit("Olwen Oak", post("returning-officer", "Returning officer", ["contests", "roll"]));
    sian = site.admit("Siân Sycamore", post("secretary", "Secretary", []));
    site.contests = [contest("contest-5", "Chair", "applications")];
    site.petitions = [petition("petition-7", "A bench at the quay", person(sian))];
    return () => site.stop();
  });
}

export const button = (page: Page, name: string | RegExp) => page.getByRole("button", { name, exact: typeof name === "string" });
export const heading = (page: Page, name: string) => page.getByRole("heading", { level: 1, name }).waitFor();
export const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");
export const last = () => site.ledger[site.ledger.length - 1]!;

// A page in a browser of its own in which that member is signed in.
export async function openAs(member: Member, address: string, more: { factor?: boolean; viewport?: typeof wide; language?: string } = {}) {
  const opened = await open(browser, more.viewport ?? wide, more.language);
  await opened.page.context().addCookies([{ name: "session", value: site.session(member, more.factor ?? false), url: site.address, httpOnly: true, sameSite: "Strict" }]);
  await opened.page.goto(site.address + address);
  return opened;
}
export async function enrol(page: Page): Promise<void> {
  await page.goto(`${site.address}/account`);
  await button(page, "Make a signing key").click();
  await button(page, "Sign and confirm").click();
  await heading(page, "It is on the record");
}
